import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asked, complete, faultOf, streamed } from '../faults/asking.fake.js';
import { eventsOf, ReplayServer } from '../faults/replay-server.fake.js';
import { ableModel } from '../faults/vendor-under-test.fake.js';
import { AnthropicTextProvider } from './anthropic-text-provider.js';

const HAIKU = 'claude-haiku-4-5';
const SONNET = 'claude-sonnet-5-5';

const server = new ReplayServer();
let provider: AnthropicTextProvider;

beforeEach(async () => {
  provider = new AnthropicTextProvider({
    apiKey: 'sk-ant-secret',
    baseUrl: `${await server.start()}/`,
    models: [HAIKU, SONNET].map(ableModel),
    timeoutMs: 5_000,
    headersTimeoutMs: 5_000,
  });
});

afterEach(async () => {
  await server.stop();
  await provider.close();
});

const start = (usage: object) => ({
  type: 'message_start',
  message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-haiku-4-5-20251001', usage },
});
const text = (said: string) => ({
  type: 'content_block_delta',
  index: 1,
  delta: { type: 'text_delta', text: said },
});
const MESSAGE = {
  type: 'message',
  model: HAIKU,
  content: [{ type: 'text', text: 'hello' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 5, output_tokens: 1 },
};

describe('Anthropic streams', () => {
  it('are read past thoughts, pings and events of the future', async () => {
    server.replay = {
      body: eventsOf(
        start({ input_tokens: 25, output_tokens: 1 }),
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'ping' },
        { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
        text('Hello'),
        { type: 'something_new', whatever: true },
        text('!'),
        { type: 'content_block_stop', index: 1 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 15 } },
        { type: 'message_stop' },
      ),
    };
    const { parts } = await streamed(provider, asked({ model: HAIKU }));
    expect(parts.completion({ messages: [] })).toEqual({
      text: 'Hello!',
      model: 'claude-haiku-4-5-20251001',
      finishReason: 'stop',
      usage: { inputTokens: 25, cachedTokens: 0, outputTokens: 15, source: 'provider' },
      limits: [],
    });
  });

  it('take the last word on the cache, whose parts may come with the end alone', async () => {
    server.replay = {
      body: eventsOf(
        start({ input_tokens: 3, cache_creation_input_tokens: 500, output_tokens: 1 }),
        text('hi'),
        {
          type: 'message_delta',
          delta: { stop_reason: 'end_turn' },
          usage: {
            input_tokens: null,
            cache_creation_input_tokens: 500,
            cache_read_input_tokens: 40,
            cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 400 },
            output_tokens: 9,
          },
        },
        { type: 'message_stop' },
      ),
    };
    expect((await streamed(provider, asked({ model: HAIKU }))).parts.usage).toEqual({
      inputTokens: 3,
      cachedTokens: 40,
      cacheWriteTokens: 100,
      cacheWriteHourTokens: 400,
      outputTokens: 9,
      source: 'provider',
    });
  });

  it('that break off have used what was told at the start and what was written since', async () => {
    server.replay = {
      body: eventsOf(start({ input_tokens: 25, output_tokens: 1 }), text('one two three four five'), {
        type: 'error',
        error: { type: 'overloaded_error', message: 'Overloaded' },
      }),
    };
    const { fault, parts, chunks } = await streamed(provider, asked({ model: HAIKU }));
    expect(fault).toMatchObject({ kind: 'overloaded', executed: 'maybe' });
    expect(parts.text()).toBe('one two three four five');
    expect(parts.usage).toEqual({ inputTokens: 25, cachedTokens: 0, outputTokens: 5, source: 'counted' });
    expect(chunks.at(-1)).toMatchObject({ type: 'usage' });
  });

  it.each([
    ['rate_limit_error', 'rate_limited'],
    ['timeout_error', 'timeout'],
    ['api_error', 'server'],
    ['billing_error', 'quota_exhausted'],
  ])('say %s as %s', async (type, kind) => {
    server.replay = { body: eventsOf({ type: 'error', error: { type, message: '' } }) };
    expect((await streamed(provider, asked({ model: HAIKU }))).fault).toMatchObject({
      kind,
      executed: 'maybe',
    });
  });

  it('that the vendor refuses to finish are filtered, and billed', async () => {
    server.replay = {
      body: eventsOf(
        start({ input_tokens: 25, output_tokens: 1 }),
        text('I'),
        { type: 'message_delta', delta: { stop_reason: 'refusal' }, usage: { output_tokens: 2 } },
        { type: 'message_stop' },
      ),
    };
    const { fault, parts } = await streamed(provider, asked({ model: HAIKU }));
    expect(fault).toMatchObject({ kind: 'content_filter', executed: 'maybe' });
    expect(parts.usage).toMatchObject({ inputTokens: 25, outputTokens: 2, source: 'provider' });
  });

  it('give a tool without arguments an empty object, as answers that are not streamed do', async () => {
    const block = { type: 'tool_use', id: 'toolu_1', name: 'today', input: {} };
    server.replay = {
      body: eventsOf(
        { type: 'content_block_start', index: 0, content_block: block },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 2 } },
        { type: 'message_stop' },
      ),
    };
    const { parts } = await streamed(provider, asked({ model: HAIKU }));
    server.replay = { body: { ...MESSAGE, content: [block], stop_reason: 'tool_use' } };
    const whole = await complete(provider, asked({ model: HAIKU }));
    expect(whole.toolCalls).toEqual([{ id: 'toolu_1', name: 'today', arguments: '{}' }]);
    expect(parts.completion({ messages: [] })?.toolCalls).toEqual(whole.toolCalls);
  });
});

describe('Anthropic requests', () => {
  beforeEach(() => {
    server.replay = { body: MESSAGE };
  });

  it('carry the whole conversation in two alternating roles', async () => {
    const call = { id: 'functions.book:0', name: 'book', arguments: '{"hall":"A"}' };
    await complete(
      provider,
      asked({
        model: HAIKU,
        messages: [
          { role: 'system', content: 'You plan events.' },
          { role: 'user', content: 'Hello' },
          { role: 'user', content: 'Book a hall' },
          { role: 'assistant', content: ' ', toolCalls: [call] },
          { role: 'tool', content: '{"booked":true}', toolCallId: call.id },
          { role: 'user', content: 'Thanks' },
          { role: 'system', content: 'Be brief.' },
        ],
        stop: ['END'],
        tools: [{ name: 'book', parameters: { type: 'object' } }],
        toolChoice: { name: 'book' },
      }),
    );
    expect(server.sent()).toEqual({
      model: HAIKU,
      max_tokens: 100,
      system: 'You plan events.\n\nBe brief.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hello' },
            { type: 'text', text: 'Book a hall' },
          ],
        },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'functions_book_0', name: 'book', input: { hall: 'A' } }],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'functions_book_0', content: '{"booked":true}' },
            { type: 'text', text: 'Thanks' },
          ],
        },
      ],
      stop_sequences: ['END'],
      tools: [{ name: 'book', input_schema: { type: 'object' } }],
      tool_choice: { type: 'tool', name: 'book' },
      stream: false,
    });
  });

  it('ask a question even where there is a system prompt alone', async () => {
    await complete(provider, asked({ model: HAIKU, messages: [{ role: 'system', content: 'Say hello' }] }));
    expect(server.sent()).toMatchObject({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hello' }] }],
    });
    expect(server.sent()).not.toHaveProperty('system');
  });

  it.each([
    [HAIKU, { temperature: 0.2 }, { temperature: 0.2 }, 0],
    [HAIKU, { topP: 0.9 }, { top_p: 0.9 }, 0],
    [HAIKU, { temperature: 1.5, topP: 0.9 }, { temperature: 1 }, 2],
    [HAIKU, { seed: 7 }, {}, 1],
    ['claude-opus-4-6', { temperature: 0.2 }, { temperature: 0.2 }, 0],
    ['claude-opus-4-7', { temperature: 0.2 }, {}, 1],
    [SONNET, { temperature: 0.2, topP: 0.9 }, {}, 1],
  ])('to %s with %j carry %j, and the answer says what it left out', async (model, wish, sent, limits) => {
    expect((await complete(provider, asked({ model, ...wish }))).limits).toHaveLength(limits);
    const { temperature, top_p } = server.sent();
    expect(JSON.parse(JSON.stringify({ temperature, top_p }))).toEqual(sent);
    expect(server.sent()).not.toHaveProperty('seed');
  });

  it('hold the model to a schema, which is closed on the way', async () => {
    const schema = { type: 'object', properties: { guests: { type: 'integer', minimum: 1 } } };
    await complete(provider, asked({ model: HAIKU, responseFormat: { name: 'plan', schema } }));
    expect(server.sent()['output_config']).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { guests: { type: 'integer' } },
          additionalProperties: false,
        },
      },
    });
  });

  it('ask models from before schemas in words, and the answer says so', async () => {
    const responseFormat = { name: 'plan', schema: { type: 'object' } };
    const { limits } = await complete(provider, asked({ model: 'claude-opus-4-1', responseFormat }));
    expect(server.sent()['system']).toContain('{"type":"object"}');
    expect(server.sent()).not.toHaveProperty('output_config');
    expect(limits).toHaveLength(1);
    await complete(provider, asked({ model: SONNET, responseFormat: 'json' }));
    expect(server.sent()['system']).toMatch(/JSON/);
  });
});

describe('Anthropic refusals', () => {
  it.each([
    [413, { type: 'request_too_large', message: '' }, 'context_length'],
    [400, { type: 'invalid_request_error', message: 'exceed context limit: 1 + 2 > 3' }, 'context_length'],
    [
      429,
      { type: 'rate_limit_error', message: '', details: { error_code: 'enforced_spend_limit_reached' } },
      'quota_exhausted',
    ],
    [402, { type: 'billing_error', message: '' }, 'quota_exhausted'],
    [404, { type: 'not_found_error', message: 'model: claude-9' }, 'invalid_request'],
  ])('%i %j is %s', async (status, error, kind) => {
    // prettier-ignore
    server.replay = { status, body: { type: 'error', error } };
    expect(await faultOf(complete(provider, asked({ model: HAIKU })))).toMatchObject({
      kind,
      status,
      executed: 'no',
    });
  });

  it('name the vendor’s id of the call, and never our key', async () => {
    server.replay = {
      status: 401,
      headers: { 'request-id': 'req_77' },
      body: { type: 'error', error: { type: 'authentication_error', message: 'sk-ant-secret is wrong' } },
    };
    const fault = await faultOf(complete(provider, asked({ model: HAIKU })));
    expect(fault.message).toContain('req_77');
    expect(`${fault.message}${JSON.stringify(fault)}`).not.toContain('secret');
  });

  it('have an unknown outcome where a 200 is no message', async () => {
    server.replay = { body: { type: 'something', content: 3 } };
    const fault = await faultOf(complete(provider, asked({ model: HAIKU })));
    expect(fault).toMatchObject({ kind: 'server', executed: 'maybe' });
  });
});
