import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { arrange } from './arrange.js';
import { chooseDesign } from './choose-design.js';
import { brandedColours, READABLE, ratio } from './colours.js';
import type { PosterWords } from './designs/design.js';
import { DESIGNS } from './designs/index.js';
import type { TextItem } from './draw-items.js';
import { contrastsOf } from './legibility.js';
import { createRandom } from '../images/random.js';
import { composePage, type PosterJob } from './render-poster.js';
import { missingLetters } from './shaping.js';
import { aspectOf, PAGE_NAMES, PAGE_SIZES, type PageName, unitOf } from './sizes.js';
import { svgOf } from './svg-writer.js';

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

async function read(wish: PosterJob, size: PageName): Promise<string> {
  const { items, colours, pictures } = await composePage(wish, size);
  const svg = svgOf(items, PAGE_SIZES[size], colours, pictures);
  const png = new Resvg(svg, { fitTo: { mode: 'width', value: 1_600 }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
  return execFileSync('tesseract', ['-', '-', '--psm', '11'], {
    input: png,
    stdio: ['pipe', 'pipe', 'ignore'],
    encoding: 'utf8',
  }).replace(/\s+/g, ' ');
}

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
  it.each([
    ['editorial', 'a4'],
    ['conference-grid', 'linkedin'],
    ['gala', 'instagram-square'],
  ] as const)('%s in %s is read back by OCR', async (design, size) => {
    const text = (await read(job(design, {}, { scene: 'a river festival' }), size)).toLowerCase();
    for (const word of [
      'harbour',
      'lights',
      'festival',
      '12 june 2027',
      '19:30',
      'palmengarten',
      'frankfurt',
    ])
      expect(text).toContain(word);
  });

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
  });

  it.each(['photo-hero', 'aurora', 'swiss'])('%s can be read whatever colours are wished', async (design) => {
    const { items, colours, pictures } = await composePage(
      job(design, {}, { scene: 'a bright snowfield at noon', colours: ['#f8f840'] }),
      'x',
    );
    for (const { text, ratio: contrast } of contrastsOf(items, PAGE_SIZES.x, colours, pictures))
      expect([text, contrast >= 3]).toEqual([text, true]);
  });

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
