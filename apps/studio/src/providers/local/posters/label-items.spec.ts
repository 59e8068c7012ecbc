import { describe, expect, it } from '@jest/globals';
import { DESIGNS } from './designs/index.js';
import type { TextItem } from './draw-items.js';
import { composePage, type PosterJob } from './render-poster.js';
import { PAGE_NAMES, PAGE_SIZES } from './sizes.js';

const LABELS = { hosts: 'Hosted by', invited: 'You are invited', dear: 'Dear', scan: 'Scan to reply' };

const job = (design: string): PosterJob => ({
  words: {
    kind: 'poster',
    title: 'Harbour Lights Festival',
    date: 'Saturday, 12 June 2027',
    time: '19:30',
    venue: 'Palmengarten, Frankfurt am Main',
    hosts: ['Ada Lovelace', 'Grace Hopper'],
    description: 'Twelve bands, two stages, one river',
    qr: 'https://example.com/tickets',
    labels: LABELS,
  },
  design,
  label: true,
  colours: [],
  pictures: {},
  sizes: [],
  formats: [],
  seed: 7,
  createdAt: new Date(0),
});

describe("a poster's label", () => {
  it.each(DESIGNS.map(({ id }) => id))('of the design %s covers no words, on any page', async (design) => {
    for (const size of PAGE_NAMES) {
      const page = PAGE_SIZES[size];
      const { items } = await composePage(job(design), size);
      const plate = items.at(-4);
      if (plate?.kind !== 'rect') throw new Error('there is no plate');
      const texts = items.filter((item): item is TextItem => item.kind === 'text');
      expect(texts.at(-1)?.text).toBe('AI generated');
      const { x, y, width, height } = plate.rect;
      expect(Math.min(x, y)).toBeGreaterThan(0);
      expect(x + width).toBeLessThan(page.width);
      expect(y + height).toBeLessThan(page.height);
      const covered = texts
        .slice(0, -1)
        .filter(({ box }) => box.x < x + width && box.x + box.width > x)
        .filter(({ box }) => box.y < y + height && box.y + box.height > y)
        .map(({ text }) => `${size}: ${text}`);
      expect(covered).toEqual([]);
    }
  });
});
