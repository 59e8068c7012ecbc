import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imageRequest, itIsAnImageProvider } from '../image-provider.conformance.js';
import { faultOfPromise, itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { type FakeIdeogram, startFakeIdeogram } from './ideogram.fake.js';
import { IdeogramImageProvider, type IdeogramOptions } from './ideogram-image-provider.js';

let fake: FakeIdeogram;
const work = { signal: new AbortController().signal };
const provider = (options: IdeogramOptions = {}): IdeogramImageProvider =>
  new IdeogramImageProvider({
    apiKey: fake.apiKey,
    baseUrl: fake.vendor.origin,
    timeoutMs: 5_000,
    ...options,
  });
const at = (url: string): object => ({ data: [{ url, is_image_safe: true }] });

beforeAll(async () => {
  fake = await startFakeIdeogram();
});
afterAll(() => fake.vendor.close());

describe('IdeogramImageProvider', () => {
  itIsAnImageProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => imageRequest(),
    rows: [
      [
        'a prompt that fails the safety check',
        { kind: 'status', status: 422, body: { error: 'Prompt or provided image failed the safety checks' } },
        'moderated',
        false,
      ],
      [
        'a picture that is withheld',
        { kind: 'status', status: 200, body: { data: [{ is_image_safe: false, url: '' }] } },
        'moderated',
        false,
      ],
      [
        '200 without a picture',
        { kind: 'status', status: 200, body: { data: [] } },
        'unknown_outcome',
        false,
      ],
      ...['http://127.0.0.2/x.png', 'file:///etc/passwd', 'http://169.254.169.254/latest/', 'nonsense'].map(
        (url) =>
          [
            `a result at ${url}`,
            { kind: 'status', status: 200, body: at(url) },
            'unknown_outcome',
            false,
          ] as const,
      ),
    ],
  });

  it.each([403, 404, 410, 500] as const)(
    'a result that answers %i was billed and is lost',
    async (status) => {
      fake.vendor.expireNext(status);
      const fault = await faultOfPromise(provider().generate(imageRequest(), work));
      expect(fault.kind).toBe('unknown_outcome');
    },
  );

  it('takes a result for a picture only when its bytes say so', async () => {
    const url = fake.vendor.publish(Buffer.from('<svg/>'), 'image/png');
    fake.vendor.misbehave({ kind: 'status', status: 200, body: at(url) });
    expect((await faultOfPromise(provider().generate(imageRequest(), work))).kind).toBe('unknown_outcome');
  });

  it('asks in the words that the vendor knows', async () => {
    const wish = {
      quality: 'ultra',
      width: 1792,
      height: 1024,
      seed: 2 ** 32 - 1,
      negativePrompt: 'people',
    } as const;
    const image = await provider().generate(imageRequest(wish), work);
    expect(fake.vendor.accepted.at(-1)?.body).toEqual({
      prompt: 'three red balloons over a lake',
      negative_prompt: 'people',
      aspect_ratio: '16x9',
      rendering_speed: 'QUALITY',
      magic_prompt: 'OFF',
      num_images: '1',
      seed: '2147483647',
    });
    expect(image.limits).toContain('the vendor knows no quality above high');
  });
});
