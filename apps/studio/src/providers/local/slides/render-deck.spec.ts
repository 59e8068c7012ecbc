import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import JSZip from 'jszip';
import sharp from 'sharp';
import { contrast, luminance } from '../images/colour.js';
import { cleanText, type DeckPlan, type SlidePlan } from './deck.js';
import { type Item, SLIDE } from './drawing.js';
import { heightOf, POINTS_PER_INCH } from './fit-text.js';
import { widthOf } from './fonts.js';
import { layOutSlide, pictureArea } from './layouts.js';
import { renderDeck } from './render-deck.js';
import { THEMES, themeOf } from './themes.js';

const chart = {
  type: 'bar',
  labels: ['Venue & <hall>', 'Food'],
  series: [{ name: 'EUR "net"', values: [1200, 800.5] }],
} as const;
const plan: DeckPlan = {
  title: 'A <b>& deck\u0007',
  assumptions: [],
  slides: [
    { layout: 'title', title: 'Été <script> & "co" \ud800', imagePrompt: 'a birthday cake' },
    {
      layout: 'content',
      title: 'Numbers',
      bullets: ['a < b & c', 'नमस्ते Привет', 'no embedded font has 宴'],
      chart,
      notes: 'say <this> & that\u0000',
    },
  ],
};

/** Text markup is whole: tags nest, and what is between them is escaped. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const body = xml.replace(/<\?xml[^>]*\?>/, '');
  for (const [, closing, name, rest] of body.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*\s*\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (!(rest ?? '').trimEnd().endsWith('/')) open.push(name ?? '');
  }
  expect(open).toEqual([]);
  const bare = body.replace(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*\s*\/?)>/g, '');
  expect(bare).not.toMatch(/[<]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i);
  expect([...bare].some((letter) => letter < '\t' || letter === '\ufffe')).toBe(false);
}

describe('renderDeck', () => {
  it('writes a whole PowerPoint file: escaped text, notes, native charts, relations that exist', async () => {
    const { files, slides, thumbnail } = await renderDeck({ plan, formats: ['pptx'], seed: 1 });
    expect(slides.map(({ visuals }) => visuals)).toEqual(['image', 'image']);
    const zip = await JSZip.loadAsync(files[0]?.bytes ?? new Uint8Array());
    const names = Object.keys(zip.files);
    for (const name of names.filter((each) => /\.(xml|rels)$/.test(each))) {
      const xml = (await zip.file(name)?.async('string')) ?? '';
      assertWellFormed(xml);
      if (!name.endsWith('.rels')) continue;
      const folder = name.replace(/_rels\/[^/]+$/, '');
      for (const [, target] of xml.matchAll(/Target="([^"]+)"/g)) {
        const path = new URL(target ?? '', `file:///${folder}`).pathname.slice(1);
        expect({ name, target, exists: names.includes(path) }).toEqual({ name, target, exists: true });
      }
    }
    const read = async (name: RegExp) =>
      (await zip.file(names.find((each) => name.test(each)) ?? '')?.async('string')) ?? '';
    expect(await read(/notesSlides\/notesSlide2\.xml$/)).toContain('say &lt;this&gt; &amp; that');
    const drawn = await read(/charts\/chart\d+\.xml$/);
    const values = [...drawn.matchAll(/<c:val>.*?<\/c:val>/gs)].flatMap(([part]) =>
      [...part.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, value]) => Number(value)),
    );
    expect(values).toEqual([1200, 800.5]);
    expect(await read(/slides\/slide1\.xml$/)).toContain('&lt;script&gt; &amp; ');
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', width: 640, height: 360 });
  });

  it('writes a PDF of as many pages', async () => {
    const { files, remarks } = await renderDeck({ plan, formats: ['pdf'], seed: 1 });
    const pdf = Buffer.from(files[0]?.bytes ?? []).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect(remarks).toEqual([expect.stringMatching(/left out of it: 宴$/)]);
  });
});

describe('layOutSlide', () => {
  const words = fc.array(
    fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constant('W'.repeat(90)),
      fc.lorem({ maxCount: 30 }),
    ),
    { maxLength: 10 },
  );
  const anySlide = fc.record({
    layout: fc.constantFrom('title', 'section', 'content', 'quote', 'closing'),
    title: fc.oneof(fc.string({ minLength: 1, maxLength: 160 }), fc.lorem({ maxCount: 20 })),
    bullets: words,
    subtitle: fc.string({ maxLength: 200 }),
    variant: fc.constantFrom('none', 'columns', 'table', 'timeline'),
  });
  const planFrom = ({
    variant,
    bullets,
    ...slide
  }: {
    variant: string;
    bullets: string[];
    layout: SlidePlan['layout'];
    title: string;
    subtitle: string;
  }): SlidePlan => ({
    ...slide,
    bullets,
    ...(variant === 'columns'
      ? {
          columns: [
            { heading: slide.title, bullets },
            { heading: 'x', bullets },
          ],
        }
      : {}),
    ...(variant === 'table'
      ? { table: { head: ['a', 'b'], rows: bullets.map((text) => [text, slide.title]) } }
      : {}),
    ...(variant === 'timeline' && bullets.length > 0
      ? { timeline: bullets.map((text) => ({ when: slide.title, what: text })) }
      : {}),
  });
  const within = (item: Item): boolean =>
    item.area.x >= -0.001 &&
    item.area.y >= -0.001 &&
    item.area.x + item.area.w <= SLIDE.w + 0.001 &&
    item.area.y + item.area.h <= SLIDE.h + 0.001;

  it('lets no text out of its box, whatever it is', () => {
    fc.assert(
      fc.property(anySlide, (slide) => {
        const { items } = layOutSlide(planFrom(slide), {
          theme: THEMES[0],
          deckTitle: slide.title,
          number: 2,
        });
        for (const item of items) {
          expect(within(item)).toBe(true);
          if (item.kind !== 'text') continue;
          const { text, area, style } = item;
          expect(heightOf(text.lines, text.size)).toBeLessThanOrEqual(area.h + 1e-9);
          const widest = Math.max(0, ...text.lines.flat().map((line) => widthOf(line, style) * text.size));
          expect(widest).toBeLessThanOrEqual(area.w * POINTS_PER_INCH + text.size);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('keeps in the notes what it had to cut', () => {
    const long = 'word '.repeat(2_500);
    const { items, notes } = layOutSlide(
      { layout: 'content', title: 'x', bullets: [long] },
      { theme: THEMES[0], deckTitle: 'x', number: 1 },
    );
    expect(items.filter((item) => item.kind === 'text' && item.text.cut)).toHaveLength(1);
    expect(notes).toContain(cleanText(long));
  });

  it('places a picture in the ratio in which it was drawn', () => {
    const { w, h } = pictureArea({ layout: 'content', title: 'x' });
    expect(w / h).toBeCloseTo(4.45 / 4.75, 6);
  });
});

describe('themes', () => {
  const brands = [
    undefined,
    { colours: ['#ffe600'] },
    { colours: ['#000000'] },
    { colours: ['#ff0000', '#00ff00'], fontFamily: 'Playfair Display' },
  ];
  it.each(THEMES.flatMap(({ name }) => brands.map((brand) => [name, brand] as const)))(
    '%s is readable with %j',
    (name, brand) => {
      const theme = themeOf(name, brand);
      const pairs = [
        [theme.ink, theme.background],
        [theme.ink, theme.surface],
        [theme.muted, theme.background],
        [theme.onPrimary, theme.primary],
      ] as const;
      for (const [front, back] of pairs)
        expect(contrast(luminance(front), luminance(back))).toBeGreaterThanOrEqual(4.5);
    },
  );
});
