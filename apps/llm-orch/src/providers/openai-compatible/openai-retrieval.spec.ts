import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OpenAiEmbeddingProvider } from './openai-embedding-provider.js';
import { OpenAiModerationProvider } from './openai-moderation-provider.js';
import { FakeRetrievalServer, verdictsFor } from './openai-retrieval.fake.js';
import { sendJson } from './openai-server.fake.js';

const server = new FakeRetrievalServer('sk-test');
let embeddings: OpenAiEmbeddingProvider;
let moderation: OpenAiModerationProvider;
const never = new AbortController().signal;

beforeAll(async () => {
  const endpoint = {
    name: 'openai',
    apiKey: 'sk-test',
    baseUrl: await server.start(),
    timeoutMs: 5_000,
    headersTimeoutMs: 300,
  };
  const models = [{ id: 'text-embedding-3-small', dimensions: 3, maxInputTokens: 8_192, shortens: true }];
  embeddings = new OpenAiEmbeddingProvider({ ...endpoint, models });
  moderation = new OpenAiModerationProvider({
    ...endpoint,
    models: [{ id: 'omni-moderation-latest', categories: [] }],
  });
});
beforeEach(() => {
  server.behave = undefined;
});
afterAll(async () => {
  await server.stop();
  await Promise.all([embeddings.close(), moderation.close()]);
});

const embed = (inputs: string[]) =>
  embeddings.embed({ inputs, model: 'text-embedding-3-small', idempotencyKey: 'op-1' }, never);
const moderate = (inputs: string[]) =>
  moderation.moderate({ inputs, model: 'omni-moderation-latest', idempotencyKey: 'op-1' }, never);

describe("a vendor's embeddings", () => {
  it('come in the order of the inputs, with its own usage', async () => {
    const { vectors, inputTokens, usageSource } = await embed(['a', 'bb']);
    expect(vectors).toEqual([[0, 1, 0.5], [1, 2, 0.5]]); // prettier-ignore
    expect([inputTokens, usageSource]).toEqual([8, 'provider']);
    expect(server.seen.at(-1)?.key).toBe('op-1');
  });

  it('may be written numbers without usage: then it is counted', async () => {
    server.behave = (response) => sendJson(response, 200, { data: [{ embedding: [0.25, -1] }] });
    expect(await embed(['hello world'])).toEqual({
      vectors: [[0.25, -1]],
      model: 'text-embedding-3-small',
      inputTokens: 2,
      usageSource: 'counted',
    });
  });

  it.each([
    ['one is missing', { data: [{ index: 1, embedding: [1] }] }],
    [
      'two are for one input',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [1] },
        ],
      },
    ],
    ['they differ in length', { data: [{ embedding: [1] }, { embedding: [1, 2] }] }],
    ['one is empty', { data: [{ embedding: [1] }, { embedding: [] }] }],
    ['a number is none', { data: [{ embedding: [1] }, { embedding: ['x'] }] }],
    ['the floats are cut', { data: [{ embedding: 'AAAA' }, { embedding: 'AAAA' }] }],
    ['it is an error page', { detail: 'oops' }],
  ])('are not used when %s', async (_why, body) => {
    server.behave = (response) => sendJson(response, 200, body);
    await expect(embed(['a', 'b'])).rejects.toMatchObject({ kind: 'server' });
  });

  it.each([
    [429, { error: { code: 'rate_limit_exceeded' } }, 'rate_limited'],
    [400, { error: { message: 'maximum context length is 8192 tokens' } }, 'context_length'],
    [500, {}, 'server'],
  ])('HTTP %d is the fault %j', async (status, body, kind) => {
    server.behave = (response) => sendJson(response, status, body);
    await expect(embed(['a'])).rejects.toMatchObject({ kind, provider: 'openai' });
  });

  it('end with the reason of the caller who leaves', async () => {
    const left = new Error('left');
    const caller = new AbortController();
    server.behave = () => caller.abort(left);
    const request = { inputs: ['a'], model: 'text-embedding-3-small', idempotencyKey: 'op-1' };
    await expect(embeddings.embed(request, caller.signal)).rejects.toBe(left);
  });
});

describe("a vendor's moderation", () => {
  it('judges each input', async () => {
    const { verdicts } = await moderate(['a cake', 'a bomb']);
    expect(verdicts.map(({ flagged }) => flagged)).toEqual([false, true]);
    expect(verdicts[1]).toMatchObject({ categories: { violence: true }, scores: { violence: 0.9 } });
  });

  it('a text without a verdict is a fault, never a pass', async () => {
    server.behave = (response, call) =>
      sendJson(response, 200, verdictsFor({ ...call, body: { ...call.body, input: ['a'] } }));
    await expect(moderate(['a', 'b'])).rejects.toMatchObject({ kind: 'server' });
    server.behave = (response) => sendJson(response, 200, { results: [{ flagged: 'no' }] });
    await expect(moderate(['a'])).rejects.toMatchObject({ kind: 'server' });
  });
});
