import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asked, complete, faultOf, streamed } from '../faults/asking.fake.js';
import { eventsOf, ReplayServer } from '../faults/replay-server.fake.js';
import { ableModel } from '../faults/vendor-under-test.fake.js';
import { GeminiTextProvider } from './gemini-text-provider.js';

const FLASH = 'gemini-2.5-flash';
const NEON = 'gemini-4-neon';

const server = new ReplayServer();
let provider: GeminiTextProvider;

beforeEach(async () => {
  provider = new GeminiTextProvider({
    apiKey: 'goog-secret',
    baseUrl: `${await server.start()}/v1beta`,
    models: [FLASH, NEON].map(ableModel),
    timeoutMs: 5_000,
    headersTimeoutMs: 5_000,
  });
});

afterEach(async () => {
  await server.stop();
  await provider.close();
});

function answer(parts: readonly object[], more: Record<string, unknown> = {}) {
  const { usageMetadata, ...candidate } = more;
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...candidate }],
    modelVersion: 'gemini-4-neon-001',
    ...(usageMetadata === undefined ? {} : { usageMetadata }),
  };
}

describe('Gemini streams', () => {
  it('are read past thoughts; cached tokens are not billed twice, thoughts once', async () => {
    server.replay = {
      body: eventsOf(
        answer([{ text: 'let me see', thought: true }], {
          usageMetadata: { promptTokenCount: 120, cachedContentTokenCount: 100, thoughtsTokenCount: 4 },
        }),
        answer([{ text: 'Hello' }]),
        answer([{ text: '!', thoughtSignature: 'c2ln' }], {
          finishReason: 'STOP',
          usageMetadata: {
            promptTokenCount: 120,
            cachedContentTokenCount: 100,
            candidatesTokenCount: 7,
            thoughtsTokenCount: 9,
            totalTokenCount: 136,
          },
        }),
      ),
    };
    const { parts } = await streamed(provider, asked({ model: NEON }));
    expect(parts.completion({ messages: [] })).toEqual({
      text: 'Hello!',
      model: 'gemini-4-neon-001',
      finishReason: 'stop',
      usage: {
        inputTokens: 20,
        cachedTokens: 100,
        outputTokens: 7,
        reasoningTokens: 9,
        source: 'provider',
      },
      limits: [],
    });
  });

  it('end with their last event alone: one without a reason was cut', async () => {
    server.replay = { body: eventsOf(answer([{ text: 'Hel' }])) };
    const { fault, parts } = await streamed(provider, asked({ model: NEON }));
    expect(fault).toMatchObject({ kind: 'transport', executed: 'maybe' });
    expect(parts.text()).toBe('Hel');
  });

  it('may fail after they began well', async () => {
    server.replay = {
      body: eventsOf(answer([{ text: 'Hel' }]), {
        error: { code: 503, status: 'UNAVAILABLE', message: 'overloaded' },
      }),
    };
    expect((await streamed(provider, asked({ model: NEON }))).fault).toMatchObject({
      kind: 'overloaded',
      executed: 'maybe',
    });
  });
});

describe('Gemini answers', () => {
  it.each([
    [
      'a prompt that was blocked',
      { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } },
      'content_filter',
    ],
    ['SAFETY', answer([], { finishReason: 'SAFETY' }), 'content_filter'],
    ['RECITATION', answer([{ text: 'so' }], { finishReason: 'RECITATION' }), 'content_filter'],
    ['a broken call', answer([], { finishReason: 'MALFORMED_FUNCTION_CALL' }), 'server'],
    ['no answer', { responseId: 'x' }, 'server'],
  ])('of %s are a fault, which may be billed', async (_name, body, kind) => {
    server.replay = { body };
    const fault = await faultOf(complete(provider, asked({ model: NEON })));
    expect(fault).toMatchObject({ kind, executed: 'maybe' });
  });

  it('that all went into thoughts are cut, not broken', async () => {
    server.replay = { body: answer([], { finishReason: 'MAX_TOKENS' }) };
    expect(await complete(provider, asked({ model: NEON }))).toMatchObject({
      text: '',
      finishReason: 'length',
    });
  });

  it('with a call of a tool come back with the signature it was given', async () => {
    const signature = 'c2lnbmVkKys/+w==';
    const functionCall = { name: 'book', args: { hall: 'A' } };
    server.replay = {
      body: answer([{ functionCall, thoughtSignature: signature }, { functionCall }], {
        finishReason: 'STOP',
      }),
    };
    const { toolCalls = [], finishReason } = await complete(provider, asked({ model: NEON }));
    expect(finishReason).toBe('tool_calls');
    const results = toolCalls.map(({ id }) => ({
      role: 'tool' as const,
      content: 'booked',
      toolCallId: id,
    }));
    await complete(
      provider,
      asked({ model: NEON, messages: [{ role: 'assistant', content: '', toolCalls }, ...results] }),
    );
    expect(server.sent()['contents']).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'call_0', ...functionCall }, thoughtSignature: signature },
          { functionCall: { id: 'call_1', ...functionCall } },
        ],
      },
      {
        role: 'user',
        parts: ['call_0', 'call_1'].map((id) => ({
          functionResponse: { id, name: 'book', response: { result: 'booked' } },
        })),
      },
    ]);
  });
});

describe('Gemini requests', () => {
  beforeEach(() => {
    const usageMetadata = { promptTokenCount: 5, candidatesTokenCount: 1 };
    server.replay = { body: answer([{ text: 'hello' }], { finishReason: 'STOP', usageMetadata }) };
  });

  it('carry the key in a header, not in the address', async () => {
    await complete(provider, asked({ model: NEON }));
    await streamed(provider, asked({ model: NEON }));
    expect(server.calls.map(({ url }) => url)).toEqual([
      '/v1beta/models/gemini-4-neon:generateContent',
      '/v1beta/models/gemini-4-neon:streamGenerateContent?alt=sse',
    ]);
    expect(server.calls[0]?.headers['x-goog-api-key']).toBe('goog-secret');
  });

  it('have a place of their own for everything', async () => {
    const { limits } = await complete(
      provider,
      asked({
        model: FLASH,
        messages: [
          { role: 'system', content: 'You plan events.' },
          { role: 'user', content: 'Hello' },
        ],
        temperature: 0.2,
        topP: 0.9,
        seed: 7,
        stop: ['END'],
        responseFormat: { name: 'plan', schema: { type: 'object' } },
        tools: [{ name: 'book', description: 'Books', parameters: { type: 'object' } }],
        toolChoice: { name: 'book' },
      }),
    );
    expect(limits).toEqual([]);
    expect(server.sent()).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
      systemInstruction: { parts: [{ text: 'You plan events.' }] },
      tools: [
        {
          functionDeclarations: [
            { name: 'book', description: 'Books', parametersJsonSchema: { type: 'object' } },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['book'] } },
      generationConfig: {
        maxOutputTokens: 100,
        temperature: 0.2,
        topP: 0.9,
        seed: 7,
        stopSequences: ['END'],
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'object' },
      },
    });
  });

  it('leave out what newer models take no notice of, and the answer says so', async () => {
    const { limits } = await complete(provider, asked({ model: NEON, temperature: 0.2, topP: 0.9 }));
    expect(server.sent()['generationConfig']).toEqual({ maxOutputTokens: 100 });
    expect(limits).toHaveLength(1);
  });

  it.each([
    [NEON, 'skip_thought_signature_validator'],
    [FLASH, undefined],
  ])('to %s with a call of another vendor’s carry the signature %s', async (model, signature) => {
    const toolCalls = [{ id: 'toolu_1', name: 'book', arguments: 'no JSON' }];
    await complete(provider, asked({ model, messages: [{ role: 'assistant', content: 'ok', toolCalls }] }));
    const parts = [
      { text: 'ok' },
      {
        functionCall: { id: 'toolu_1', name: 'book', args: { text: 'no JSON' } },
        ...(signature === undefined ? {} : { thoughtSignature: signature }),
      },
    ];
    expect(server.sent()['contents']).toEqual([{ role: 'model', parts }]);
  });
});

describe('Gemini refusals', () => {
  const details = (...items: readonly object[]) => ({
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    details: items,
  });
  const RETRY = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' };
  const quota = (quotaId: string) => ({
    '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
    violations: [{ quotaId }],
  });

  it.each([
    [
      'asks for a pause',
      details(quota('GenerateRequestsPerMinutePerProject'), RETRY),
      'rate_limited',
      34_500,
    ],
    ['gives no hint', details(), 'rate_limited', undefined],
    [
      'is over for the day',
      details(quota('GenerateRequestsPerDayPerProject'), RETRY),
      'quota_exhausted',
      undefined,
    ],
  ])('that %s', async (_name, error, kind, retryAfterMs) => {
    // prettier-ignore
    server.replay = { status: 429, body: { error } };
    const fault = await faultOf(complete(provider, asked({ model: NEON })));
    expect(fault).toMatchObject({ kind, executed: 'no' });
    expect(fault.retryAfterMs).toBe(retryAfterMs);
  });

  it('of a key come as a bad request, and never repeat it', async () => {
    const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
    const error = { code: 400, status: 'INVALID_ARGUMENT', message: 'goog-secret', details: [info] };
    server.replay = { status: 400, body: [{ error }] };
    const fault = await faultOf(complete(provider, asked({ model: NEON })));
    expect(fault).toMatchObject({ kind: 'auth', executed: 'no' });
    expect(`${fault.message}${JSON.stringify(fault)}`).not.toContain('secret');
  });
});
