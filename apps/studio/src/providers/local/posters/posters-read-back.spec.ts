import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PosterWords } from './designs/design.js';
import { DESIGNS } from './designs/index.js';
import { composePage, type PosterJob, renderPoster } from './render-poster.js';
import type { PageName } from './sizes.js';

const run = promisify(execFile);
const SIZES = ['a4', 'instagram-square', 'linkedin'] as const satisfies readonly PageName[];
const TICKETS = 'https://eventzr.example/tickets/4711';
const WORDS = {
  kind: 'poster',
  title: 'Harbour Lights Festival',
  date: 'Saturday, 12 June 2027',
  time: '19:30',
  venue: 'Palmengarten, Frankfurt am Main',
  hosts: ['Ada Lovelace', 'Grace Hopper'],
  description: 'Twelve bands, two stages, one river',
  qr: TICKETS,
  labels: { hosts: 'Hosted by', invited: 'You are invited', dear: 'Dear', scan: 'Scan for tickets' },
} as const satisfies PosterWords;
const FACTS = [WORDS.title, WORDS.date, WORDS.time, WORDS.venue];

const jobOf = (design: string, size: PageName): PosterJob => ({
  words: WORDS,
  design,
  colours: [],
  pictures: {},
  scene: 'a river festival',
  sizes: [size],
  formats: ['png'],
  seed: 7,
  createdAt: new Date(0),
});

/** The lines, as they are set, that carry the title, the date, the time and the venue. */
async function factLines(job: PosterJob, size: PageName): Promise<string[]> {
  const { items } = await composePage(job, size);
  const facts = FACTS.join(' ').toLowerCase();
  return items
    .flatMap((item) => (item.kind === 'text' ? item.text.split(' · ') : []))
    .filter((line) => facts.includes(line.toLowerCase()));
}

/** A page as a stranger reads it: the PNG that is delivered, by tesseract and zbarimg without any option that helps. */
describe('every design in every size', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-back-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pages = DESIGNS.flatMap(({ id }) => SIZES.map((size) => [id, size] as const));
  it.each(pages)(
    '%s in %s is read back letter by letter, and its code leads to the tickets',
    async (design, size) => {
      const job = jobOf(design, size);
      const lines = await factLines(job, size);
      expect(lines.join(' ').toLowerCase()).toBe(FACTS.join(' ').toLowerCase());
      const png = join(folder, `${design}.${size}.png`);
      const { files } = await renderPoster(job);
      writeFileSync(png, files[0]?.bytes ?? '');
      const options = { env: { ...process.env, OMP_THREAD_LIMIT: '1' } };
      const [{ stdout: text }, { stdout: code }] = await Promise.all([
        run('tesseract', [png, '-'], options),
        run('zbarimg', ['-q', '--raw', png]),
      ]);
      const read = text.replace(/\s+/g, ' ');
      expect(lines.filter((line) => !read.includes(line))).toEqual([]);
      expect(code.trim()).toBe(TICKETS);
    },
  );
});
