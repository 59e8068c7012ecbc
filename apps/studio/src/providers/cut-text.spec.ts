import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText } from './cut-text.js';
import { lumaBody } from './luma/luma-request.js';
import { runwayPlan } from './runway/runway-request.js';
import { videoRequest } from './video-provider.conformance.js';

const lettersOf = (text: string): string[] =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

/** Everyday words with flags, families, skin tones, accents written apart, and scripts that join. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom('👩‍👩‍👧‍👦', '🏳️‍🌈', '🇮🇳', '👍🏽', 'é', 'नमस्ते', '\r\n', ' '),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));

describe('a text that is cut', () => {
  it('is the longest beginning made of whole letters that fits', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 120 }), (text, most) => {
        const cut = cutText(text, most);
        const letters = lettersOf(text);
        const fitting = letters.findIndex((_, count) => letters.slice(0, count + 1).join('').length > most);
        expect(cut).toBe((fitting < 0 ? letters : letters.slice(0, fitting)).join(''));
      }),
    );
  });

  it('is never longer than asked, never empty, never half a sign, whatever the text', () => {
    const odd = fc.oneof(
      texts,
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constant(`a${'\u0301'.repeat(90)}`),
    );
    fc.assert(
      fc.property(odd, fc.integer({ min: 2, max: 60 }), (text, most) => {
        const cut = cutText(text, most);
        expect(text.startsWith(cut)).toBe(true);
        expect([cut.length <= most, cut.isWellFormed(), cut === '' && text !== '']).toEqual([
          true,
          true,
          false,
        ]);
      }),
    );
  });

  it('goes to vendors of films without a broken sign at its end', async () => {
    const request = videoRequest({ prompt: `x${'🎉'.repeat(3_100)}` });
    const luma = String((await lumaBody('ray-3.2', request))['prompt']);
    const runway = runwayPlan('gen4.5', request).promptText;
    expect([luma.length, luma.isWellFormed(), runway.length, runway.isWellFormed()]).toEqual([
      5_999,
      true,
      999,
      true,
    ]);
  });
});
