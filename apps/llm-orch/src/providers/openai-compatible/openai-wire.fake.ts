import type { ServerResponse } from 'node:http';
import type { TokenBuckets } from '../completion.js';
import { play, type Scenario } from '../faults/vendor-server.fake.js';
import type { Frames, Said, SeenCall, VendorWire, WireReply } from '../faults/vendor-wire.fake.js';
import { bytes } from '../faults/vendor-wire.fake.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { bodyFault } from './openai-server.fake.js';

const FAULTS: Partial<Record<ProviderFaultKind, readonly [number, unknown]>> = {
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

/** For specs: the side of the wire of a server that speaks OpenAI's chat completions. */
export class OpenAiWire implements VendorWire {
  readonly contentType = 'text/event-stream';

  /** @param prefix before `/chat/completions` */
  constructor(
    private readonly key: string,
    private readonly prefix = '/v1',
  ) {}

  accept({ method, url, headers, text }: SeenCall) {
    if (url !== `${this.prefix}/chat/completions` || method !== 'POST') return undefined;
    const body = JSON.parse(text) as Record<string, unknown>;
    const call = { model: String(body['model']), stream: body['stream'] === true };
    if (headers.authorization !== `Bearer ${this.key}`) return { ...call, refusal: this.fault('auth') };
    const message = bodyFault(body);
    if (message === undefined) return call;
    return { ...call, refusal: { status: 400, body: { error: { code: 'invalid_body', message } } } };
  }

  whole(said: Said): unknown {
    const { model, pieces, toolCalls, usage } = said;
    const calls = toolCalls.map(({ id, name, arguments: args }) => ({
      id,
      type: 'function',
      function: { name, arguments: args },
    }));
    const message = {
      role: 'assistant',
      content: pieces.join('') || null,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model,
      choices: [{ index: 0, message, finish_reason: finishReason(said) }],
      ...(usage === undefined ? {} : { usage: wireUsage(usage) }),
    };
  }

  frames(said: Said): Frames {
    const { model, pieces, toolCalls, usage, usageOnEveryChunk } = said;
    const chunk = (choices: readonly unknown[], counted?: TokenBuckets) =>
      event({ model, choices, ...(counted === undefined ? {} : { usage: wireUsage(counted) }) });
    const delta = (piece: Record<string, unknown>) => ({ index: 0, delta: piece });
    const calls = toolCalls.flatMap(({ id, name, arguments: args }, index) => [
      { index, id, type: 'function', function: { name, arguments: '' } },
      ...[...args].map((fragment) => ({ index, function: { arguments: fragment } })),
    ]);
    const onTheWay = usageOnEveryChunk && usage !== undefined ? { ...usage, outputTokens: 1 } : undefined;
    const last = { index: 0, delta: {}, finish_reason: finishReason(said) };
    // Third-party servers put the usage beside the last choice, OpenAI behind it.
    const end = usageOnEveryChunk
      ? [chunk([last], usage)]
      : [chunk([last]), ...(usage === undefined ? [] : [chunk([], usage)])];
    return {
      begin: [],
      texts: pieces.map((content) => chunk([delta({ content })], onTheWay)),
      end: [
        ...calls.map((call) => chunk([delta({ tool_calls: [call] })])),
        ...end,
        bytes('data: [DONE]\n\n'),
      ],
    };
  }

  unreadable(): Uint8Array {
    return bytes('data: {"choices": [\n\n');
  }

  fault(kind: ProviderFaultKind): WireReply {
    const [status, body] = FAULTS[kind] ?? [500, {}];
    return { status, body };
  }
}

/** For specs with a server of their own: answers one call as the scenario says. */
export function playScenario(response: ServerResponse, scenario: Scenario, stream: boolean): void {
  void play(response, new OpenAiWire(''), { model: 'gpt-4.1-mini', stream, scenario });
}

function event(data: Record<string, unknown>): Uint8Array {
  return bytes(`data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', ...data })}\n\n`);
}

function finishReason({ toolCalls, finish }: Said): string {
  return toolCalls.length > 0 ? 'tool_calls' : finish;
}

function wireUsage({ inputTokens, cachedTokens, outputTokens, ...more }: TokenBuckets) {
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
