import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CompletionRequest } from '../text-provider.js';
import { ProviderFault } from '../text-provider.js';
import { FakeOpenAiServer, chatAnswer, sendJson } from './openai-server.fake.js';
import { retryAfter } from '../wire/transport-faults.js';
import { OpenAiCompatibleTextProvider } from './openai-compatible-text-provider.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const MODEL = {
  id: 'gpt-4.1-mini',
  contextWindowTokens: 1_047_576,
  maxOutputTokens: 32_768,
  capabilities: ['text'] as const,
};

const REQUEST: CompletionRequest = {
  messages: [
    { role: 'system', content: 'You plan events.' },
    { role: 'user', content: 'Plan a picnic' },
  ],
  model: 'gpt-4.1-mini',
  maxTokens: 100,
  temperature: 0.2,
  topP: 0.9,
  stop: ['END'],
  seed: 7,
  useCase: 'planning',
  idempotencyKey: 'key-1',
};

let server: FakeOpenAiServer;
let baseUrl: string;
let provider: OpenAiCompatibleTextProvider;

function build(options: Partial<ConstructorParameters<typeof OpenAiCompatibleTextProvider>[0]> = {}) {
  return new OpenAiCompatibleTextProvider({
    name: 'openai',
    apiKey: 'sk-test',
    baseUrl,
    models: [MODEL],
    timeoutMs: 5_000,
    headersTimeoutMs: 5_000,
    now: () => NOW,
    ...options,
  });
}

async function faultOf(work: Promise<unknown>): Promise<ProviderFault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderFault)) throw new Error(`not a ProviderFault: ${String(error)}`);
  return error;
}

function ask(request: Partial<CompletionRequest> = {}, signal = new AbortController().signal) {
  return provider.complete({ ...REQUEST, ...request }, signal);
}

beforeEach(async () => {
  server = new FakeOpenAiServer('sk-test');
  baseUrl = await server.start();
  provider = build();
});

afterEach(async () => {
  await server.stop();
  await provider.close();
});

describe('OpenAiCompatibleTextProvider', () => {
  it('sends what it was asked, with the key, and returns text and disjoint usage', async () => {
    const completion = await ask();
    expect(completion).toEqual({
      text: 'hello',
      model: 'gpt-4.1-mini-2025-04-14',
      finishReason: 'stop',
      usage: { inputTokens: 20, cachedTokens: 100, outputTokens: 7, source: 'provider' },
      limits: [],
    });
    expect(server.seen[0]?.body).toEqual({
      model: 'gpt-4.1-mini',
      messages: REQUEST.messages,
      max_tokens: 100,
      temperature: 0.2,
      top_p: 0.9,
      stop: ['END'],
      seed: 7,
      stream: false,
    });
    expect(server.seen[0]?.headers['idempotency-key']).toBe('key-1');
  });

  it('asks for JSON in words too, only when the prompt does not', async () => {
    await ask({ responseFormat: 'json' });
    expect(server.seen[0]?.body['response_format']).toEqual({ type: 'json_object' });
    expect(server.seen[0]?.body['messages']).toHaveLength(3);
    await ask({ responseFormat: 'json', messages: [{ role: 'user', content: 'Give JSON' }] });
    expect(server.seen[1]?.body['messages']).toHaveLength(1);
  });

  it('names the length field as model or option demand, and drops what reasoning models refuse', async () => {
    const completion = await ask({ model: 'o4-mini' });
    expect(server.seen[0]?.body).toMatchObject({ max_completion_tokens: 100 });
    expect(server.seen[0]?.body).not.toHaveProperty('temperature');
    expect(completion.limits).toHaveLength(1);
    provider = build({ maxTokensField: 'max_completion_tokens' });
    await ask();
    expect(server.seen[1]?.body).toMatchObject({ max_completion_tokens: 100 });
  });

  it('counts and labels usage that the server left out', async () => {
    server.behave = (response) =>
      sendJson(response, 200, chatAnswer('four words for you', { usage: undefined }));
    const { usage, limits } = await ask();
    expect(usage.source).toBe('counted');
    expect(usage.outputTokens).toBe(4);
    expect(usage.inputTokens).toBeGreaterThan(5);
    expect(limits[0]).toMatch(/estimate/);
  });

  it('says when the answer was cut by maxTokens', async () => {
    server.behave = (response) =>
      sendJson(
        response,
        200,
        chatAnswer('', { choices: [{ message: { content: 'half a' }, finish_reason: 'length' }] }),
      );
    expect((await ask()).finishReason).toBe('length');
  });

  it.each([
    [400, { error: { code: 'context_length_exceeded', message: 'too long' } }, 'context_length'],
    [400, { error: { message: "This model's maximum context length is 8192 tokens" } }, 'context_length'],
    [400, { error: { code: 'content_filter', message: 'policy' } }, 'content_filter'],
    [400, { error: { code: 'invalid_value', message: 'bad' } }, 'invalid_request'],
    [401, { error: { code: 'invalid_api_key' } }, 'auth'],
    [403, { error: 'forbidden' }, 'auth'],
    [404, { error: { code: 'model_not_found' } }, 'invalid_request'],
    [408, {}, 'timeout'],
    [422, { detail: [{ msg: 'bad' }] }, 'invalid_request'],
    [429, { error: { code: 'rate_limit_exceeded' } }, 'rate_limited'],
    [402, {}, 'quota_exhausted'],
    [429, { error: { code: 'insufficient_quota' } }, 'quota_exhausted'],
    [409, {}, 'server'],
    [500, '<html>', 'server'],
    [502, {}, 'server'],
    [503, {}, 'overloaded'],
    [529, {}, 'overloaded'],
  ] as const)('%i %j is %s', async (status, body, kind) => {
    server.behave = (response) => sendJson(response, status, body);
    expect(await faultOf(ask())).toMatchObject({ provider: 'openai', kind, status });
  });

  it('reads Retry-After as seconds, milliseconds or date', async () => {
    server.behave = (response) => sendJson(response, 429, {}, { 'retry-after': '7' });
    expect((await faultOf(ask())).retryAfterMs).toBe(7_000);
    expect(retryAfter({ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, NOW)).toBe(30_000);
    expect(retryAfter({ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, NOW)).toBe(0);
    expect(retryAfter({ 'retry-after-ms': '1500', 'retry-after': '2' }, NOW)).toBe(1_500);
    expect(retryAfter({ 'retry-after': 'soon' }, NOW)).toBeUndefined();
    expect(retryAfter({}, NOW)).toBeUndefined();
  });

  it('refuses a wrong key as auth and never repeats the key in the fault', async () => {
    provider = build({ apiKey: 'sk-secret-wrong' });
    const fault = await faultOf(ask());
    expect(fault).toMatchObject({ kind: 'auth', status: 401 });
    expect(`${fault.message}${JSON.stringify(fault)}`).not.toContain('sk-secret');
  });

  it('is moderated when the vendor withholds the answer', async () => {
    server.behave = (response) =>
      sendJson(
        response,
        200,
        chatAnswer(null, { choices: [{ message: { content: null }, finish_reason: 'content_filter' }] }),
      );
    expect((await faultOf(ask())).kind).toBe('content_filter');
  });

  it.each([
    ['no choices', { choices: [] }],
    ['no JSON', 'plain'],
  ])('has an unknown outcome for a 200 with %s', async (_name, body) => {
    server.behave = (response) => sendJson(response, 200, body);
    expect(await faultOf(ask())).toMatchObject({ kind: 'server', executed: 'maybe' });
  });

  it('has an unknown outcome when the connection is cut before or within the answer', async () => {
    server.behave = (response) => response.socket?.destroy();
    expect(await faultOf(ask())).toMatchObject({ kind: 'transport', executed: 'maybe' });
    server.behave = (response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"choices":[');
      setImmediate(() => response.socket?.destroy());
    };
    expect(await faultOf(ask())).toMatchObject({ kind: 'transport', executed: 'maybe' });
  });

  it('times out when headers or body do not come', async () => {
    server.behave = () => undefined;
    provider = build({ timeoutMs: 60 });
    expect((await faultOf(ask())).kind).toBe('timeout');
    server.behave = (response) => void response.writeHead(200).write('{');
    expect((await faultOf(ask())).kind).toBe('timeout');
  });

  it('is surely unavailable when nobody listens', async () => {
    await server.stop();
    expect(await faultOf(ask())).toMatchObject({ kind: 'transport', executed: 'no' });
  });

  it('passes the caller’s abort to the server and throws its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('client went away');
    const closed = new Promise<void>((done) => {
      server.behave = (response) => {
        response.on('close', done);
        controller.abort(reason);
      };
    });
    await expect(ask({}, controller.signal)).rejects.toBe(reason);
    await closed;
    expect(server.aborted).toBe(1);
    await expect(ask({}, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  it('is configured with a key, an address and a model; a key-less server needs no key', () => {
    expect(build().configured()).toBe(true);
    expect(build({ apiKey: '' }).configured()).toBe(false);
    expect(build({ apiKey: undefined, keyless: true }).configured()).toBe(true);
    expect(build({ models: [] }).configured()).toBe(false);
  });
});
