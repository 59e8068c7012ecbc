import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { checkedAudio } from './checked-audio.js';
import { mediaOf } from './checked-image.js';
import { bytesOfDataUri } from './data-uri.js';
import { examineImage } from './examine-image.js';

const tools = new MediaTools();

const checkedImage = async (bytes: Buffer, maxBytes?: number) =>
  mediaOf(await examineImage({ bytes, ...(maxBytes === undefined ? {} : { maxBytes }) }));

function picture(width = 40, height = 30) {
  return sharp({ create: { width, height, channels: 3, background: '#c04020' } });
}

/** A PNG of a few kilobytes whose header promises 300 megapixels. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const pixels = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A tone as programs write it that do not know yet how long it will be: `-f webm` into a pipe. */
function piped(seconds: number, ...args: readonly string[]): Buffer {
  const source = `sine=frequency=440:duration=${seconds}:sample_rate=48000`;
  return execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-ac', '1', ...args, 'pipe:1'], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** As browsers record: Opus in WebM, cut off wherever the caller stopped. */
const recorded = (seconds: number): Buffer => piped(seconds, '-c:a', 'libopus', '-f', 'webm', '-live', '1');

/** A tone, by ffmpeg; to a file, because a pipe cannot be told the length afterwards. */
function tone(format: string, seconds = 2): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'tone-'));
  const file = path.join(folder, `tone.${format}`);
  const source = `sine=frequency=440:duration=${seconds}:sample_rate=16000`;
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-ac', '1', file]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

describe('a picture that is handed in', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('%s is accepted', async (format) => {
    const checked = await checkedImage(await picture().toFormat(format).toBuffer());
    expect(checked).toMatchObject({ width: 40, height: 30 });
    expect(checked.mimeType).toBe(format === 'png' || format === 'gif' ? 'image/png' : 'image/jpeg');
  });

  it('is put upright and loses its metadata, the place where it was taken included', async () => {
    const exif = { IFD0: { Artist: 'somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
    const turned = await picture().withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const checked = await checkedImage(turned);
    expect(checked).toMatchObject({ width: 30, height: 40 });
    const { exif: left, orientation } = await sharp(checked.bytes).metadata();
    expect([left, orientation]).toEqual([undefined, undefined]);
  });

  it('keeps what is transparent', async () => {
    const hole = await picture().ensureAlpha(0.5).webp().toBuffer();
    const { bytes, mimeType } = await checkedImage(hole);
    expect([mimeType, (await sharp(bytes).metadata()).hasAlpha]).toEqual(['image/png', true]);
  });

  it.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['STUDIO_1700', 'no bytes', () => Buffer.alloc(0)],
    ['STUDIO_1701', 'a bomb of 300 megapixels', () => bomb(20_000, 15_000)],
    ['STUDIO_1701', 'a long narrow bomb', () => bomb(1, 60_000_000)],
    [
      'STUDIO_1703',
      'SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['STUDIO_1703', 'HTML', () => Buffer.from('<html><script>alert(1)</script></html>')],
    ['STUDIO_1703', 'TIFF', () => picture().tiff().toBuffer()],
    ['STUDIO_1703', 'a picture of an iPhone', () => heic()],
    ['STUDIO_1703', 'PDF', () => Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj')],
    ['STUDIO_1703', 'a Windows program', () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)])],
    ['STUDIO_1700', 'a GIF head before a script', () => Buffer.from('GIF89a/*<svg onload=alert(1)>*/=1;')],
    ['STUDIO_1703', 'the head of a PNG alone', () => Buffer.from('89504e470d0a1a0a', 'hex')],
    ['STUDIO_1700', 'a JPEG cut in half', async () => halved(await noise().jpeg().toBuffer())],
    ['STUDIO_1700', 'a PNG cut in half', async () => halved(await noise().png().toBuffer())],
  ])('%s for %s', async (code, _what, make) => {
    await expect(checkedImage(await make())).rejects.toMatchObject({ entry: { code } });
  });

  it('of an iPhone is refused in words that name what is taken', async () => {
    await expect(checkedImage(heic())).rejects.toMatchObject({
      message: expect.stringMatching(/PNG, JPEG, WebP, GIF or AVIF \(not HEIC\)/),
      details: { found: 'image/heic', accepts: expect.arrayContaining(['image/jpeg', 'image/avif']) },
    });
  });

  it('that would be kept in far more bytes than it came with is refused', async () => {
    const soft = await noise().ensureAlpha(0.5).webp({ quality: 1 }).toBuffer();
    const { bytes } = await checkedImage(soft);
    expect(bytes.length).toBeGreaterThan(soft.length * 3);
    await expect(checkedImage(soft, bytes.length - 1)).rejects.toMatchObject({
      entry: { code: 'STUDIO_1701' },
      details: { width: 64, height: 64, maxBytes: bytes.length - 1 },
    });
  });

  it('whatever the bytes, the answer is a picture or a documented error', async () => {
    const whole = await noise().png().toBuffer();
    const damage = fc.record({
      at: fc.nat(whole.length - 1),
      byte: fc.nat(255),
      length: fc.nat(whole.length),
    });
    const damaged = fc.asyncProperty(damage, async ({ at, byte, length }) => {
      const bytes = Buffer.from(whole.subarray(0, Math.max(length, at)));
      bytes[at] = byte;
      const code = await checkedImage(bytes).then(
        () => 'fine',
        (error: { entry?: { code: string } }) => error.entry?.code,
      );
      expect(['fine', 'STUDIO_1700', 'STUDIO_1701', 'STUDIO_1703']).toContain(code);
    });
    await fc.assert(damaged, { numRuns: 60 });
  });
});

describe('a recording that is handed in', () => {
  it.each(['mp3', 'wav', 'mp4', 'ogg', 'webm', 'flac'])('%s is accepted and measured', async (format) => {
    const { durationMs, mimeType } = await checkedAudio(tone(format), tools);
    expect(mimeType).toMatch(/^audio\//);
    expect(Math.abs((durationMs ?? 0) - 2_000)).toBeLessThan(120);
  });

  it.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['STUDIO_1700', 'no bytes', () => Buffer.alloc(0)],
    ['STUDIO_1703', 'a picture', () => picture().png().toBuffer()],
    ['STUDIO_1703', 'text', () => Buffer.from('hello')],
    ['STUDIO_1701', 'eleven minutes', () => tone('flac', 661)],
    ['STUDIO_1700', 'a film without sound', () => silentFilm()],
    ['STUDIO_1700', 'the head of a recording alone', () => recorded(1).subarray(0, 300)],
    ['STUDIO_1700', 'a WAV without samples', () => tone('wav').subarray(0, 44)],
  ])('%s for %s', async (code, _what, make) => {
    await expect(checkedAudio(await make(), tools)).rejects.toMatchObject({ entry: { code } });
  });

  it.each<[string, string, () => Buffer]>([
    ['audio/webm', 'a browser', () => recorded(3)],
    ['audio/webm', 'a pipe', () => piped(3, '-c:a', 'libopus', '-f', 'webm')],
    ['audio/flac', 'a pipe', () => piped(3, '-f', 'flac')],
    ['audio/ogg', 'a pipe', () => piped(3, '-c:a', 'libopus', '-f', 'ogg')],
    ['audio/ogg', 'a pipe, as Vorbis', () => piped(3, '-c:a', 'libvorbis', '-f', 'ogg')],
    ['audio/wav', 'a pipe', () => piped(3, '-f', 'wav')],
    ['audio/aac', 'a pipe', () => piped(3, '-c:a', 'aac', '-f', 'adts')],
    ['audio/mp4', 'a browser, in fragments', () => piped(3, '-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4')], // prettier-ignore
  ])('%s of no stated length from %s is measured', async (type, _who, make) => {
    const { durationMs, mimeType } = await checkedAudio(make(), tools);
    expect(mimeType).toBe(type);
    expect(Math.abs((durationMs ?? 0) - 3_000)).toBeLessThan(120);
  });

  it.each([
    ['mp3', 'Info', 8, 40],
    ['mp4', 'mvhd', 20, 1_000],
  ])('%s is as long as it sounds, whatever its header says (%s)', async (format, mark, at, told) => {
    const bytes = tone(format, 65);
    expect(bytes.includes(mark)).toBe(true);
    bytes.writeUInt32BE(told, bytes.indexOf(mark) + at);
    expect(Math.round(((await checkedAudio(bytes, tools)).durationMs ?? 0) / 1_000)).toBe(65);
  });

  it('that breaks off is as long as what can be heard of it', async () => {
    const whole = recorded(6);
    const { durationMs = 0 } = await checkedAudio(whole.subarray(0, Math.floor(whole.length / 2)), tools);
    expect(durationMs).toBeGreaterThan(2_000);
    expect(durationMs).toBeLessThan(4_000);
  });

  it('413 for eleven minutes of no stated length, told before they are decoded whole', async () => {
    const error: unknown = await checkedAudio(piped(1_300, '-ar', '8000', '-f', 'flac'), tools).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ entry: { code: 'STUDIO_1701' }, details: { maxDurationMs: 600_000 } });
    expect((error as { details: { durationMs: number } }).details.durationMs).toBeLessThan(602_000);
  });

  it('503 with the line that installs ffmpeg where it is needed and missing', async () => {
    const bare = new MediaTools({ searchPath: '/nonexistent' });
    await expect(checkedAudio(recorded(1), bare)).rejects.toMatchObject({
      entry: { code: 'PROVIDER_NOT_CONFIGURED' },
      details: { detail: expect.stringContaining('apt-get install ffmpeg') },
    });
    expect((await checkedAudio(tone('webm'), bare)).durationMs).toBeGreaterThan(1_900);
  });
});

function silentFilm(): Buffer {
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=duration=1:size=64x64:rate=5'];
  return execFileSync('ffmpeg', [...args, '-c:v', 'libvpx', '-f', 'webm', '-live', '1', 'pipe:1']);
}

describe('a data URI', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const uri = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
        expect([...bytesOfDataUri(uri)]).toEqual([...bytes]);
      }),
    );
  });

  it.each([
    ['STUDIO_1700', 'data:image/png,plain'],
    ['STUDIO_1700', 'data:;base64,***'],
    ['STUDIO_1700', 'data:image/png;base64,AAAAA'],
    ['STUDIO_1700', `data:${';a=b'.repeat(100)};base64,AAAA`],
    ['STUDIO_1701', `data:image/png;base64,${'A'.repeat(36_000_000)}`],
  ])('%s for %.40s', (code, uri) => {
    expect(() => bytesOfDataUri(uri)).toThrow(
      expect.objectContaining({ entry: expect.objectContaining({ code }) }),
    );
  });
});

/** The beginning of a HEIC file (ISO/IEC 23008-12): its brand is what is looked at, its picture nobody here can decode. */
function heic(): Buffer {
  const brand = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4)]);
  return Buffer.concat([brand, Buffer.from('mif1heic'), Buffer.alloc(400)]);
}

function noise() {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  return sharp({ create: { width: 64, height: 64, channels: 3, background: '#000', noise } });
}

function halved(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
