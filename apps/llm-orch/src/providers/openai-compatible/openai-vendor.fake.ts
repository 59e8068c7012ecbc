import type { ServerResponse } from 'node:http';
import type { TokenBuckets, ToolCall } from '../completion.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import type { VendorUnderTest, WireScenario } from '../text-provider.conformance.js';
import { OpenAiCompatibleTextProvider } from './openai-compatible-text-provider.js';
import { FakeOpenAiServer, sendJson } from './openai-server.fake.js';

const MODEL = 'gpt-4.1-mini';
const KEY = 'sk-test';

const STATUS: Partial<Record<ProviderFaultKind, readonly [number, unknown]>> = {
  rate_limited: [429, { error: { code: 'rate_limit_exceeded' } }],
  overloaded: [503, {}],
  server: [500, '<html>'],
  timeout: [504, {}],
  context_length: [400, { error: { code: 'context_length_exceeded' } }],
  content_filter: [400, { error: { code: 'content_filter' } }],
  invalid_request: [400, { error: { code: 'invalid_value' } }],
  auth: [401, { error: { code: 'invalid_api_key' } }],
  quota_exhausted: [429, { error: { code: 'insufficient_quota' } }],
};

/** For specs: an OpenAI-compatible vendor that plays scenarios, and its provider. */
export async function openAiVendor(): Promise<VendorUnderTest> {
  const server = new FakeOpenAiServer(KEY);
  const provider = new OpenAiCompatibleTextProvider({
    name: 'openai',
    apiKey: KEY,
    baseUrl: await server.start(),
    models: [{ id: MODEL, contextWindowTokens: 1_047_576, maxOutputTokens: 32_768, capabilities: ['text'] }],
    timeoutMs: 5_000,
    headersTimeoutMs: 5_000,
    idleTimeoutMs: 150,
  });
  return {
    provider,
    model: MODEL,
    faults: [
      ['rate_limited', 'no'], ['overloaded', 'no'], ['server', 'maybe'], ['timeout', 'maybe'], ['context_length', 'no'],
      ['content_filter', 'no'], ['invalid_request', 'no'], ['auth', 'no'], ['quota_exhausted', 'no'],
    ], // prettier-ignore
    usage: { inputTokens: 20, cachedTokens: 100, cacheWriteTokens: 5, outputTokens: 7, reasoningTokens: 3 },
    play: (scenario) => {
      server.behave = (response, { body }) => playScenario(response, scenario, body['stream'] === true);
    },
    calls: () => server.seen.length,
    hungUp: () => server.hungUp(),
    close: async () => {
      await server.stop();
      await provider.close();
    },
  };
}

/** Answers one call as the scenario says. */
export function playScenario(response: ServerResponse, scenario: WireScenario, stream: boolean): void {
  if (scenario.kind === 'fault') {
    const [status, body] = STATUS[scenario.fault] ?? [500, {}];
    const wait = scenario.retryAfterSeconds;
    sendJson(response, status, body, wait === undefined ? {} : { 'retry-after': String(wait) });
  } else if (stream) playStream(response, scenario);
  else if (scenario.kind === 'answer') sendJson(response, 200, chatBody(scenario));
}

type Answer = Extract<WireScenario, { kind: 'answer' }>;

function playStream(response: ServerResponse, scenario: Exclude<WireScenario, { kind: 'fault' }>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (scenario.kind === 'malformed') {
    for (let event = 0; event < scenario.events; event += 1) response.write('data: {"choices": [\n\n');
  }
  for (const content of scenario.pieces)
    response.write(event({ choices: [{ index: 0, delta: { content } }] }));
  if (scenario.kind === 'silence') return;
  if (scenario.kind === 'cut') {
    setImmediate(() => response.socket?.destroy());
    return;
  }
  if (scenario.kind === 'answer') {
    for (const delta of toolDeltas(scenario.toolCalls ?? [])) {
      response.write(event({ choices: [{ index: 0, delta: { tool_calls: [delta] } }] }));
    }
  }
  const answer = scenario.kind === 'answer' ? scenario : undefined;
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: finishReason(answer) }] }));
  if (answer?.usage !== undefined) response.write(event({ choices: [], usage: wireUsage(answer.usage) }));
  response.end('data: [DONE]\n\n');
}

function event(data: Record<string, unknown>): string {
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', model: MODEL, ...data })}\n\n`;
}

function* toolDeltas(calls: readonly ToolCall[]): Generator<unknown> {
  for (const [index, { id, name, arguments: args }] of calls.entries()) {
    yield { index, id, type: 'function', function: { name, arguments: '' } };
    for (const fragment of args) yield { index, function: { arguments: fragment } };
  }
}

function chatBody(answer: Answer): Record<string, unknown> {
  const { pieces, toolCalls, usage } = answer;
  const calls = toolCalls?.map(({ id, name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }));
  const message = { role: 'assistant', content: pieces.join('') || null, tool_calls: calls };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: MODEL,
    choices: [{ index: 0, message, finish_reason: finishReason(answer) }],
    ...(usage === undefined ? {} : { usage: wireUsage(usage) }),
  };
}

function finishReason(answer: Answer | undefined): string {
  return (answer?.toolCalls?.length ?? 0) > 0 ? 'tool_calls' : (answer?.finish ?? 'stop');
}

function wireUsage({
  inputTokens,
  cachedTokens,
  outputTokens,
  ...more
}: TokenBuckets): Record<string, unknown> {
  const { cacheWriteTokens = 0, reasoningTokens = 0 } = more;
  const prompt = inputTokens + cachedTokens + cacheWriteTokens;
  const completion = outputTokens + reasoningTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cachedTokens, cache_write_tokens: cacheWriteTokens },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}
