import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasIcon } from '../art/icons.js';
import { drawingNames } from '../art/art.js';
import { DRAWING_NAMES } from '../art/drawing-names.js';
import { ART_WORDS } from './art-words.js';
import { SETTINGS } from './brief.js';
import { EVENT_WORDS } from './events.js';
import { parsePrompt } from './parse.js';
import { PLACES } from './places.js';
import { HUMAN_ART } from './subject-traits.js';
import { MOST_KINDS, MOST_OF_A_KIND } from './subjects.js';
import { splitTitle } from './tokens.js';

const arts = (prompt: string, negative?: string): string[] =>
  parsePrompt(prompt, negative).subjects.map(({ art, count }) => (count === 1 ? art : `${art}*${count}`));
const exists = (item: string): boolean => {
  const [art = ''] = item.split('*');
  return art.startsWith('icon:') ? hasIcon(art.slice(5)) : DRAWING_NAMES.has(art.slice(5));
};

describe('the word tables', () => {
  it('name only drawings that exist', () => {
    const all = [
      ...[...ART_WORDS.values()].filter((art) => !art.startsWith('decor:')),
      ...[...EVENT_WORDS.values()].flatMap(({ art }) => art),
      ...[...PLACES.values()].flatMap(({ art }) => art),
    ];
    expect(all.filter((item) => !exists(item))).toEqual([]);
  });

  it('and the list of our own drawings is complete', () => {
    expect([...DRAWING_NAMES].sort()).toEqual(drawingNames().sort());
  });
});

describe('parsePrompt', () => {
  it.each<[string, string, string, string[]]>([
    ['fox in a snowy forest at sunset', 'forest', 'sunset', ['icon:fox']],
    ['beach wedding at sunset with flower arch', 'beach', 'sunset', ['draw:flower-arch', 'draw:couple']],
    ['outdoor music festival stage at night with crowd', 'festival', 'night', ['draw:band']],
    ['corporate team-building in Mumbai', 'city', 'day', ['draw:person-casual*5', 'draw:gateway']],
    ['red sports car in front of a city skyline', 'city', 'day', ['draw:sports-car']],
    ['Diwali celebration with lamps and fireworks', 'street', 'night', ['draw:diya*5', 'draw:rangoli']],
    ['दीपावली महोत्सव २०२७', 'street', 'night', ['draw:diya*5']],
    ['a cat and a dog playing chess', 'hall', 'day', ['icon:cat', 'icon:dog', 'draw:chess']],
    [
      'A vibrant tech conference poster with modern design',
      'conference',
      'day',
      ['draw:network', 'draw:speaker', 'icon:laptop'],
    ],
    ['abstract gradient background in blue and gold', 'abstract', 'day', []],
  ])('%s', (prompt, setting, time, expected) => {
    expect(parsePrompt(prompt)).toMatchObject({ setting, time });
    expect(arts(prompt)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['three balloons', 3],
    ['5 balloons', 5],
    ['a pair of balloons', 2],
    ['a dozen balloons', 12],
    ['a balloon', 1],
    ['twelve red balloons', 12],
  ])('counts %s', (prompt, count) => {
    expect(parsePrompt(prompt).subjects).toMatchObject([{ art: 'icon:balloon', count }]);
  });

  it('says when a number is cut short', () => {
    const brief = parsePrompt('100 balloons');
    expect(brief.subjects[0]?.count).toBe(MOST_OF_A_KIND);
    expect(brief.notes.join()).toContain('100');
  });

  it('gives colours to the things they stand before, others to the picture', () => {
    const brief = parsePrompt('a red balloon, a blue balloon and two green balloons');
    expect(brief.subjects.map(({ label, count }) => [label, count])).toEqual([
      ['red balloon', 1],
      ['blue balloon', 1],
      ['green balloons', 2],
    ]);
    expect(parsePrompt('abstract waves in blue and gold').colours).toHaveLength(2);
  });

  it.each([
    ['wedding on a beach, no people', undefined],
    ['wedding on a beach without people or crowds', undefined],
    ['wedding on a beach', 'people, crowd'],
  ])('leaves people out: %s', (prompt, negative) => {
    const brief = parsePrompt(prompt, negative);
    expect(brief.subjects.filter(({ art }) => HUMAN_ART.test(art))).toEqual([]);
    expect([...brief.decor]).not.toEqual(expect.arrayContaining(['crowd']));
  });

  it('leaves out only what the negation covers', () => {
    expect(arts('a garden without cats and a dog')).toEqual(['icon:dog']);
    expect(arts('no cats but two dogs')).toEqual(['icon:dog*2']);
    expect([...parsePrompt('tech conference with large audience, without screen').decor]).toEqual([
      'audience',
    ]);
  });

  it('knows words that only sound like drawings', () => {
    expect(arts('white flowers')).toEqual(['draw:flowers*3']);
    expect(arts('soft light, key moments')).toEqual([]);
  });

  it('keeps the cat of a crowded party: what was asked for comes before what an event brings', () => {
    expect(
      arts(
        'birthday party with balloons, cake, gifts, candles, flowers, music, champagne, confetti and a cat',
      ),
    ).toContain('icon:cat');
  });

  it('names what it cannot draw', () => {
    expect(parsePrompt('a zorblax beside a fox')).toMatchObject({
      undrawn: ['zorblax'],
      subjects: [{ art: 'icon:fox' }],
    });
  });

  it('takes a title from quotation marks only', () => {
    expect(splitTitle('poster "Summer Beats" on a beach')).toMatchObject({ title: 'Summer Beats' });
    expect(splitTitle("the dog's bone and a cat's tail").title).toBeUndefined();
    expect(splitTitle('a poster about summer').title).toBeUndefined();
  });

  it('holds its bounds for any text', () => {
    const word = fc.constantFrom(
      'fox',
      'two',
      'no',
      'without',
      'red',
      'balloons',
      'wedding',
      'beach',
      'and',
      'a',
      ',',
      '"',
      '100',
      'people',
      'crowd',
      'night',
      'constructor',
      '__proto__',
      '<svg>',
      'Mumbai',
      'stage',
      '😀',
      'ß',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
          fc.string({ maxLength: 300, unit: 'binary' }),
        ),
        fc.string({ maxLength: 40 }),
        (prompt, negative) => {
          const brief = parsePrompt(prompt, negative);
          expect(SETTINGS).toContain(brief.setting);
          expect(brief.subjects.length).toBeLessThanOrEqual(MOST_KINDS);
          for (const { count, art, colour } of brief.subjects) {
            expect(count).toBeGreaterThanOrEqual(1);
            expect(count).toBeLessThanOrEqual(MOST_OF_A_KIND);
            expect(exists(art)).toBe(true);
            if (colour !== undefined) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
          }
          expect(parsePrompt(prompt, negative)).toEqual(brief);
        },
      ),
      { numRuns: 300 },
    );
  });
});
