import { describe, expect, it } from '@jest/globals';
import { groundingOf } from './grounding.js';

const SOURCES = ['Book the hall for 50 guests.\nCatering: $1,500', 'Hire a band.\nCatering: $1,500'];

describe('what a writer may say', () => {
  it.each([
    ['what the members say', 'Book the hall for 50 guests.\nHire a band.', true],
    ['a figure of the asker', 'Book the hall for 50 guests in 2027.', true],
    ['a figure of nobody', 'Book the hall for 60 guests.', false],
    ['claims of nobody', 'Elephants walk at noon.\nHire a band.', false],
    ['nothing', '', false],
  ])('%s: %s', (_what, text, grounded) => {
    expect(groundingOf(text, SOURCES, 'A party in 2027').grounded).toBe(grounded);
  });

  it('one claim of nobody among many is told, not hidden', () => {
    const text = `${'Book the hall for 50 guests. Hire a band. '.repeat(3)}Elephants walk at noon.`;
    expect(groundingOf(text, SOURCES, '')).toEqual({
      grounded: true,
      ungrounded: ['Elephants walk at noon.'],
    });
  });
});
