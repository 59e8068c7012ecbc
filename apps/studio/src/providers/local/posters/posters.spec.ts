import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrange } from './arrange.js';
import { chooseDesign } from './choose-design.js';
import { brandedColours, READABLE, ratio } from './colours.js';
import type { PosterWords } from './designs/design.js';
import { DESIGNS } from './designs/index.js';
import type { TextItem } from './draw-items.js';
import { contrastsOf } from './legibility.js';
import type { Hex } from '../images/colour.js';
import { createRandom } from '../images/random.js';
import { composePage, type PosterJob } from './render-poster.js';
import { missingLetters } from './shaping.js';
import { aspectOf, PAGE_NAMES, PAGE_SIZES, type PageName, unitOf } from './sizes.js';

const LABELS = { hosts: 'Hosted by', invited: 'You are invited', dear: 'Dear', scan: 'Scan to reply' };
const WORDS: PosterWords = {
  kind: 'poster',
  title: 'Harbour Lights Festival',
  date: 'Saturday, 12 June 2027',
  time: '19:30',
  venue: 'Palmengarten, Frankfurt am Main',
  hosts: ['Ada Lovelace', 'Grace Hopper'],
  description: 'Twelve bands, two stages, one river',
  labels: LABELS,
};
const job = (design: string, words: Partial<PosterWords> = {}, rest: Partial<PosterJob> = {}): PosterJob => ({
  words: { ...WORDS, ...words },
  design,
  colours: [],
  pictures: {},
  sizes: [],
  formats: [],
  seed: 7,
  createdAt: new Date(0),
  ...rest,
});

/** Lays out without a picture behind it: fast enough for hundreds of pages. */
function laidOut(design: (typeof DESIGNS)[number], words: PosterWords, size: PageName, scene: boolean) {
  const page = PAGE_SIZES[size];
  const { display, body } = design;
  const tree = design.build(words, {
    aspect: aspectOf(page),
    random: createRandom(1),
    scene,
    logo: false,
    display,
    body,
  });
  const { items } = arrange(tree, { x: 0, y: 0, width: page.width, height: page.height }, unitOf(page));
  return { page, items, texts: items.filter((item): item is TextItem => item.kind === 'text') };
}

describe('poster layouts', () => {
  it('nothing overflows, leaves the page or lies over other words, whatever is set', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'aeimnrstlWQ äéßñЖдБγΩकाणि🎉-'),
      minLength: 1,
      maxLength: 24,
    });
    const text = (max: number) =>
      fc
        .array(word, { minLength: 1, maxLength: 14 })
        .map((words) => words.join(' ').trim().slice(0, max) || 'x');
    const wish = fc.record({
      title: text(120),
      venue: text(160),
      date: fc.constantFrom(
        'Saturday, 12 June 2027',
        'शनिवार, 12 जून 2027',
        'воскресенье, 12 декабря 2027 г.',
      ),
      hosts: fc.array(text(80), { maxLength: 12 }),
      description: fc.option(text(400), { nil: undefined }),
      qr: fc.constantFrom(undefined, 'https://eventzr.example/rsvp/1'),
      kind: fc.constantFrom('poster' as const, 'invitation' as const),
    });
    fc.assert(
      fc.property(
        wish,
        fc.constantFrom(...DESIGNS),
        fc.constantFrom(...PAGE_NAMES),
        fc.boolean(),
        (given, design, size, scene) => {
          const { description, qr, ...rest } = given;
          const words = {
            ...rest,
            ...(description === undefined ? {} : { description }),
            ...(qr === undefined ? {} : { qr }),
            labels: LABELS,
          };
          const { page, texts } = laidOut(design, words, size, scene);
          expect(texts.length).toBeGreaterThanOrEqual(3);
          const slack = unitOf(page) * 0.3;
          for (const { box, room } of texts) {
            expect(box.width).toBeLessThanOrEqual(room.width + slack);
            expect(box.x).toBeGreaterThanOrEqual(-slack);
            expect(box.x + box.width).toBeLessThanOrEqual(page.width + slack);
            expect(box.y + box.height).toBeLessThanOrEqual(page.height + slack);
          }
          texts.forEach((a, index) =>
            texts.slice(index + 1).forEach((b) => {
              const across =
                Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x);
              const down =
                Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y);
              expect(across > slack && down > slack ? [a.text, b.text] : []).toEqual([]);
            }),
          );
        },
      ),
      { numRuns: 12, seed: 20_261_127 },
    );
  }, 60_000);

  it.each([
    'https://www.example.com/events/2027/summer-festival-night-in-the-park',
    'W'.repeat(120),
    'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz',
  ])('an endless word leaves the date readable: %s', (title) => {
    for (const design of DESIGNS)
      for (const size of ['x', 'story'] as const) {
        const { page, texts } = laidOut(design, { ...WORDS, title }, size, true);
        const date = texts.find(({ text }) => text.toLowerCase().startsWith('sat'));
        // On a phone, the long side of the page is about a hundred millimetres.
        const share = (date?.box.height ?? 0) / Math.max(page.width, page.height);
        expect([design.id, size, share > 0.007]).toEqual([design.id, size, true]);
      }
  });

  it('every line has the contrast that WCAG asks for, whatever colours are wished and whatever lies behind', async () => {
    const hex = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value): Hex => `#${value.toString(16).padStart(6, '0')}`);
    const wish = fc.record({
      colours: fc.array(hex, { minLength: 1, maxLength: 3 }),
      scene: fc.constantFrom(undefined, 'a bright snowfield at noon', 'a river festival at night'),
      kind: fc.constantFrom('poster' as const, 'invitation' as const),
      seed: fc.nat(99),
    });
    const sizes = fc.constantFrom('instagram-square' as const, 'linkedin' as const, 'story' as const);
    await fc.assert(
      fc.asyncProperty(wish, fc.constantFrom(...DESIGNS), sizes, async (given, { id }, size) => {
        const { colours: wished, scene, kind, seed } = given;
        const words = { kind, qr: 'https://eventzr.example/rsvp/1' };
        const rest = { colours: wished, seed, ...(scene === undefined ? {} : { scene }) };
        const { items, colours, pictures } = await composePage(job(id, words, rest), size);
        const faint = contrastsOf(items, PAGE_SIZES[size], colours, pictures).filter(
          ({ ratio: contrast, wanted }) => contrast < wanted,
        );
        expect(faint).toEqual([]);
      }),
      { numRuns: 24, seed: 20_261_127 },
    );
  }, 60_000);

  it('brand colours keep ink readable on paper', () => {
    const hex = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, '0')}` as const);
    fc.assert(
      fc.property(
        fc.array(hex, { maxLength: 3 }),
        fc.constantFrom(...DESIGNS),
        (wanted, { palettes: [base] }) => {
          const { ink, muted, paper, accent, onAccent } = brandedColours(base, wanted);
          expect(
            Math.min(ratio(ink, paper), ratio(muted, paper), ratio(onAccent, accent)),
          ).toBeGreaterThanOrEqual(READABLE);
        },
      ),
    );
  });

  it.each([
    ['Amélie & Jonás wedding', 'wedding'],
    ['Annual charity gala in black tie', 'gala'],
    ["Leo's birthday party for kids", 'kids-party'],
    ['Developer conference', 'conference-grid'],
  ])('%s is laid out as %s', (words, design) => {
    expect(chooseDesign(words, 1).id).toBe(design);
  });

  it('knows which letters it cannot set', () => {
    expect(missingLetters('Ærøskøbing Ω Ж क्ष ✨ 🎉 “ok” — 12 €')).toEqual([]);
    expect(missingLetters('夏 عيد')).toEqual(['夏', 'ع', 'ي', 'د']);
  });
});
