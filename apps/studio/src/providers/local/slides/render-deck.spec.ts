import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import JSZip from 'jszip';
import sharp from 'sharp';
import { contrast, luminance } from '../images/colour.js';
import { cleanText, type DeckPlan, type SlidePlan } from './deck.js';
import { type Item, SLIDE } from './drawing.js';
import { heightOf, POINTS_PER_INCH } from './fit-text.js';
import { widthOf } from './fonts.js';
import { layOutSlide } from './layouts.js';
import { logoOf } from './logo.js';
import { pictureArea } from './page.js';
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
    variant: fc.constantFrom('none', 'columns', 'table', 'timeline', 'agenda'),
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
    ...(variant === 'agenda'
      ? { agenda: bullets.map((text, slide) => ({ title: text, detail: text, slide })) }
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
  const colour = fc.oneof(
    fc.constantFrom('#ffe600', '#000000', '#ffffff', '#00ff00', '#ff0000', '#808080', '#0a0a0a'),
    fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`),
  );
  const brand = fc.record({
    colours: fc.array(colour, { maxLength: 6 }),
    fontFamily: fc.constantFrom('Playfair Display', 'Dancing Script', 'Arial'),
  });
  const ratio = (front: string, back: string) => contrast(luminance(front), luminance(back));

  it.each(THEMES.map(({ name }) => name))('%s can be read in any brand’s colours', (name) => {
    fc.assert(
      fc.property(fc.option(brand, { nil: undefined }), (wish) => {
        const { ink, muted, mark, accents, background, surface, primary, onPrimary } = themeOf(name, wish);
        for (const ground of [background, surface]) {
          expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
          expect(ratio(muted, ground)).toBeGreaterThanOrEqual(4.5);
          expect(ratio(mark, ground)).toBeGreaterThanOrEqual(3);
        }
        expect(ratio(onPrimary, primary)).toBeGreaterThanOrEqual(4.5);
        expect(accents.length).toBeGreaterThanOrEqual(4);
        expect(new Set(accents).size).toBe(accents.length);
        for (const accent of accents) expect(ratio(accent, background)).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 300 },
    );
  });

  it('lays areas in the brand’s own colour and sets titles and text in its letters', () => {
    const wish = { colours: ['#ffe600'], fontFamily: 'Dancing Script', bodyFont: 'Noto Sans' };
    expect(themeOf('slate', wish)).toMatchObject({
      primary: '#ffe600',
      onPrimary: '#14161c',
      headingFont: 'dancing',
      bodyFont: 'noto',
    });
  });
});

describe('a logo', () => {
  const flat = (background: string) =>
    sharp({ create: { width: 300, height: 100, channels: 3, background } })
      .png()
      .toBuffer();

  it('keeps its ratio on every slide', async () => {
    const logo = await logoOf(await flat('#cc0000'), THEMES[0]);
    for (const layout of ['title', 'section', 'content', 'quote', 'closing'] as const) {
      const { items } = layOutSlide(
        { layout, title: 'x', bullets: ['y'] },
        { theme: THEMES[0], deckTitle: 'x', number: 1, logo },
      );
      const [picture] = items.filter((item) => item.kind === 'picture');
      expect((picture?.area.w ?? 0) / (picture?.area.h ?? 1)).toBeCloseTo(3, 2);
    }
  });

  it('stands on a plate where its ground would swallow it, and nowhere else', async () => {
    const theme = themeOf('aurora', { colours: ['#cc0000'] });
    const red = await logoOf(await flat('#cc0000'), theme);
    expect([red.plateOnPrimary, red.plateOnBackground]).toEqual(['#ffffff', undefined]);
    const white = await logoOf(await flat('#ffffff'), theme);
    expect([white.plateOnPrimary, white.plateOnBackground]).toEqual([undefined, '#14161c']);
  });
});

describe('charts', () => {
  it.each(THEMES.map((theme) => [theme.name, theme] as const))(
    'of %s: figures on slices and lines of the grid can be told from what they lie on',
    async (themeName, theme) => {
      const doughnut = { ...chart, type: 'doughnut', labels: Array.from('abcdefghijkl') } as const;
      const values = doughnut.labels.map((_, index) => index + 1);
      const numbers = {
        layout: 'content',
        title: 'n',
        chart: { ...doughnut, series: [{ name: 's', values }] },
      };
      const deck = { title: 'd', assumptions: [], slides: [numbers as SlidePlan] };
      const { files } = await renderDeck({ plan: deck, formats: ['pptx'], seed: 1, themeName });
      const zip = await JSZip.loadAsync(files[0]?.bytes ?? new Uint8Array());
      const [name = ''] = Object.keys(zip.files).filter((each) => /charts\/chart\d+\.xml$/.test(each));
      const xml = (await zip.file(name)?.async('string')) ?? '';
      const slices = [...xml.matchAll(/<c:dPt>.*?srgbClr val="(\w{6})"/gs)].map(([, hex]) => `#${hex}`);
      const label = /<c:dLbls>.*?srgbClr val="(\w{6})"/s.exec(xml)?.[1];
      const wanted = values.map((_, index) => theme.accents[index % theme.accents.length]);
      expect(slices.map((hex) => hex.toLowerCase())).toEqual(wanted);
      for (const slice of slices)
        expect(contrast(luminance(slice), luminance(`#${label}`))).toBeGreaterThanOrEqual(3);
    },
  );
});
