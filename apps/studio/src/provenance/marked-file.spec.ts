import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import JSZip from 'jszip';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { ManualClock } from '@eventzr/config';
import { JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { ManifestStore } from '@trustnxt/c2pa-ts/manifest';
import type { StudioConfig } from '../config.js';
import { renderDeck } from '../providers/local/slides/render-deck.js';
import { C2paSigner } from './c2pa-signer.js';
import { type Mark, sourceTypeOf } from './mark.js';
import { marked } from './marked-file.js';

const MARK: Mark = {
  sourceType: sourceTypeOf({ provider: 'openai', changed: false }),
  tool: 'EventZR Studio (openai, <gpt> & "co")',
  jobId: '019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e',
  madeAt: new Date('2026-01-15T09:00:02Z'),
};
const TRAINED = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const FORMATS = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' } as const;

describe('the mark of a generated file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'marks-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What an independent reader finds. */
  function exif(bytes: Buffer, extension: string): Record<string, string> {
    const file = path.join(folder, `file.${extension}`);
    writeFileSync(file, bytes);
    const found = execFileSync('exiftool', ['-j', '-a', '-u', file], { encoding: 'utf8' });
    return (JSON.parse(found) as Record<string, string>[])[0] ?? {};
  }

  const picture = (alpha: boolean) =>
    sharp({
      create: {
        width: 33,
        height: 20,
        channels: alpha ? 4 : 3,
        background: { r: 200, g: 60, b: 30, alpha: 0.5 },
      },
    });

  it.each([
    ['png', false],
    ['jpeg', false],
    ['webp', false],
    ['webp', true],
    ['png', true],
  ] as const)(
    'is read back by exiftool from %s, with alpha %s, and the pixels stay',
    async (format, alpha) => {
      const bytes = await picture(alpha).toFormat(format).toBuffer();
      const out = await marked({ bytes, mimeType: FORMATS[format], extension: format }, MARK);
      const found = exif(out ?? bytes, format);
      expect(found).toMatchObject({
        DigitalSourceType: TRAINED,
        CreatorTool: MARK.tool,
        Identifier: MARK.jobId,
      });
      expect(await sharp(out).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
    },
  );

  it('is read back from PDF and SVG', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    const pdf = Buffer.from(await document.save());
    const inPdf = await marked({ bytes: pdf, mimeType: 'application/pdf', extension: 'pdf' }, MARK);
    expect(exif(inPdf ?? pdf, 'pdf')).toMatchObject({ DigitalSourceType: TRAINED });
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>');
    const inSvg = await marked({ bytes: svg, mimeType: 'image/svg+xml', extension: 'svg' }, MARK);
    expect(exif(inSvg ?? svg, 'svg')).toMatchObject({ DigitalSourceType: TRAINED });
  });

  it('stands among the custom properties of a presentation, declared and referred to', async () => {
    const zip = new JSZip();
    zip.file('[Content_Types].xml', '<Types></Types>');
    zip.file('_rels/.rels', '<Relationships></Relationships>');
    const bytes = await zip.generateAsync({ type: 'nodebuffer' });
    const out = await marked({ bytes, mimeType: PPTX, extension: 'pptx' }, MARK);
    const read = await JSZip.loadAsync(out ?? bytes);
    const part = async (name: string) => (await read.file(name)?.async('string')) ?? '';
    expect(await part('docProps/custom.xml')).toContain(`<vt:lpwstr>${TRAINED}</vt:lpwstr>`);
    expect(await part('docProps/custom.xml')).toContain('&#60;gpt&#62; &#38;');
    expect(await part('[Content_Types].xml')).toContain('PartName="/docProps/custom.xml"');
    expect(await part('_rels/.rels')).toContain('Target="docProps/custom.xml"');
  });

  it.each(['mp3', 'wav', 'ogg', 'm4a', 'mp4', 'webm'])(
    'is read back by ffprobe from %s',
    async (extension) => {
      const file = path.join(folder, `tone.${extension}`);
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=1', file]);
      const out = await marked({ bytes: readFileSync(file), mimeType: 'audio/x', extension }, MARK);
      writeFileSync(file, out ?? Buffer.alloc(0));
      const shown = execFileSync(
        'ffprobe',
        ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file],
        { encoding: 'utf8' },
      );
      expect(shown).toContain(TRAINED);
    },
  );

  it('stands in a calendar in lines of at most 75 bytes, and nowhere in plain text', async () => {
    const bytes = Buffer.from('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n');
    const out = String(await marked({ bytes, mimeType: 'text/calendar', extension: 'ics' }, MARK));
    expect(out.replace(/\r\n /g, '')).toContain('trainedAlgorithmicMedia');
    expect(Math.max(...out.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(await marked({ bytes, mimeType: 'text/vtt', extension: 'vtt' }, MARK)).toBeUndefined();
  });

  it('is read back from PPTX by unzip, in a package whose parts are declared', async () => {
    const slides = [{ layout: 'title', title: 'A deck' }] as const;
    const plan = { title: 'A deck', assumptions: [], slides };
    const [deck] = (await renderDeck({ plan, formats: ['pptx'], seed: 1 })).files;
    const mimeType = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
    const bytes = Buffer.from(deck?.bytes ?? []);
    const out = await marked({ bytes, mimeType, extension: 'pptx' }, MARK);
    const file = path.join(folder, 'deck.pptx');
    writeFileSync(file, out ?? bytes);
    const part = (name: string) =>
      execFileSync('unzip', ['-p', file, name.replace('[', '[[]')], { encoding: 'utf8' });
    const custom = part('docProps/custom.xml');
    expect(custom).toContain(`<vt:lpwstr>${TRAINED}</vt:lpwstr>`);
    expect(custom).toContain(`name="JobId"><vt:lpwstr>${MARK.jobId}</vt:lpwstr>`);
    expect(part('[Content_Types].xml').match(/PartName="\/docProps\/custom\.xml"/g)).toHaveLength(1);
    expect(part('_rels/.rels').match(/Target="docProps\/custom\.xml"/g)).toHaveLength(1);
    expect(custom).toContain('EventZR Studio (openai, &#60;gpt&#62; &#38; &#34;co&#34;)');
  });

  describe('signed by C2PA', () => {
    const signer = () =>
      new C2paSigner({ embedded: true, dataDir: folder } as StudioConfig, new ManualClock(Date.now()));

    async function validated(bytes: Buffer, kind: typeof PNG | typeof JPEG) {
      const asset = new kind(bytes);
      const jumbf = asset.getManifestJUMBF();
      if (jumbf === undefined) throw new Error('there is no manifest');
      return ManifestStore.read(SuperBox.fromBuffer(Uint8Array.from(jumbf))).validate(asset);
    }

    it.each([
      ['png', PNG],
      ['jpeg', JPEG],
    ] as const)(
      '%s is valid, is seen by exiftool, and shows when a byte was changed',
      async (format, kind) => {
        const bytes = await picture(false).toFormat(format).toBuffer();
        const tagged = (await marked({ bytes, mimeType: FORMATS[format], extension: format }, MARK)) ?? bytes;
        const signed = (await signer().signed(tagged, FORMATS[format], MARK)) ?? tagged;
        const fine = await validated(signed, kind);
        expect([fine.isValid, fine.statusEntries.filter(({ success }) => !success)]).toEqual([true, []]);
        expect(JSON.stringify(exif(signed, format))).toMatch(/c2pa/i);
        expect(exif(signed, format)).toMatchObject({ DigitalSourceType: TRAINED });
        const tampered = Buffer.from(signed);
        const at = tampered.indexOf('trainedAlgorithmicMedia');
        tampered[at] = 'T'.charCodeAt(0);
        expect((await validated(tampered, kind)).isValid).toBe(false);
      },
    );
  });
});
