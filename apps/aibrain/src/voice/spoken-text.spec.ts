import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_SPOKEN_CHARACTERS, spokenText } from './spoken-text.js';

const LONG = 40_000;

describe('spokenText', () => {
  it.each([
    [
      '# A picnic\n\n## Summary\n- Guests: 12\n* Bring **three** blankets',
      'A picnic. Guests: 12. Bring three blankets.',
    ],
    ['Costs\n\n| Item | Sum |\n|---|---:|\n| Catering | $1,500 |', 'Costs. Item: Sum. Catering: $1,500.'],
    ['1. Meet at the [lake](https://example.com/lake).\n2) Eat!', 'Meet at the lake. Eat!'],
    ['See https://example.com/a?b=c for more', 'See for more.'],
    ['Run:\n```\nrm -rf x\n```\nThen rest', 'Run: Then rest.'],
    ['- [ ] Book `the hall`\n\n---\n\n**Notes**\n> _Soon_ 🎉', 'Book the hall. Soon.'],
    ['Six weeks ahead.\n\n_Source: planning notes_', 'Six weeks ahead.'],
    ['वसंत में शादी', 'वसंत में शादी.'],
  ])('says %j', (answer, said) => {
    expect(spokenText(answer)).toEqual({ text: said, shortened: false });
  });

  it.each(['', '   \n', '---', '🎉', '```\ncode\n```'])('has nothing to say of %j', (answer) => {
    expect(spokenText(answer).text).toBe('');
  });

  it('stops at the end of a sentence when there is too much of it', () => {
    const { text, shortened } = spokenText('One two three. Four five six. Seven eight nine.', 32);
    expect([text, shortened]).toEqual(['One two three. Four five six.', true]);
  });

  it('stops at a word where the first sentence is too long', () => {
    expect(spokenText('one two three four five', 12)).toEqual({ text: 'one two…', shortened: true });
  });

  it('does not take a decimal point for an end', () => {
    expect(spokenText('It is 3.5 km away. It is far.', 20).text).toBe('It is 3.5 km away.');
  });

  it('is short enough, and the same when it is said again', () => {
    const part = fc.constantFrom('# ', '- ', '| a | b |', '\n', '**', '. ', 'word ', '3.5 ', '`', '```', '…', '<b>', '_');
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 12 })), { maxLength: 200 }), (parts) => {
        const { text } = spokenText(parts.join(''));
        expect(text.length).toBeLessThanOrEqual(MOST_SPOKEN_CHARACTERS);
        expect(text).not.toMatch(/\n|https?:\/\//);
      }),
    );
  }); // prettier-ignore

  it.each([' '.repeat(LONG) + 'x', '!['.repeat(LONG), '['.repeat(LONG), '|'.repeat(LONG), '> '.repeat(LONG)])(
    'reads no answer for long, whatever it is made of (%#)',
    (answer) => {
      const startedAt = performance.now();
      expect(spokenText(`A plan.\n${answer}`)).toEqual({ text: expect.any(String), shortened: true });
      expect(performance.now() - startedAt).toBeLessThan(300);
    },
  );
});
