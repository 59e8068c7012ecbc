import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { asked, complete, faultOf, streamed } from '../faults/asking.fake.js';
import { ReplayServer } from '../faults/replay-server.fake.js';
import { ableModel } from '../faults/vendor-under-test.fake.js';
import { BedrockTextProvider } from './bedrock-text-provider.js';
import { exceptionEvent, vendorEvent } from './bedrock-wire.fake.js';

const OLD_SONNET = 'anthropic.claude-3-sonnet-20240229-v1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const NOVA = 'amazon.nova-lite-v1:0';
const ACCESS = { region: 'eu-central-1', accessKeyId: 'AKIDTEST', secretAccessKey: 'hush-hush' };

const server = new ReplayServer();
let address: string;
let provider: BedrockTextProvider;

beforeEach(async () => {
  address = await server.start();
  provider = new BedrockTextProvider({
    access: { ...ACCESS, endpoint: address },
    models: [OLD_SONNET, SONNET, NOVA].map(ableModel),
    timeoutMs: 5_000,
    headersTimeoutMs: 5_000,
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await server.stop();
  await provider.close();
});

const ANSWER = {
  output: { message: { role: 'assistant', content: [{ text: 'hello' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 5, outputTokens: 1, totalTokens: 6 },
};

function replayStream(...events: readonly Uint8Array[]): void {
  const headers = { 'content-type': 'application/vnd.amazon.eventstream' };
  server.replay = { headers, body: Buffer.concat(events) };
}

const said = (text: string) => vendorEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });

describe('Bedrock streams', () => {
  it('tell their usage after the stop, with what the cache was written for', async () => {
    replayStream(
      vendorEvent('messageStart', { role: 'assistant' }),
      said('Hello'),
      vendorEvent('somethingNew', { whatever: true }),
      vendorEvent('contentBlockDelta', {
        contentBlockIndex: 0,
        delta: { reasoningContent: { text: 'let me see' } },
      }),
      vendorEvent('contentBlockStop', { contentBlockIndex: 0 }),
      vendorEvent('messageStop', { stopReason: 'end_turn' }),
      vendorEvent('metadata', {
        usage: {
          inputTokens: 20,
          outputTokens: 7,
          totalTokens: 137,
          cacheReadInputTokens: 100,
          cacheWriteInputTokens: 10,
          cacheDetails: [
            { ttl: '1h', inputTokens: 6 },
            { ttl: '5m', inputTokens: 4 },
          ],
        },
        metrics: { latencyMs: 1 },
      }),
    );
    const { parts } = await streamed(provider, asked({ model: SONNET }));
    expect(parts.completion({ messages: [] })).toEqual({
      text: 'Hello',
      model: SONNET,
      finishReason: 'stop',
      usage: {
        inputTokens: 20,
        cachedTokens: 100,
        cacheWriteTokens: 4,
        cacheWriteHourTokens: 6,
        outputTokens: 7,
        source: 'provider',
      },
      limits: [],
    });
  });

  it.each([
    ['throttlingException', 'Too many tokens', 'rate_limited'],
    ['modelStreamErrorException', 'broke', 'server'],
    ['internalServerException', 'broke', 'server'],
    ['serviceUnavailableException', 'later', 'overloaded'],
    ['validationException', 'Input is too long for requested model', 'context_length'],
    ['validationException', 'odd', 'invalid_request'],
  ])('that break off with %s (%s) are %s and may be billed', async (name, message, kind) => {
    replayStream(said('Hel'), exceptionEvent(name, message));
    const { fault, parts } = await streamed(provider, asked({ model: SONNET }));
    expect(fault).toMatchObject({ kind, executed: 'maybe' });
    expect(parts.text()).toBe('Hel');
  });

  it('without a stop were cut', async () => {
    replayStream(vendorEvent('messageStart', { role: 'assistant' }), said('Hel'));
    expect((await streamed(provider, asked({ model: SONNET }))).fault).toMatchObject({
      kind: 'transport',
      executed: 'maybe',
    });
  });

  it('end in a fault where the model called a tool in a broken way, or a guardrail stepped in', async () => {
    replayStream(vendorEvent('messageStop', { stopReason: 'malformed_tool_use' }));
    expect((await streamed(provider, asked({ model: SONNET }))).fault).toMatchObject({ kind: 'server' });
    replayStream(said('So'), vendorEvent('messageStop', { stopReason: 'guardrail_intervened' }));
    expect((await streamed(provider, asked({ model: SONNET }))).fault).toMatchObject({
      kind: 'content_filter',
      executed: 'maybe',
    });
  });
});

describe('Bedrock requests', () => {
  beforeEach(() => {
    server.replay = { body: ANSWER };
  });

  it('carry the whole conversation', async () => {
    await complete(
      provider,
      asked({
        model: OLD_SONNET,
        messages: [
          { role: 'system', content: 'You plan events.' },
          { role: 'user', content: 'Book a hall' },
          {
            role: 'assistant',
            content: '',
            toolCalls: [{ id: 'a.b:0', name: 'book', arguments: '{"hall":"A"}' }],
          },
          { role: 'tool', content: 'booked', toolCallId: 'a.b:0' },
        ],
        temperature: 0.2,
        stop: ['END'],
        tools: [{ name: 'book', description: 'Books', parameters: { type: 'object' } }],
        toolChoice: 'required',
      }),
    );
    expect(server.calls[0]?.url).toBe('/model/anthropic.claude-3-sonnet-20240229-v1%3A0/converse');
    expect(server.sent()).toEqual({
      system: [{ text: 'You plan events.' }],
      messages: [
        { role: 'user', content: [{ text: 'Book a hall' }] },
        {
          role: 'assistant',
          content: [{ toolUse: { toolUseId: 'a_b_0', name: 'book', input: { hall: 'A' } } }],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'a_b_0', content: [{ text: 'booked' }] } }],
        },
      ],
      inferenceConfig: { maxTokens: 100, temperature: 0.2, stopSequences: ['END'] },
      toolConfig: {
        tools: [
          { toolSpec: { name: 'book', description: 'Books', inputSchema: { json: { type: 'object' } } } },
        ],
        toolChoice: { any: {} },
      },
    });
  });

  it.each([
    [SONNET, true],
    [OLD_SONNET, false],
    [NOVA, false],
  ])(
    'to %s hold it to a schema: %s; else the schema is in words, and the answer says so',
    async (model, held) => {
      const responseFormat = { name: 'plan', schema: { type: 'object', properties: {} } };
      const { limits } = await complete(provider, asked({ model, responseFormat }));
      const schema = '{"type":"object","properties":{},"additionalProperties":false}';
      const textFormat = { type: 'json_schema', structure: { jsonSchema: { name: 'plan', schema } } };
      expect(server.sent()['outputConfig']).toEqual(held ? { textFormat } : undefined);
      expect(JSON.stringify(server.sent()['system'] ?? '')).toContain(held ? '' : 'JSON Schema');
      expect(limits).toHaveLength(held ? 0 : 1);
    },
  );

  it('leave to other vendors’ models both sampling parameters', async () => {
    await complete(provider, asked({ model: NOVA, temperature: 0.2, topP: 0.9 }));
    expect(server.sent()['inferenceConfig']).toEqual({ maxTokens: 100, temperature: 0.2, topP: 0.9 });
  });

  it('are signed with the configured key, whatever else the machine offers', async () => {
    jest.replaceProperty(process, 'env', {
      AWS_BEARER_TOKEN_BEDROCK: 'token-of-the-machine',
      AWS_ACCESS_KEY_ID: 'AKIDMACHINE',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-machine',
      AWS_REGION: 'us-west-2',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_MAX_ATTEMPTS: '5',
      AWS_PROFILE: 'somebody',
    });
    await complete(provider, asked({ model: NOVA }));
    expect(server.calls[0]?.headers.authorization).toMatch(
      /Credential=AKIDTEST\/\d{8}\/eu-central-1\/bedrock\//,
    );
  });

  it('are made once, whatever comes of them', async () => {
    for (const status of [429, 500, 503]) {
      server.replay = { status, body: { message: '' } };
      const before = server.calls.length;
      await faultOf(complete(provider, asked({ model: NOVA })));
      await streamed(provider, asked({ model: NOVA }));
      expect(server.calls.length - before).toBe(2);
    }
  });
});

describe('Bedrock refusals', () => {
  it.each([
    [429, 'ThrottlingException', '', 'rate_limited', 'no'],
    [429, 'ModelNotReadyException', '', 'overloaded', 'no'],
    [400, 'ServiceQuotaExceededException', '', 'quota_exhausted', 'no'],
    [400, 'ValidationException', 'Input is too long for requested model.', 'context_length', 'no'],
    [400, 'ValidationException', 'odd', 'invalid_request', 'no'],
    [403, 'ExpiredTokenException', '', 'auth', 'no'],
    [404, 'ResourceNotFoundException', '', 'invalid_request', 'no'],
    [408, 'ModelTimeoutException', '', 'timeout', 'maybe'],
    [424, 'ModelErrorException', '', 'server', 'maybe'],
    [500, 'InternalServerException', '', 'server', 'maybe'],
    [503, 'ServiceUnavailableException', '', 'overloaded', 'no'],
  ])('%i %s %s are %s', async (status, type, message, kind, executed) => {
    server.replay = { status, headers: { 'x-amzn-errortype': type }, body: { message } };
    const fault = await faultOf(complete(provider, asked({ model: NOVA })));
    expect(fault).toMatchObject({ kind, status, executed });
    expect(`${fault.message}${JSON.stringify(fault)}`).not.toContain('hush');
  });

  it('have an unknown outcome where a 200 is no answer', async () => {
    for (const body of ['<html>', {}]) {
      server.replay = { body };
      const fault = await faultOf(complete(provider, asked({ model: NOVA })));
      expect(fault).toMatchObject({ kind: 'server', executed: 'maybe' });
    }
  });

  it('are given up on where no stream begins', async () => {
    server.replay = undefined;
    provider = new BedrockTextProvider({
      access: { ...ACCESS, endpoint: address },
      models: [ableModel(NOVA)],
      timeoutMs: 60_000,
      headersTimeoutMs: 100,
    });
    const { fault } = await streamed(provider, asked({ model: NOVA }));
    expect(fault).toMatchObject({ kind: 'timeout', executed: 'maybe' });
  });

  it('surely did nothing where nobody listens', async () => {
    await server.stop();
    const fault = await faultOf(complete(provider, asked({ model: NOVA })));
    expect(fault).toMatchObject({ kind: 'transport', executed: 'no' });
    await server.start();
  });
});

it('Bedrock is configured with credentials and a model', () => {
  const patience = { timeoutMs: 1, headersTimeoutMs: 1 };
  const models = [ableModel(NOVA)];
  expect(new BedrockTextProvider({ access: ACCESS, models, ...patience }).configured()).toBe(true);
  expect(new BedrockTextProvider({ models, ...patience }).configured()).toBe(false);
  expect(new BedrockTextProvider({ access: ACCESS, models: [], ...patience }).configured()).toBe(false);
});
