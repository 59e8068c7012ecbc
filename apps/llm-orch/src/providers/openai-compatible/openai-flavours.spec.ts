import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CompletionUsage } from '../completion.js';
import { asked, complete, faultOf, streamed } from '../faults/asking.fake.js';
import { eventsOf, ReplayServer } from '../faults/replay-server.fake.js';
import { ableModel } from '../faults/vendor-under-test.fake.js';
import { OpenAiCompatibleTextProvider } from './openai-compatible-text-provider.js';

const server = new ReplayServer();
let address: string;
const opened: OpenAiCompatibleTextProvider[] = [];

beforeEach(async () => {
  address = await server.start();
});

afterEach(async () => {
  await server.stop();
  await Promise.all(opened.splice(0).map((provider) => provider.close()));
});

function flavour(
  name: string,
  options: Partial<ConstructorParameters<typeof OpenAiCompatibleTextProvider>[0]> = {},
) {
  const provider = new OpenAiCompatibleTextProvider({
    name,
    apiKey: 'key',
    baseUrl: `${address}/v1`,
    models: [ableModel('m')],
    timeoutMs: 5_000,
    headersTimeoutMs: 5_000,
    ...options,
  });
  opened.push(provider);
  return provider;
}

const chunk = (delta: object, more: object = {}) => ({ choices: [{ index: 0, delta }], ...more });
const last = (finish_reason: string, more: object = {}) => ({
  choices: [{ index: 0, delta: {}, finish_reason }],
  ...more,
});
const DONE = 'data: [DONE]\n\n';
const USAGE = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
const TOLD: CompletionUsage = { inputTokens: 12, cachedTokens: 0, outputTokens: 3, source: 'provider' };
const MODEL = asked({ model: 'm' });

describe('Azure', () => {
  it('wants its key in a header of its own and the newer name of the length', async () => {
    server.replay = { body: { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] } };
    await complete(flavour('azure'), MODEL);
    expect(server.sent()).toMatchObject({ max_completion_tokens: 100 });
    expect(server.sent()).not.toHaveProperty('max_tokens');
    expect(server.calls[0]?.headers).toMatchObject({ 'api-key': 'key' });
    expect(server.calls[0]?.headers).not.toHaveProperty('authorization');
  });

  it('begins a stream with what it filtered of the prompt, and no choice', async () => {
    server.replay = {
      body:
        eventsOf(
          { choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
          chunk({ role: 'assistant', content: '' }),
          chunk({ content: 'hi' }),
          last('stop'),
          { choices: [], usage: USAGE },
        ) + DONE,
    };
    const { parts, fault } = await streamed(flavour('azure'), MODEL);
    expect(fault).toBeUndefined();
    expect([parts.text(), parts.usage]).toEqual(['hi', TOLD]);
  });

  it('refuses a prompt as a bad request, with its policy in an inner error', async () => {
    const error = { code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } };
    server.replay = { status: 400, body: { error } };
    expect(await faultOf(complete(flavour('azure'), MODEL))).toMatchObject({
      kind: 'content_filter',
      executed: 'no',
    });
  });
});

describe('Ollama', () => {
  it('wants no key, and calls tools without an id and with a plain stop', async () => {
    const call = { index: 0, function: { name: 'book', arguments: '{"hall":"A"}' } };
    server.replay = { body: eventsOf(chunk({ tool_calls: [call] }), last('stop', { usage: USAGE })) + DONE };
    const { parts } = await streamed(flavour('ollama', { apiKey: undefined, keyless: true }), MODEL);
    expect(server.calls[0]?.headers).not.toHaveProperty('authorization');
    expect(parts.completion(MODEL)).toMatchObject({
      finishReason: 'tool_calls',
      toolCalls: [{ id: 'call_0', name: 'book', arguments: '{"hall":"A"}' }],
    });
  });

  it('writes its errors as plain text', async () => {
    server.replay = { status: 404, body: { error: "model 'm' not found" } };
    expect(await faultOf(complete(flavour('ollama'), MODEL))).toMatchObject({ kind: 'invalid_request' });
  });
});

describe('vLLM', () => {
  it('tells the usage so far on every chunk: the last one counts', async () => {
    const sofar = (completion_tokens: number) => ({
      usage: { prompt_tokens: 12, completion_tokens, total_tokens: 12 + completion_tokens },
    });
    server.replay = {
      body:
        eventsOf(
          chunk({ content: 'a' }, sofar(1)),
          chunk({ content: 'b' }, sofar(2)),
          last('stop', sofar(3)),
        ) + DONE,
    };
    expect((await streamed(flavour('vllm'), MODEL)).parts.usage).toEqual(TOLD);
  });

  it.each([
    [{ object: 'error', message: "This model's maximum context length is 4096 tokens", code: 400 }],
    [{ error: { message: "This model's maximum context length is 4096 tokens", code: 400 } }],
  ])('says that a prompt is too long in words alone: %j', async (body) => {
    server.replay = { status: 400, body };
    expect(await faultOf(complete(flavour('vllm'), MODEL))).toMatchObject({ kind: 'context_length' });
  });
});

describe('Groq', () => {
  it('has a place of its own for the usage of a stream', async () => {
    server.replay = {
      body:
        eventsOf(chunk({ content: 'hi' }), last('stop', { x_groq: { id: 'req_1', usage: USAGE } })) + DONE,
    };
    expect((await streamed(flavour('groq'), MODEL)).parts.usage).toEqual(TOLD);
  });

  it('turns away what is larger than a minute’s tokens: no waiting cures it', async () => {
    server.replay = { status: 413, body: { error: { code: 'rate_limit_exceeded', type: 'tokens' } } };
    expect(await faultOf(complete(flavour('groq'), MODEL))).toMatchObject({ kind: 'context_length' });
  });
});

describe('OpenRouter', () => {
  it('keeps a stream alive with comments, and may break it off after a 200', async () => {
    const error = { code: 502, message: 'Provider disconnected' };
    server.replay = {
      body:
        ': OPENROUTER PROCESSING\n\n' +
        eventsOf(chunk({ content: 'hi' }), { error, ...last('error') }) +
        DONE,
    };
    const { parts, fault } = await streamed(flavour('openrouter'), MODEL);
    expect(parts.text()).toBe('hi');
    expect(fault).toMatchObject({ kind: 'server', executed: 'maybe' });
  });

  it('tells within a 200 what its own vendor refused', async () => {
    server.replay = { body: { error: { code: 429, message: 'Rate limit exceeded' } } };
    expect(await faultOf(complete(flavour('openrouter'), MODEL))).toMatchObject({ kind: 'rate_limited' });
  });

  it('is out of credits with 402', async () => {
    server.replay = { status: 402, body: { error: { code: 402, message: 'Insufficient credits' } } };
    expect(await faultOf(complete(flavour('openrouter'), MODEL))).toMatchObject({ kind: 'quota_exhausted' });
  });
});
