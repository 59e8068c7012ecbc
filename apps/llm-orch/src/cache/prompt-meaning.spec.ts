import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashEmbedding, similarity } from '../providers/local/vectors/hash-embedding.js';
import { LOWEST_SIMILARITY } from './completion-cache.js';
import { CONTRAST_PAIRS, PARAPHRASE_PAIRS } from './meaning-pairs.fake.js';
import { meaningOf } from './prompt-meaning.js';

const near = (a: string, b: string) => similarity(hashEmbedding(a), hashEmbedding(b));

function hits(a: string, b: string): boolean {
  const meaning = meaningOf(a);
  return meaning !== undefined && meaning === meaningOf(b) && near(a, b) >= LOWEST_SIMILARITY;
}

/** Upper end of the 95 % Wilson interval of a share. */
function wilsonUpper(found: number, of: number, z = 1.96): number {
  const share = found / of;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * of)) / of);
  return (share + (z * z) / (2 * of) + spread) / (1 + (z * z) / of);
}

describe('the frozen pairs', () => {
  it.each(CONTRAST_PAIRS)('never share an answer: %s | %s', (a, b) => {
    expect(hits(a, b)).toBe(false);
    expect(hits(b, a)).toBe(false);
  });

  it('false hits: none of 65, so at most 5.6 % with 95 % confidence; nearness alone would make fifteen or more', () => {
    expect(CONTRAST_PAIRS).toHaveLength(65);
    expect(wilsonUpper(CONTRAST_PAIRS.filter(([a, b]) => hits(a, b)).length, 65)).toBeLessThan(0.056);
    const byNearness = CONTRAST_PAIRS.filter(([a, b]) => near(a, b) >= LOWEST_SIMILARITY);
    expect(byNearness.length).toBeGreaterThanOrEqual(15);
  });

  it('paraphrases: at least 28 of 35 hit; free rewordings are missed', () => {
    expect(PARAPHRASE_PAIRS).toHaveLength(35);
    expect(PARAPHRASE_PAIRS.filter(([a, b]) => hits(a, b)).length).toBeGreaterThanOrEqual(28);
  });
});

interface Brief {
  readonly what: string;
  readonly city: string;
  readonly guests: number;
  readonly day: number;
  readonly month: string;
  readonly drinks: string;
}

const brief: fc.Arbitrary<Brief> = fc.record({
  what: fc.constantFrom('wedding', 'birthday party', 'conference', 'team day', 'gala dinner'),
  city: fc.constantFrom('Lisbon', 'Porto', 'New York', 'Berlin', 'Xanten'),
  guests: fc.integer({ min: 2, max: 5_000 }),
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.constantFrom('March', 'May', 'June', 'December'),
  drinks: fc.constantFrom('with wine', 'without wine', 'with no wine', 'with wine and beer'),
});

const OPENINGS = ['', 'Please ', 'Could you please ', 'Can you help me ', 'Hello, '];

function worded({ what, city, guests, day, month, drinks }: Brief, order: number, opening: string): string {
  const [place, number] = [`in ${city}`, `for ${guests} ${order % 2 === 0 ? 'guests' : 'people'}`];
  const date = `on ${order % 3 === 0 ? `${month} ${day}` : `${day} ${month}`}`;
  const phrases = [
    [place, number, date],
    [number, date, place],
    [date, place, number],
  ][order % 3] ?? [place];
  return `${opening}plan a ${what} ${drinks.replace(' and beer', '')} ${phrases.join(' ')}${drinks.endsWith('beer') ? ' and beer' : ''}`;
}

describe('briefs drawn at random', () => {
  const form = fc.tuple(fc.nat(5), fc.constantFrom(...OPENINGS));

  it('mean the same however they are opened and ordered, and another when one fact differs', () => {
    fc.assert(
      fc.property(brief, brief, form, form, (one, other, [a, opening], [b, otherOpening]) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(meaningOf(worded(one, a, opening)) === meaningOf(worded(one, b, otherOpening))).toBe(true);
        expect(meaningOf(worded(one, a, opening)) === meaningOf(worded(other, b, otherOpening))).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it('mean another when a single fact is changed', () => {
    fc.assert(
      fc.property(
        brief,
        fc.constantFrom<'guests' | 'day'>('guests', 'day'),
        fc.nat(5),
        (one, fact, order) => {
          const changed = { ...one, [fact]: one[fact] + 1 };
          expect(hits(worded(one, order, ''), worded(changed, order, ''))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('any text at all', () => {
  it('means itself, or nothing that could be compared, and is read in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(meaningOf(text)).toBe(meaningOf(text));
        expect(near(text, text)).toBeCloseTo(1, 6);
      }),
    );
    for (const text of ['a '.repeat(1_999), '1,'.repeat(2_000), 'x'.repeat(4_000), '$ '.repeat(1_999)])
      expect(meaningOf(text) ?? '').toMatch(/^[0-9a-f]*$/);
  });

  it('is not compared beyond 4,000 characters', () => {
    expect(meaningOf('word '.repeat(801))).toBeUndefined();
  });
});
