import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  imageEditRequest,
  itIsAnImageEditProvider,
  sourcePicture,
} from '../image-edit-provider.conformance.js';
import type { ImageEdit } from '../image-edit-provider.js';
import { imageRequest, itIsAnImageProvider } from '../image-provider.conformance.js';
import type { FaultRow } from '../vendor/vendor-faults.conformance.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { fakePicture } from '../vendor/vendor-media.fake.js';
import { StabilityEditProvider } from './stability-edit-provider.js';
import { type FakeStability, startFakeStability } from './stability.fake.js';
import { StabilityImageProvider, type StabilityOptions } from './stability-image-provider.js';

let fake: FakeStability;
let source: Buffer;
const work = { signal: new AbortController().signal };
const options = (changes: StabilityOptions = {}): StabilityOptions => ({
  apiKey: fake.apiKey,
  baseUrl: fake.vendor.origin,
  timeoutMs: 5_000,
  ...changes,
});
const last = (): Record<string, unknown> | undefined => fake.vendor.accepted.at(-1)?.body;

const ROWS: readonly FaultRow[] = [
  [
    'a refusal by moderation',
    { kind: 'status', status: 403, body: { name: 'content_moderation', errors: ['flagged'] } },
    'moderated',
    false,
  ],
  [
    'a picture that was filtered',
    { kind: 'status', status: 200, body: { image: 'AAAA', finish_reason: 'CONTENT_FILTERED' } },
    'moderated',
    false,
  ],
  ['413', { kind: 'status', status: 413 }, 'rejected', false],
  ['200 without a picture', { kind: 'status', status: 200, body: {} }, 'unknown_outcome', false],
  [
    '200 with bytes that are no picture',
    { kind: 'status', status: 200, body: { image: 'AAAA' } },
    'unknown_outcome',
    false,
  ],
];

beforeAll(async () => {
  fake = await startFakeStability();
  source = await sourcePicture();
});
afterAll(() => fake.vendor.close());

describe('StabilityImageProvider', () => {
  itIsAnImageProvider(() => new StabilityImageProvider(options()));
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => new StabilityImageProvider(options(changes)),
    request: () => imageRequest(),
    rows: ROWS,
  });

  it.each([
    ['standard', '/v2beta/stable-image/generate/core', undefined],
    ['high', '/v2beta/stable-image/generate/sd3', 'sd3.5-large'],
    ['ultra', '/v2beta/stable-image/generate/ultra', undefined],
  ] as const)('makes %s by %s', async (quality, path, model) => {
    await new StabilityImageProvider(options()).generate(imageRequest({ quality }), work);
    expect(fake.vendor.accepted.at(-1)?.path).toBe(path);
    expect(last()?.['model']).toBe(model);
  });

  it('cuts a prompt that is longer than the vendor takes between signs', async () => {
    await new StabilityImageProvider(options()).generate(
      imageRequest({ prompt: `x${'🎉'.repeat(5_100)}` }),
      work,
    );
    expect(last()?.['prompt']).toBe(`x${'🎉'.repeat(4_999)}`);
  });

  it('uses a preset that the vendor has, and words for one that it has not', async () => {
    const provider = new StabilityImageProvider(options());
    await provider.generate(imageRequest({ stylePreset: 'anime', negativePrompt: 'people' }), work);
    expect(last()).toMatchObject({ style_preset: 'anime', negative_prompt: 'people', seed: '42' });
    await provider.generate(imageRequest({ stylePreset: 'mughal miniature', seed: 2 ** 32 - 1 }), work);
    expect(last()).toMatchObject({
      prompt: expect.stringMatching(/^three red balloons over a lake\s+Style: mughal miniature\.$/),
      seed: '4294967294',
    });
  });
});

describe('StabilityEditProvider', () => {
  const transform = (changes: Partial<Extract<ImageEdit, { kind: 'transform' }>>): ImageEdit => ({
    kind: 'transform',
    transformation: 'style-transfer',
    strength: 0.7,
    ...changes,
  });
  itIsAnImageEditProvider(() => new StabilityEditProvider(options()));
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => new StabilityEditProvider(options(changes)),
    request: () => imageEditRequest(source, { kind: 'remove-background' }),
    rows: ROWS,
  });

  it('doubles what is upscaled, and makes exactly the size that was asked for', async () => {
    const provider = new StabilityEditProvider(options());
    const doubled = await provider.generate(
      imageEditRequest(source, transform({ transformation: 'upscale' })),
      work,
    );
    expect([doubled.width, doubled.height]).toEqual([640, 400]);
    const sized = await provider.generate(
      imageEditRequest(source, transform({ transformation: 'upscale', height: 300 })),
      work,
    );
    expect([sized.width, sized.height]).toEqual([480, 300]);
  });

  it('takes a picture as the style', async () => {
    const edit = transform({ styleReference: await fakePicture(64, 64) });
    await new StabilityEditProvider(options()).generate(imageEditRequest(source, edit), work);
    expect(fake.vendor.accepted.at(-1)?.path).toBe('/v2beta/stable-image/control/style-transfer');
    expect(last()).toMatchObject({ style_strength: '0.7' });
  });

  it.each(['filter', 'resize', 'crop'] as const)(
    'leaves %s to those who need no vendor',
    async (transformation) => {
      const calls = fake.vendor.accepted.length;
      const request = imageEditRequest(source, transform({ transformation }));
      expect(new StabilityEditProvider(options()).does(request.edit)).toBe(false);
      await expect(new StabilityEditProvider(options()).generate(request, work)).rejects.toMatchObject({
        kind: 'rejected',
      });
      expect(fake.vendor.accepted).toHaveLength(calls);
    },
  );
});
