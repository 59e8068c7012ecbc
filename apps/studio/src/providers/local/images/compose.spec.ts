import { describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { compose } from './compose.js';
import type { Composition, CompositionRequest } from './composition.js';
import { LEAST_CONTRAST, SILHOUETTE_CONTRAST } from './subjects-layer.js';
import { STYLES } from './styles/styles.js';

const draw = (prompt: string, changes: Partial<CompositionRequest> = {}): Composition =>
  compose({ prompt, width: 1024, height: 1024, seed: 7, variantIndex: 0, ...changes });

const PROMPTS = [
  'A vibrant tech conference poster with modern design',
  'birthday cake with candles and balloons for kids',
  'corporate team-building in Mumbai',
  'music notes and bats in a dark night sky',
  'a white rabbit in the snow',
  'Christmas party with santa, gifts and a tree',
];

describe('compose', () => {
  it('is the same for the same request, byte for byte', () => {
    for (const prompt of PROMPTS) expect(draw(prompt).svg).toBe(draw(prompt).svg);
  });

  it('differs by prompt, seed, variant and style', () => {
    const all = [
      draw('a fox'),
      draw('a dog'),
      draw('a fox', { seed: 8 }),
      draw('a fox', { variantIndex: 1 }),
      draw('a fox', { stylePreset: 'noir' }),
    ].map(({ svg }) => svg);
    expect(new Set(all).size).toBe(all.length);
  });

  it('puts all things of all prompts inside the picture, as many as asked, with contrast, in every size', () => {
    const sizes = [256, 512, 1024, 1792];
    fc.assert(
      fc.property(
        fc.constantFrom(...PROMPTS),
        fc.constantFrom(...sizes),
        fc.constantFrom(...sizes),
        fc.nat(),
        (prompt, width, height, seed) => {
          const { brief, placements } = draw(prompt, { width, height, seed });
          expect(placements).toHaveLength(brief.subjects.reduce((sum, { count }) => sum + count, 0));
          for (const { box, contrast } of placements) {
            expect(
              Math.min(box.x, box.y, width - box.x - box.width, height - box.y - box.height),
            ).toBeGreaterThanOrEqual(-0.01);
            expect(contrast).toBeGreaterThanOrEqual(LEAST_CONTRAST);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keeps all things inside the safe area, where a caption leaves them one', () => {
    const safe = { left: 0.1, top: 0.12, right: 0.9, bottom: 0.74 };
    fc.assert(
      fc.property(
        fc.constantFrom(...PROMPTS, 'a gala dinner with guests and a band', 'people dance on the beach'),
        fc.constantFrom([1792, 1024], [1024, 1024], [1024, 1792]),
        fc.nat(),
        (prompt, [width = 0, height = 0], seed) => {
          for (const { box } of draw(prompt, { width, height, seed, safe }).placements) {
            expect(box.x / width).toBeGreaterThanOrEqual(safe.left - 0.001);
            expect((box.x + box.width) / width).toBeLessThanOrEqual(safe.right + 0.001);
            expect(box.y / height).toBeGreaterThanOrEqual(safe.top - 0.001);
            expect((box.y + box.height) / height).toBeLessThanOrEqual(safe.bottom + 0.001);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['people at a gala', 1792, 1024],
    ['guests at a wedding on the beach', 1792, 1024],
    ['four business people at a networking event', 1792, 1024],
  ])('shows %s large enough in a wide picture', (prompt, width, height) => {
    for (const seed of [1, 2, 3]) {
      const heights = draw(prompt, { width, height, seed }).placements.map(({ box }) => box.height);
      expect(Math.max(...heights) / height).toBeGreaterThan(0.4);
    }
  });

  it('dresses the guests of a gala', () => {
    const art = (prompt: string): string[] => draw(prompt).placements.map(({ subject }) => subject.art);
    expect(art('guests at a gala dinner')).toContain('draw:person-formal');
    expect(art('people at a gala dinner')).not.toContain('draw:person-casual');
    expect(art('people in a park')).toContain('draw:person-casual');
  });

  it.each([
    'music notes and bats in a dark night sky',
    'A jazz night with music notes',
    'music notes over a harbour at night',
    'concert poster with musical notes, dark theme',
  ])('draws notes that can be told from the night, all alike: %s', (prompt) => {
    for (const seed of [1, 7, 12]) {
      const { placements, svg } = draw(prompt, { seed });
      const notes = placements.filter(({ subject }) => subject.art === 'icon:musical-notes');
      expect(notes.length).toBeGreaterThan(0);
      // In a beam of light neither light nor dark reaches the full ratio.
      for (const { contrast } of notes) expect(contrast).toBeGreaterThanOrEqual(SILHOUETTE_CONTRAST - 0.5);
      expect(svg.includes('#402a32')).toBe(false);
    }
  });

  it('leaves notes dark by day, and in the colour that was asked for', () => {
    expect(draw('music notes on a beach on a sunny day').svg).toContain('#402a32');
    expect(draw('red music notes in a dark night sky').svg).not.toContain('#ffe9b8');
  });

  it('never lets a word of the prompt into the markup', () => {
    const evil =
      '"<script>alert(1)</script>&amp;<image href=x>" poster ]]><svg onload=zorblax> fox \'"/><style>';
    const { svg } = draw(evil, { negativePrompt: '"><zorblax>', stylePreset: '"/><zorblax>' });
    expect(svg).not.toMatch(/script|zorblax|onload|<image|<style|alert|<text/);
    expect(() => new Resvg(svg).render()).not.toThrow();
  });

  it('sets a title only from quotation marks, and nothing reaches into it', () => {
    const { titleBox, placements, limits } = draw(
      'poster "Nuit d’été — Amélie 東京" with balloons on a beach',
    );
    expect(titleBox).toBeDefined();
    for (const { box } of placements) expect(box.y).toBeGreaterThanOrEqual((titleBox?.height ?? 0) - 0.01);
    expect(limits.join()).toContain('東京');
    expect(draw('poster with balloons on a beach').titleBox).toBeUndefined();
  });

  it('says plainly what it is and what it did not draw', () => {
    const { limits, subjects } = draw('quantum flux entanglement');
    expect(limits[0]).toContain('vector illustration');
    expect(limits.join()).toContain('quantum, flux, entanglement');
    expect(limits.join()).toContain('abstract composition');
    expect(subjects).toEqual(['abstract composition']);
    for (const stylePreset of ['zorblax', 'constructor', '__proto__'])
      expect(draw('a fox', { stylePreset }).limits.join()).toContain('not known');
  });

  it('keeps mountains from becoming needles in tall pictures', () => {
    const { svg } = draw('mountains', { width: 256, height: 1792 });
    const triangles = [...svg.matchAll(/d="M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)Z"/g)];
    const span = (...ends: number[]): number => Math.max(...ends) - Math.min(...ends);
    const steepness = triangles.map((found) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = found.slice(1).map(Number);
      return span(y1, y2, y3) / span(x1, x2, x3);
    });
    expect(steepness.length).toBeGreaterThan(5);
    // The shaded side is narrower than its mountain.
    expect(Math.max(...steepness)).toBeLessThan(3);
  });

  it('draws a tech conference as one', () => {
    expect(draw(PROMPTS[0] ?? '').subjects).toEqual(
      expect.arrayContaining(['speaker', 'laptop', 'screen', 'stage', 'audience', 'geometric shapes']),
    );
  });

  it('stands a couple under its arch', () => {
    expect(draw('beach wedding with flower arch').placements.map(({ subject }) => subject.label)).toContain(
      'couple under flower arch',
    );
  });

  it.each(STYLES)('makes a drawing that renders: %s', (stylePreset) => {
    const { svg, bleed, style } = draw('a fox and two balloons in a snowy forest', {
      stylePreset,
      width: 256,
      height: 256,
    });
    const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
    expect({ style, width, height }).toEqual({
      style: stylePreset,
      width: 256 + bleed * 2,
      height: 256 + bleed * 2,
    });
  });
});
