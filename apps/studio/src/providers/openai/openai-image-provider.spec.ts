import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imageRequest, itIsAnImageProvider } from '../image-provider.conformance.js';
import { ProviderFault } from '../image-provider.js';
import { type FakeAnswer, type FakeOpenAiImages, startFakeOpenAiImages } from './openai-images.fake.js';
import { retryAfterMs } from './openai-faults.js';
import { OpenAiImageProvider, type OpenAiImageOptions, vendorSize } from './openai-image-provider.js';

let fake: FakeOpenAiImages;
const signal = new AbortController().signal;
const provider = (options: OpenAiImageOptions = {}): OpenAiImageProvider =>
  new OpenAiImageProvider({ apiKey: fake.apiKey, baseUrl: fake.baseUrl, ...options });

beforeAll(async () => {
  fake = await startFakeOpenAiImages();
});
afterAll(() => fake.close());

async function faultAfter(answer: FakeAnswer, options: OpenAiImageOptions = {}): Promise<ProviderFault> {
  fake.answerNext(answer);
  const error: unknown = await provider(options)
    .generate(imageRequest(), { signal })
    .catch((caught: unknown) => caught);
  if (!(error instanceof ProviderFault)) throw new Error(`no fault but ${String(error)}`);
  return error;
}

const refusal = (code: string, message = 'no'): unknown => ({
  error: { code, message, type: 'image_generation_user_error' },
});

describe('OpenAiImageProvider', () => {
  itIsAnImageProvider(() => provider());

  it('sends only fields that the vendor knows, and the key of the job', async () => {
    await provider().generate(
      imageRequest({
        stylePreset: 'noir',
        negativePrompt: 'people',
        quality: 'ultra',
        format: 'webp',
        width: 1792,
        height: 1024,
        idempotencyKey: 'job-7/2',
      }),
      { signal },
    );
    expect(fake.accepted.at(-1)).toEqual({
      model: 'gpt-image-1.5',
      prompt: 'three red balloons over a lake\n\nStyle: noir.\n\nLeave out: people.',
      n: 1,
      size: '1536x1024',
      quality: 'high',
      output_format: 'webp',
    });
    expect(fake.idempotencyKeys.at(-1)).toBe('job-7/2');
  });

  it('asks for the configured model whatever alias the caller used', async () => {
    await provider({ model: 'gpt-image-2' }).generate(imageRequest(), { signal });
    expect(fake.accepted.at(-1)).toMatchObject({ model: 'gpt-image-2' });
    expect(provider().models()).toEqual(
      expect.arrayContaining(['gpt-image-1.5', 'dall-e-3', 'dalle3', 'gpt-image-*']),
    );
  });

  it.each([
    [1024, 1024, '1024x1024'],
    [256, 256, '1024x1024'],
    [1792, 1024, '1536x1024'],
    [1792, 256, '1536x1024'],
    [512, 1024, '1024x1536'],
    [256, 1792, '1024x1536'],
  ])('makes %d x %d from %s', (width, height, size) => {
    expect(Object.values(vendorSize(width, height)).join('x')).toBe(size);
  });

  it('is not configured without a key, and refuses before calling', async () => {
    const keyless = provider({ apiKey: '' });
    const calls = fake.accepted.length;
    expect(keyless.configured()).toBe(false);
    await expect(keyless.generate(imageRequest(), { signal })).rejects.toMatchObject({ kind: 'auth' });
    expect(fake.accepted).toHaveLength(calls);
  });

  it.each<[string, FakeAnswer, object]>([
    [
      '429 with Retry-After in seconds',
      { kind: 'status', status: 429, headers: { 'retry-after': '7' }, body: refusal('rate_limit_exceeded') },
      { kind: 'rate_limited', retryAfterMs: 7_000, status: 429 },
    ],
    [
      '429 for want of money',
      { kind: 'status', status: 429, body: refusal('insufficient_quota') },
      { kind: 'auth', status: 429 },
    ],
    ['500', { kind: 'status', status: 500 }, { kind: 'unknown_outcome', status: 500 }],
    [
      '503 with Retry-After',
      { kind: 'status', status: 503, headers: { 'retry-after': '2' } },
      { kind: 'unavailable', retryAfterMs: 2_000 },
    ],
    ['a gateway that waited in vain', { kind: 'status', status: 504 }, { kind: 'unknown_outcome' }],
    [
      'a refusal by the safety system',
      {
        kind: 'status',
        status: 400,
        body: refusal('moderation_blocked', 'Your request was rejected by the safety system.'),
      },
      { kind: 'moderated', status: 400 },
    ],
    [
      'a refusal by content policy',
      { kind: 'status', status: 400, body: refusal('content_policy_violation') },
      { kind: 'moderated' },
    ],
    [
      '400',
      { kind: 'status', status: 400, body: refusal('invalid_value') },
      { kind: 'rejected', status: 400 },
    ],
    ['403', { kind: 'status', status: 403, body: refusal('unsupported_country') }, { kind: 'auth' }],
    [
      'a redirect',
      { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { kind: 'unavailable' },
    ],
    [
      '200 without a picture, which may have been billed',
      { kind: 'status', status: 200, body: { data: [] } },
      { kind: 'unknown_outcome' },
    ],
    [
      '200 with bytes that are no picture',
      { kind: 'status', status: 200, body: { data: [{ b64_json: 'AAAA' }] } },
      { kind: 'unknown_outcome' },
    ],
    ['a connection that breaks', { kind: 'break' }, { kind: 'unknown_outcome' }],
  ])('tells the kind of fault: %s', async (_name, answer, expected) => {
    expect(await faultAfter(answer)).toMatchObject({ provider: 'openai', ...expected });
  });

  it('401: auth, and the fault holds no key', async () => {
    const error: unknown = await provider({ apiKey: 'sk-wrong-secret' })
      .generate(imageRequest(), { signal })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'auth', status: 401 });
    expect(
      `${JSON.stringify(error)}${String(error)}${error instanceof Error ? String(error.cause) : ''}`,
    ).not.toContain('sk-wrong-secret');
  });

  it('gives up at its deadline', async () => {
    expect(await faultAfter({ kind: 'hang' }, { timeoutMs: 60 })).toMatchObject({ kind: 'timeout' });
  });

  it('rejects with the reason of the caller who aborts', async () => {
    fake.answerNext({ kind: 'hang' });
    const controller = new AbortController();
    const reason = new Error('cancelled by the caller');
    const calls = fake.accepted.length;
    const pending = provider().generate(imageRequest(), { signal: controller.signal });
    const check = expect(pending).rejects.toBe(reason);
    while (fake.accepted.length === calls) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    await check;
  });

  it('nobody listens: unavailable, so that another try costs nothing twice', async () => {
    const error: unknown = await provider({ baseUrl: 'http://127.0.0.1:1/v1' })
      .generate(imageRequest(), { signal })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'unavailable' });
  });

  it('reads Retry-After as seconds or as a date', () => {
    expect([
      retryAfterMs('1.5', 0),
      retryAfterMs('Thu, 01 Jan 1970 00:00:09 GMT', 4_000),
      retryAfterMs('soon', 0),
      retryAfterMs(undefined, 0),
    ]).toEqual([1_500, 5_000, undefined, undefined]);
  });
});
