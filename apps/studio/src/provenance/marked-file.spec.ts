import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import JSZip from 'jszip';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { IMAGE_FORMATS } from '../images/images.dto.js';
import { MUSIC_FORMATS } from '../music/music.dto.js';
import { POSTER_FORMATS } from '../posters/posters.dto.js';
import { DECK_FORMATS } from '../presentations/presentations.dto.js';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { composeScore } from '../providers/local/music/composer.js';
import { midiFile } from '../providers/local/music/midi-file.js';
import { briefOf } from '../providers/local/music/music-brief.js';
import { renderDeck } from '../providers/local/slides/render-deck.js';
import { AUDIO_FORMATS } from '../providers/speech-provider.js';
import { type Mark, sourceTypeOf } from './mark.js';
import { marked } from './marked-file.js';

const MARK: Mark = {
  sourceType: sourceTypeOf({ provider: 'openai', parent: undefined }),
  tool: 'EventZR Studio (openai, <gpt> & "co")',
  jobId: '019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e',
  madeAt: new Date('2026-01-15T09:00:02Z'),
};
const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const TRAINED = `${VOCABULARY}trainedAlgorithmicMedia`;
const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const tagging = { tools: new MediaTools(), signal: new AbortController().signal };

/** Programs that know nothing of us, each with the arguments that make it print what a file says of itself. */
const READERS = {
  exiftool: (file: string) => ['exiftool', ['-j', '-a', '-u', file]],
  ffprobe: (file: string) => [
    'ffprobe',
    ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file],
  ],
  pdfinfo: (file: string) => ['pdfinfo', ['-meta', file]],
  unzip: (file: string) => ['unzip', ['-p', file, 'docProps/*.xml']],
  strings: (file: string) => ['strings', ['-n', '20', file]],
} as const satisfies Record<string, (file: string) => readonly [string, readonly string[]]>;

type Format = readonly [extension: string, mimeType: string, reader: keyof typeof READERS];

/** Every format that leaves the service and has a place for a mark. */
const FORMATS: readonly Format[] = [
  ['png', 'image/png', 'exiftool'],
  ['jpeg', 'image/jpeg', 'exiftool'],
  ['webp', 'image/webp', 'exiftool'],
  ['svg', 'image/svg+xml', 'exiftool'],
  ['pdf', 'application/pdf', 'pdfinfo'],
  ['pptx', PPTX, 'unzip'],
  ['mp3', 'audio/mpeg', 'ffprobe'],
  ['wav', 'audio/wav', 'ffprobe'],
  ['ogg', 'audio/ogg', 'ffprobe'],
  ['m4a', 'audio/mp4', 'ffprobe'],
  ['flac', 'audio/flac', 'ffprobe'],
  ['mp4', 'video/mp4', 'ffprobe'],
  ['webm', 'video/webm', 'ffprobe'],
  ['mid', 'audio/midi', 'strings'],
  ['ics', 'text/calendar', 'strings'],
  ['vtt', 'text/vtt', 'strings'],
  ['json', 'application/json', 'strings'],
];

const picture = (alpha: boolean) =>
  sharp({
    create: {
      width: 33,
      height: 20,
      channels: alpha ? 4 : 3,
      background: { r: 200, g: 60, b: 30, alpha: 0.5 },
    },
  });

const CALENDAR = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n';
const SUBTITLES = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n';

async function deck(): Promise<Buffer> {
  const plan = { title: 'A deck', assumptions: [], slides: [{ layout: 'title', title: 'A deck' }] } as const;
  const [file] = (await renderDeck({ plan, formats: ['pptx'], seed: 1 })).files;
  return Buffer.from(file?.bytes ?? []);
}

async function pdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage();
  return Buffer.from(await document.save());
}

function score(): Buffer {
  const brief = briefOf({ prompt: 'a jazz tune', durationSeconds: 10, seed: 1 });
  return midiFile(composeScore(brief, 10), brief.genre);
}

describe('the mark of a generated file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'marks-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const MAKERS: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
    png: () => picture(false).png().toBuffer(),
    jpeg: () => picture(false).jpeg().toBuffer(),
    webp: () => picture(false).webp().toBuffer(),
    svg: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>'),
    pdf,
    pptx: deck,
    mid: score,
    ics: () => Buffer.from(CALENDAR),
    vtt: () => Buffer.from(SUBTITLES),
    json: () => Buffer.from('{"text":"Hello"}'),
  };

  /** A tone, in the container that the extension means. */
  function tone(extension: string): Buffer {
    const file = path.join(folder, `tone.${extension}`);
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=1', file]);
    return readFileSync(file);
  }

  function kept(bytes: Buffer, extension: string): string {
    const file = path.join(folder, `file.${extension}`);
    writeFileSync(file, bytes);
    return file;
  }

  function seenBy(reader: keyof typeof READERS, file: string): string {
    const [program, args] = READERS[reader](file);
    return execFileSync(program, args, { encoding: 'utf8' });
  }

  it('has a row for each format that can be asked for', () => {
    const extra = ['mp4', 'mid', 'ics', 'json', 'vtt'];
    const offered = new Set([
      ...[...IMAGE_FORMATS, ...POSTER_FORMATS, ...DECK_FORMATS, ...AUDIO_FORMATS, ...MUSIC_FORMATS],
      ...extra,
    ]);
    const rows = FORMATS.map(([extension]) => extension);
    expect([...offered].filter((format) => !rows.includes(format))).toEqual([]);
  });

  it.each(FORMATS)('is read back from %s (%s) by %s', async (extension, mimeType, reader) => {
    const bytes = await (MAKERS[extension] ?? (() => tone(extension)))();
    expect(seenBy(reader, kept(bytes, extension))).not.toContain('digitalsourcetype');
    const out = (await marked({ bytes, mimeType, extension }, MARK, tagging)) ?? bytes;
    const shown = seenBy(reader, kept(out, extension)).replace(/\r?\n /g, '');
    expect(shown).toContain('trainedAlgorithmicMedia');
    expect(shown).toContain(MARK.jobId);
  });

  it.each([
    ['png', false],
    ['jpeg', false],
    ['webp', false],
    ['webp', true],
    ['png', true],
  ] as const)('names the tool in %s, with alpha %s, and the pixels stay', async (format, alpha) => {
    const bytes = await picture(alpha).toFormat(format).toBuffer();
    const file = { bytes, mimeType: `image/${format}`, extension: format };
    const out = (await marked(file, MARK, tagging)) ?? bytes;
    const [found] = JSON.parse(seenBy('exiftool', kept(out, format))) as object[];
    expect(found).toMatchObject({
      DigitalSourceType: TRAINED,
      CreatorTool: MARK.tool,
      Identifier: MARK.jobId,
    });
    expect(await sharp(out).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
  });

  it('stands in a calendar in lines of at most 75 bytes, and nowhere in SubRip', async () => {
    const bytes = Buffer.from(CALENDAR);
    const out = String(await marked({ bytes, mimeType: 'text/calendar', extension: 'ics' }, MARK, tagging));
    expect(out.replace(/\r\n /g, '')).toContain('trainedAlgorithmicMedia');
    expect(Math.max(...out.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    const subrip = { bytes, mimeType: 'application/x-subrip', extension: 'srt' };
    expect(await marked(subrip, MARK, tagging)).toBeUndefined();
  });

  it('leaves subtitles and scores that other programs still read', async () => {
    const vtt = { bytes: Buffer.from(SUBTITLES), mimeType: 'text/vtt', extension: 'vtt' };
    const out = (await marked(vtt, MARK, tagging)) ?? Buffer.alloc(0);
    const cues = execFileSync('ffmpeg', ['-v', 'error', '-i', kept(out, 'vtt'), '-f', 'srt', '-'], {
      encoding: 'utf8',
    });
    expect(cues).toContain('Hello');
    expect(cues).not.toContain('AI-generated');
    const midi = { bytes: score(), mimeType: 'audio/midi', extension: 'mid' };
    const written = (await marked(midi, MARK, tagging)) ?? Buffer.alloc(0);
    expect(trackEnds(written)).toEqual(trackEnds(midi.bytes));
    expect(execFileSync('file', ['-b', kept(written, 'mid')], { encoding: 'utf8' })).toMatch(
      /Standard MIDI data \(format 1\)/,
    );
  });

  /** The last bytes of every track, found by the lengths that the tracks tell. */
  function trackEnds(midi: Buffer): string[] {
    const ends: string[] = [];
    for (let at = 14; at < midi.length;) {
      expect(midi.toString('latin1', at, at + 4)).toBe('MTrk');
      at += 8 + midi.readUInt32BE(at + 4);
      ends.push(midi.toString('hex', at - 4, at));
    }
    return ends;
  }

  it('stands in PPTX in a part that is declared and referred to', async () => {
    const out = await marked({ bytes: await deck(), mimeType: PPTX, extension: 'pptx' }, MARK, tagging);
    const read = await JSZip.loadAsync(out ?? Buffer.alloc(0));
    const part = async (name: string) => (await read.file(name)?.async('string')) ?? '';
    const custom = await part('docProps/custom.xml');
    expect(custom).toContain(`<vt:lpwstr>${TRAINED}</vt:lpwstr>`);
    expect(custom).toContain('EventZR Studio (openai, &#60;gpt&#62; &#38; &#34;co&#34;)');
    const types = await part('[Content_Types].xml');
    expect(types.match(/PartName="\/docProps\/custom\.xml"/g)).toHaveLength(1);
    expect((await part('_rels/.rels')).match(/Target="docProps\/custom\.xml"/g)).toHaveLength(1);
  });

  it('is called off with the work, and refused for what is no media file', async () => {
    const off = new AbortController();
    off.abort(new Error('called off'));
    const file = { bytes: Buffer.from('no sound at all'), mimeType: 'audio/mpeg', extension: 'mp3' };
    await expect(marked(file, MARK, { ...tagging, signal: off.signal })).rejects.toThrow('called off');
    await expect(marked(file, MARK, tagging)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it.each([
    ['local', undefined, 'algorithmicMedia'],
    ['openai', undefined, 'trainedAlgorithmicMedia'],
    ['local', {}, 'algorithmicallyEnhanced'],
    ['openai', {}, 'compositeWithTrainedAlgorithmicMedia'],
    ['local', { sourceType: TRAINED }, 'trainedAlgorithmicMedia'],
    ['local', { sourceType: `${VOCABULARY}algorithmicMedia` }, 'algorithmicMedia'],
    ['local', { sourceType: `${VOCABULARY}digitalCapture` }, 'algorithmicallyEnhanced'],
    ['openai', { sourceType: TRAINED }, 'trainedAlgorithmicMedia'],
    ['openai', { sourceType: `${VOCABULARY}algorithmicMedia` }, 'compositeWithTrainedAlgorithmicMedia'],
  ])('what %s made of %j is %s', (provider, parent, kind) => {
    expect(sourceTypeOf({ provider, parent })).toBe(VOCABULARY + kind);
  });
});
