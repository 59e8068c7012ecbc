import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { embed, embedMany, generateText, jsonSchema, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { gathered } from '../inference/event-stream.fake.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import type { WireScenario } from '../providers/text-provider.conformance.js';

const KEY = 'sk-test-0123456789';
const MODEL = 'gpt-4.1-mini';
const PIECES = ['Come', ' and', ' see.'];
const USAGE = { inputTokens: 20, cachedTokens: 100, outputTokens: 7, reasoningTokens: 2 };
const TOOL_CALL = { id: 'call_1', name: 'find_venues', arguments: '{"city":"Lisbon"}' };
const MESSAGES = [{ role: 'user' as const, content: 'Invite people' }];

const vendor = new FakeOpenAiServer(KEY);
let app: TestService;
let client: OpenAI;
let token: string;

const play = (scenario: WireScenario) => {
  vendor.behave = (response, { body }) => playScenario(response, scenario, body['stream'] === true);
};

beforeAll(async () => {
  app = await startService(llmOrch, {
    environment: { COMPLETION_CACHE: 'off', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: await vendor.start() },
  });
  token = (await app.tokens.bearer()).replace('Bearer ', '');
  client = new OpenAI({ apiKey: token, baseURL: `${app.url}/llm-orch/v1/openai`, maxRetries: 0 });
});
beforeEach(() => {
  app.wallet.balance(10_000);
  vendor.seen.length = 0;
  play({ kind: 'answer', pieces: PIECES, usage: USAGE });
});
afterAll(async () => {
  await app.close();
  await vendor.stop();
});

describe('the openai client', () => {
  it('chats, with usage that contains the cached tokens, and pays', async () => {
    const answer = await client.chat.completions.create({
      model: MODEL,
      messages: MESSAGES,
      max_tokens: 100,
    });
    expect(answer.choices[0]).toMatchObject({ message: { content: PIECES.join('') }, finish_reason: 'stop' });
    expect(answer.usage).toMatchObject({
      prompt_tokens: 120,
      completion_tokens: 9,
      total_tokens: 129,
      prompt_tokens_details: { cached_tokens: 100 },
      completion_tokens_details: { reasoning_tokens: 2 },
    });
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.taken.at(-1)).toMatchObject({ operation: 'inference.chat', state: 'captured' });
  });

  it('streams, with usage when it asks for it', async () => {
    const stream = await client.chat.completions.create({
      model: `openai/${MODEL}`,
      messages: MESSAGES,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await gathered(stream);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(PIECES.join(''));
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 120, completion_tokens: 9 });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it('uses tools over two turns, streamed too', async () => {
    play({ kind: 'answer', pieces: [], toolCalls: [TOOL_CALL], usage: USAGE });
    const tools = [
      {
        type: 'function' as const,
        function: { name: 'find_venues', parameters: { type: 'object', properties: {} } },
      },
    ];
    const first = await client.chat.completions.create({
      model: MODEL,
      messages: MESSAGES,
      tools,
      tool_choice: 'auto',
    });
    const [choice] = first.choices;
    expect(choice?.finish_reason).toBe('tool_calls');
    const streamed = await client.chat.completions
      .stream({ model: MODEL, messages: MESSAGES, tools })
      .finalMessage();
    expect(streamed.tool_calls).toMatchObject([
      { id: 'call_1', function: { name: 'find_venues', arguments: TOOL_CALL.arguments } },
    ]);
    play({ kind: 'answer', pieces: PIECES, usage: USAGE });
    const said = choice === undefined ? [] : [choice.message];
    const result = { role: 'tool' as const, tool_call_id: 'call_1', content: '[]' };
    const second = await client.chat.completions.create({
      model: MODEL,
      messages: [...MESSAGES, ...said, result],
      tools,
    });
    expect(second.choices[0]?.message.content).toBe(PIECES.join(''));
    expect(vendor.seen.at(-1)?.body['messages']).toHaveLength(3);
  });

  it('passes a schema on', async () => {
    await client.chat.completions.create({
      model: MODEL,
      messages: MESSAGES,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'event', schema: { type: 'object' }, strict: true },
      },
    });
    expect(vendor.seen.at(-1)?.body['response_format']).toMatchObject({
      json_schema: { name: 'event', strict: true },
    });
  });

  it('lists the models', async () => {
    const ids = (await gathered(client.models.list())).map(({ id }) => id);
    expect(ids).toContain(MODEL);
    expect(ids).toContain('local-planner-1');
  });

  it.each([MODEL, `openai/${MODEL}`])('retrieves the model %s', async (name) => {
    const model = await client.models.retrieve(name);
    expect(model).toEqual({ id: MODEL, object: 'model', created: 0, owned_by: 'openai' });
  });

  it.each(['no-such-model', `anthropic/${MODEL}`, 'auto'])(
    'is told that there is no model %s',
    async (name) => {
      const error: unknown = await client.models.retrieve(name).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OpenAI.NotFoundError);
      expect(error).toMatchObject({ status: 404, code: 'LLM_1303', type: 'not_found_error', param: null });
    },
  );

  it.each([
    ['an unknown model', { model: 'no-such-model', messages: MESSAGES }, 400, 'LLM_1001'],
    [
      'an image',
      {
        model: MODEL,
        messages: [
          {
            role: 'user' as const,
            content: [{ type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } }],
          },
        ],
      },
      400,
      'VALIDATION_FAILED',
    ],
    ['two answers at once', { model: MODEL, messages: MESSAGES, n: 2 }, 400, 'VALIDATION_FAILED'],
  ])('is told of %s in the shape it knows', async (_what, body, status, code) => {
    const error: unknown = await client.chat.completions.create(body).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ status, code, type: 'invalid_request_error' });
    expect(vendor.seen).toHaveLength(0);
  });

  it('is told of a wrong key, a spent budget and a failing vendor with its own classes of errors', async () => {
    const stranger = new OpenAI({ apiKey: 'nobody', baseURL: client.baseURL, maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    const poor = { headers: { 'x-budget-max-usd': '0.000001' } };
    await expect(client.chat.completions.create({ model: MODEL, messages: MESSAGES }, poor)).rejects.toMatchObject({
      status: 402, code: 'BUDGET_EXCEEDED', type: 'insufficient_quota',
    }); // prettier-ignore
    play({ kind: 'fault', fault: 'rate_limited', retryAfterSeconds: 0 });
    const failed = client.chat.completions.create({ model: MODEL, messages: MESSAGES });
    await expect(failed).rejects.toMatchObject({ status: 503, type: 'server_error' });
  });

  it('throws when a stream breaks, instead of taking half an answer for a whole one', async () => {
    play({ kind: 'cut', pieces: PIECES });
    const stream = await client.chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true });
    await expect(gathered(stream)).rejects.toMatchObject({ code: 'LLM_1002' });
  });

  it('is answered once under one key, replayed whole and as a stream', async () => {
    const key = { headers: { 'idempotency-key': newId() } };
    const ask = { model: MODEL, messages: MESSAGES, stream: true } as const;
    const first = await gathered(await client.chat.completions.create(ask, key));
    const again = await gathered(await client.chat.completions.create(ask, key));
    const text = (chunks: typeof first) =>
      chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect([text(again), again[0]?.id]).toEqual([text(first), first[0]?.id]);
    expect(vendor.seen).toHaveLength(1);
  });
});

describe('the ai SDK', () => {
  const model = () =>
    createOpenAICompatible({ name: 'eventzr', apiKey: token, baseURL: client.baseURL, includeUsage: true })(
      MODEL,
    );

  it('generates, streams and counts', async () => {
    const whole = await generateText({
      model: model(),
      prompt: 'Invite people',
      maxOutputTokens: 100,
      maxRetries: 0,
    });
    expect(whole.text).toBe(PIECES.join(''));
    expect(whole.usage).toMatchObject({ inputTokens: 120, outputTokens: 9, totalTokens: 129 });
    const streamed = streamText({ model: model(), prompt: 'Invite people', maxRetries: 0 });
    expect((await gathered(streamed.textStream)).join('')).toBe(PIECES.join(''));
    expect(await streamed.usage).toMatchObject({ inputTokens: 120, outputTokens: 9 });
  });

  it('calls tools', async () => {
    play({ kind: 'answer', pieces: [], toolCalls: [TOOL_CALL], usage: USAGE });
    const inputSchema = jsonSchema({ type: 'object', properties: { city: { type: 'string' } } });
    const tools = { find_venues: tool({ description: 'Finds venues', inputSchema }) };
    const { toolCalls } = await generateText({ model: model(), prompt: 'Find a hall', tools, maxRetries: 0 });
    expect(toolCalls).toMatchObject([{ toolName: 'find_venues', input: { city: 'Lisbon' } }]);
  });

  describe('embeds', () => {
    const embedder = () =>
      createOpenAICompatible({ name: 'eventzr', apiKey: token, baseURL: client.baseURL }).embeddingModel(
        'local/local-hash-512',
      );

    it('one text, with its usage, and pays', async () => {
      const { embedding, usage } = await embed({
        model: embedder(),
        value: 'A wedding by the sea',
        maxRetries: 0,
      });
      expect([embedding.length, usage]).toEqual([512, { tokens: 5 }]);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 6);
      await app.service.app.get(SettlementSweep, { strict: false }).run();
      expect(app.wallet.taken.at(-1)).toMatchObject({ operation: 'embeddings', state: 'captured' });
    });

    it('many texts at once, in their order, up to a hundred', async () => {
      const values = Array.from({ length: 101 }, (_, at) => `Party number ${at}`);
      const before = app.wallet.holds.length;
      const many = await embedMany({ model: embedder(), values: values.slice(1), maxRetries: 0 });
      expect([many.embeddings.length, app.wallet.holds.length - before]).toEqual([100, 1]);
      expect(many.usage.tokens).toBeGreaterThan(values.length);
      const { embedding } = await embed({ model: embedder(), value: 'Party number 97', maxRetries: 0 });
      expect(many.embeddings[96]).toEqual(embedding);
      const tooMany = embedMany({ model: embedder(), values, maxRetries: 0 });
      await expect(tooMany).rejects.toMatchObject({ statusCode: 400, data: { error: { param: 'input' } } });
    });

    it('shorter vectors when asked', async () => {
      const providerOptions = { openaiCompatible: { dimensions: 64 } };
      const { embedding } = await embed({
        model: embedder(),
        value: 'A wedding',
        providerOptions,
        maxRetries: 0,
      });
      expect(embedding).toHaveLength(64);
    });

    it('and is told of what it did wrong as it knows it', async () => {
      const failed = embed({ model: embedder(), value: '', maxRetries: 0 });
      await expect(failed).rejects.toMatchObject({
        name: 'AI_APICallError',
        statusCode: 400,
        isRetryable: false,
        data: { error: { code: 'VALIDATION_FAILED', type: 'invalid_request_error', param: 'input' } },
      });
      app.wallet.balance(0);
      const poor = embed({ model: embedder(), value: 'A wedding', maxRetries: 0 });
      await expect(poor).rejects.toMatchObject({
        statusCode: 402,
        data: { error: { code: 'INSUFFICIENT_CREDITS' } },
      });
    });
  });
});
