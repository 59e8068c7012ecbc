import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  imageEditRequest,
  itIsAnImageEditProvider,
  sourcePicture,
} from '../image-edit-provider.conformance.js';
import { TRANSFORMATIONS } from '../image-edit-provider.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { type FakeOpenAiEdits, startFakeOpenAiEdits } from './openai-edits.fake.js';
import { OpenAiEditProvider } from './openai-edit-provider.js';
import type { OpenAiImageOptions } from './openai-image-provider.js';

let fake: FakeOpenAiEdits;
let source: Buffer;
const work = { signal: new AbortController().signal };
const provider = (options: OpenAiImageOptions = {}): OpenAiEditProvider =>
  new OpenAiEditProvider({ apiKey: fake.apiKey, baseUrl: fake.baseUrl, timeoutMs: 5_000, ...options });

beforeAll(async () => {
  fake = await startFakeOpenAiEdits();
  source = await sourcePicture();
});
afterAll(() => fake.vendor.close());

describe('OpenAiEditProvider', () => {
  itIsAnImageEditProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => imageEditRequest(source, { kind: 'remove-background' }),
    rows: [
      [
        '429 for want of money',
        { kind: 'status', status: 429, body: { error: { code: 'insufficient_quota' } } },
        'auth',
        false,
      ],
      [
        'a refusal by moderation',
        { kind: 'status', status: 400, body: { error: { code: 'moderation_blocked' } } },
        'moderated',
        false,
      ],
      [
        '200 without a picture',
        { kind: 'status', status: 200, body: { data: [] } },
        'unknown_outcome',
        false,
      ],
    ],
  });

  it.each(TRANSFORMATIONS)(
    'does %s by words, or leaves it to those who need no vendor',
    async (transformation) => {
      const edit = { kind: 'transform', transformation, strength: 0.7, style: 'watercolor' } as const;
      expect(provider().does(edit)).toBe(transformation !== 'resize' && transformation !== 'crop');
      const made = provider().generate(imageEditRequest(source, edit), work);
      if (transformation === 'resize' || transformation === 'crop')
        await expect(made).rejects.toMatchObject({ kind: 'rejected' });
      else await expect(made).resolves.toMatchObject({ width: transformation === 'upscale' ? 640 : 320 });
    },
  );

  it('asks for a transparent background on the canvas nearest to the picture', async () => {
    await provider().generate(imageEditRequest(source, { kind: 'remove-background' }), work);
    expect(fake.vendor.accepted.at(-1)?.body).toMatchObject({
      model: 'gpt-image-1.5',
      size: '1536x1024',
      background: 'transparent',
    });
  });
});
