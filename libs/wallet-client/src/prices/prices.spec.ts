import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SERVICE_NAMES } from '@eventzr/config';
import { imageCredits, posterCredits, presentationCredits, type SlideContent } from './image-prices.js';
import {
  avatarCredits,
  musicCredits,
  transcriptionCredits,
  ttsCredits,
  videoCredits,
  voiceCredits,
} from './media-prices.js';
import { priceTable, type PRICES } from './price-table.js';
import { completionCredits, embeddingCredits, holdForCompletion, zarCredits } from './text-prices.js';

const tokens = fc.integer({ min: 0, max: 100_000 });
const seconds = fc.double({ min: 0, max: 36_000, noNaN: true });

function rangeOf(service: keyof typeof PRICES, operation: string): readonly [number, number] {
  const found = priceTable(service).find((row) => row.operation === operation);
  if (found === undefined) throw new Error(`no price for ${operation}`);
  return [found.minCredits, found.maxCredits];
}

/** The table's range holds for every price, dearer input never costs less, and prices are whole numbers. */
function expectPrice(price: number, [lowest, highest]: readonly [number, number], units = 1): void {
  expect(Number.isInteger(price)).toBe(true);
  expect(price).toBeGreaterThanOrEqual(lowest * units);
  expect(price).toBeLessThanOrEqual(highest * units);
}

describe('text prices', () => {
  it.each([
    [0, 5], [1, 5], [256, 5], [257, 10], [512, 10], [513, 15], [1_024, 15], [1_025, 20], [2_048, 20], [2_049, 25], [90_000, 25],
  ])('%i tokens cost %i', (produced, credits) => expect(completionCredits(produced)).toBe(credits)); // prettier-ignore

  it('a completion stays within 5-25 and never gets cheaper by producing more', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        expectPrice(completionCredits(a), rangeOf('llm-orch', 'inference.complete'));
        expect(completionCredits(Math.max(a, b))).toBeGreaterThanOrEqual(completionCredits(Math.min(a, b)));
      }),
    );
  });

  it('what is charged never exceeds what was held', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8_192 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (limit, share) => {
          expect(completionCredits(Math.floor(limit * share))).toBeLessThanOrEqual(holdForCompletion(limit));
        },
      ),
    );
  });

  it('holds for 1,024 tokens when nothing is asked for', () => expect(holdForCompletion()).toBe(15));

  it.each([[1, 1], [10, 1], [11, 2], [100, 10]])('%i embedding inputs cost %i', (inputs, credits) => expect(embeddingCredits(inputs)).toBe(credits)); // prettier-ignore

  it.each([[3, 60], [2, 60], [1, 10], [0, 0]])('zar with %i answers costs %i', (answered, credits) => expect(zarCredits(answered, 300)).toBe(credits)); // prettier-ignore

  it('refuses counts that are no counts', () => {
    for (const wrong of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => completionCredits(wrong)).toThrow(RangeError);
      expect(() => embeddingCredits(wrong)).toThrow(RangeError);
    }
    expect(() => holdForCompletion(0)).toThrow(RangeError);
  });
});

describe('image prices', () => {
  it.each([
    [256, 256, 'local', 20], [512, 512, 'local', 20], [512, 513, 'local', 30], [1024, 1024, 'local', 30], [1792, 1024, 'local', 40],
    [512, 512, 'openai', 30], [1024, 1024, 'ideogram', 40], [1792, 1792, 'openai', 50],
  ])('%ix%i by %s costs %i', (width, height, provider, credits) => expect(imageCredits({ width, height, provider })).toBe(credits)); // prettier-ignore

  it('each image is within its range, times the variants', () => {
    const side = fc.integer({ min: 1, max: 10_000 });
    const provider = fc.constantFrom('local', 'openai', 'ideogram', 'flux', 'stability', 'anything');
    fc.assert(
      fc.property(side, side, provider, fc.integer({ min: 1, max: 4 }), (width, height, by, variants) => {
        const price = imageCredits({ width, height, provider: by, variants });
        expectPrice(price, rangeOf('studio', 'images.generate'), variants);
        expect(price).toBe(imageCredits({ width, height, provider: by }) * variants);
      }),
    );
  });

  it('posters and slides cost what their contents cost', () => {
    expect([
      posterCredits('template'),
      posterCredits('ai-layout'),
      posterCredits('ai-layout-and-image'),
    ]).toEqual([15, 25, 40]);
    const slide = fc.constantFrom<SlideContent>('text', 'image', 'image-and-chart');
    fc.assert(
      fc.property(fc.array(slide, { minLength: 1, maxLength: 30 }), (slides) => {
        expectPrice(presentationCredits(slides), rangeOf('studio', 'presentations.generate'), slides.length);
      }),
    );
    expect(presentationCredits(['text', 'image', 'image-and-chart'])).toBe(150);
  });
});

describe('media prices', () => {
  it.each([[5, 'standard', 100], [6, 'standard', 120], [5, 'high', 150], [3, 'standard', 100], [60, 'standard', 500], [17, 'high', 500], [7.3, 'high', 219]] as const)('%d s of %s video cost %i', (durationSeconds, quality, credits) => expect(videoCredits({ durationSeconds, quality })).toBe(credits)); // prettier-ignore

  it.each([[0, 10], [1, 10], [60, 10], [60.1, 20], [61, 20], [600, 100]])('%d s of speech cost %i', (durationSeconds, credits) => expect(ttsCredits({ durationSeconds })).toBe(credits)); // prettier-ignore

  it.each([[10, 30], [30, 30], [31, 60], [90, 60], [90.5, 100], [180, 100]])('%d s of music cost %i', (durationSeconds, credits) => expect(musicCredits({ durationSeconds })).toBe(credits)); // prettier-ignore

  it('stays within the documented ranges per unit', () => {
    const voice = fc.constantFrom('standard' as const, 'neural' as const, 'cloned' as const);
    const resolution = fc.constantFrom('720p' as const, '1080p' as const, '4k' as const);
    fc.assert(
      fc.property(seconds, voice, resolution, (durationSeconds, kind, size) => {
        const minutes = Math.max(1, Math.ceil(durationSeconds / 60));
        expectPrice(ttsCredits({ durationSeconds, voice: kind }), rangeOf('studio', 'audio.tts'), minutes);
        expectPrice(
          transcriptionCredits({ durationSeconds }),
          rangeOf('studio', 'audio.transcribe'),
          minutes,
        );
        expectPrice(
          avatarCredits({ durationSeconds, resolution: size }),
          rangeOf('studio', 'avatars.talking-head'),
          minutes,
        );
        expectPrice(musicCredits({ durationSeconds }), rangeOf('studio', 'music.generate'));
        for (const quality of ['standard', 'high'] as const) {
          expectPrice(videoCredits({ durationSeconds, quality }), rangeOf('studio', 'videos.generate'));
        }
      }),
    );
  });

  it('a voice turn is the sum of its stages', () => {
    expect(voiceCredits({ transcription: 10, answer: 15, speech: 20 })).toBe(45);
  });
});

describe('the price table', () => {
  it('names every operation once and has a sane range for each', () => {
    const rows = SERVICE_NAMES.flatMap((service) => priceTable(service));
    expect(new Set(rows.map((row) => row.operation)).size).toBe(rows.length);
    for (const row of rows) expect(row.minCredits).toBeLessThanOrEqual(row.maxCredits);
  });

  it('is empty for services that charge nothing', () => expect(priceTable('vault')).toEqual([]));
});
