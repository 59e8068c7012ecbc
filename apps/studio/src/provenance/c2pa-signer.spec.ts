import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { ManualClock } from '@eventzr/config';
import type { StudioConfig } from '../config.js';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { readOrigin } from '../providers/local/origin/read-origin.js';
import { type SignedKind, signatureFaults, storeIn, toldBy } from './c2pa-checks.fake.js';
import { C2paSigner } from './c2pa-signer.js';
import { type Mark, sourceTypeOf } from './mark.js';
import { marked } from './marked-file.js';
import type { Parent } from './parent.js';

const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const TRAINED = `${VOCABULARY}trainedAlgorithmicMedia`;
const MARK: Mark = {
  sourceType: TRAINED,
  tool: 'EventZR Studio (openai, gpt)',
  jobId: '019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e',
  madeAt: new Date('2026-01-15T09:00:02Z'),
};
const MIME_TYPES = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webp: 'image/webp',
  wav: 'audio/wav',
} as const;
const tagging = { tools: new MediaTools(), signal: new AbortController().signal };

describe('C2PA', () => {
  let folder: string;
  let signer: C2paSigner;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'c2pa-'));
    signer = new C2paSigner({ embedded: true, dataDir: folder } as StudioConfig, new ManualClock(Date.now()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function plain(kind: SignedKind): Promise<Buffer> {
    if (kind === 'png' || kind === 'jpeg' || kind === 'webp') {
      const size = { width: 64, height: 40, channels: 3 } as const;
      return sharp({ create: { ...size, background: '#c83c1e' } })
        .toFormat(kind)
        .toBuffer();
    }
    const file = path.join(folder, `plain.${kind}`);
    const film = kind === 'mp4' ? ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:duration=1'] : [];
    const tone = ['-f', 'lavfi', '-i', 'sine=duration=1'];
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...film, ...tone, file]);
    return readFileSync(file);
  }

  async function signed(kind: SignedKind, mark = MARK): Promise<Buffer> {
    const file = { bytes: await plain(kind), mimeType: MIME_TYPES[kind], extension: kind };
    const tagged = (await marked(file, mark, tagging)) ?? file.bytes;
    const bytes = await signer.signed(tagged, file.mimeType, mark);
    if (bytes === undefined) throw new Error(`${kind} was not signed`);
    return bytes;
  }

  function exif(bytes: Buffer, kind: SignedKind): string {
    const file = path.join(folder, `signed.${kind}`);
    writeFileSync(file, bytes);
    return execFileSync('exiftool', ['-j', '-a', '-u', '-G3', file], { encoding: 'utf8' });
  }

  /** A picture made from `source`, which was handed in. */
  async function madeFrom(source: Buffer, provider: string, kind: SignedKind): Promise<Buffer> {
    const { manifests, sourceType } = await readOrigin({ bytes: source });
    const parent: Parent = {
      id: 'input-1',
      mimeType: 'image/png',
      ...(sourceType === undefined ? {} : { sourceType }),
      ...(manifests === undefined ? {} : { manifests: Buffer.from(manifests) }),
    };
    return signed(kind, { ...MARK, sourceType: sourceTypeOf({ provider, parent }), parent });
  }

  it.each<SignedKind>(['png', 'jpeg', 'webp', 'mp3', 'wav', 'm4a', 'mp4'])(
    '%s is valid, is seen by exiftool, and shows when a byte was changed',
    async (kind) => {
      const bytes = await signed(kind);
      expect(await signatureFaults(bytes, kind)).toEqual([]);
      expect(exif(bytes, kind)).toMatch(/c2pa/i);
      expect(exif(bytes, kind)).toContain('trainedAlgorithmicMedia');
      expect(toldBy(bytes, kind)).toEqual({
        actions: [['c2pa.created', TRAINED]],
        ingredients: [],
        uses: [],
      });
      // Pictures have their own mark before the manifest, sound and films behind it.
      const [first, last] = [
        bytes.indexOf('trainedAlgorithmicMedia'),
        bytes.lastIndexOf('trainedAlgorithmicMedia'),
      ];
      const mark = kind === 'mp3' || kind === 'm4a' || kind === 'mp4' ? last : first;
      const content = kind === 'webp' || kind === 'wav' ? 60 : bytes.length - 40;
      for (const at of [mark, content]) {
        const tampered = Buffer.from(bytes);
        tampered.writeUInt8(tampered.readUInt8(at) ^ 1, at);
        expect((await signatureFaults(tampered, kind)).length).toBeGreaterThan(0);
      }
    },
  );

  it.each<SignedKind>(['mp3', 'wav', 'm4a', 'mp4'])(
    'leaves %s whose every sample is the same, and its tags',
    async (kind) => {
      const decoded = (bytes: Buffer, name: string) => {
        const file = path.join(folder, `${name}.${kind}`);
        writeFileSync(file, bytes);
        const md5 = execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'md5', '-']);
        const shown = execFileSync('ffprobe', ['-v', 'error', '-show_format', '-of', 'json', file]);
        return { md5: String(md5), format: (JSON.parse(String(shown)) as { format: object }).format };
      };
      const before = decoded(await plain(kind), 'before');
      const after = decoded(await signed(kind), 'after');
      expect(after.md5).toBe(before.md5);
      expect(JSON.stringify(after.format)).toContain(TRAINED);
    },
  );

  it('gives a film back with the brands that it came with', async () => {
    const brands = (bytes: Buffer) => bytes.toString('latin1', 0, bytes.readUInt32BE(0));
    const file = { bytes: await plain('mp4'), mimeType: 'video/mp4', extension: 'mp4' };
    const tagged = (await marked(file, MARK, tagging)) ?? file.bytes;
    expect(brands((await signer.signed(tagged, 'video/mp4', MARK)) ?? tagged)).toBe(brands(tagged));
  });

  it.each<SignedKind>(['png', 'jpeg', 'webp'])(
    'a changed %s was opened and edited, and names what it was',
    async (kind) => {
      const source = await signed('png');
      const earlier = storeIn(source, 'png').getActiveManifest();
      const content = Buffer.from(earlier?.sourceBox?.toBuffer() ?? []);
      const bytes = await madeFrom(source, 'local', kind);
      expect(await signatureFaults(bytes, kind)).toEqual([]);
      expect(toldBy(bytes, kind)).toEqual({
        actions: [
          ['c2pa.opened', TRAINED],
          ['c2pa.edited', TRAINED],
        ],
        ingredients: [
          {
            relationship: 'parentOf',
            instanceID: 'xmp:iid:input-1',
            manifest: `self#jumbf=/c2pa/${earlier?.label}`,
            hash: createHash('sha256').update(content).digest('hex'),
          },
        ],
        uses: ['self#jumbf=c2pa.assertions/c2pa.ingredient.v2'],
      });
      const carried = Buffer.from(storeIn(bytes, kind).getBytes());
      expect(carried.includes(content)).toBe(true);
      // Of WebP exiftool shows that there is such a chunk, and does not look into it.
      const seen = kind === 'webp' ? bytes.toString('latin1') : exif(bytes, kind);
      expect(seen).toMatch(/c2pa\.opened/);
      expect(seen).toMatch(/c2pa\.edited/);
    },
  );

  it('names a source without any mark as an ingredient of unknown origin', async () => {
    const bytes = await madeFrom(await plain('png'), 'openai', 'png');
    expect(await signatureFaults(bytes, 'png')).toEqual([]);
    expect(toldBy(bytes, 'png')).toMatchObject({
      actions: [
        ['c2pa.opened', undefined],
        ['c2pa.edited', `${VOCABULARY}compositeWithTrainedAlgorithmicMedia`],
      ],
      ingredients: [{ relationship: 'parentOf', manifest: undefined }],
    });
  });

  it.each<SignedKind>(['png', 'jpeg', 'webp'])(
    'carries a chain of five changes in %s, all of it valid',
    async (kind) => {
      let bytes = await signed(kind);
      for (let change = 0; change < 5; change++) bytes = await madeFrom(bytes, 'local', kind);
      expect(await signatureFaults(bytes, kind)).toEqual([]);
      expect(storeIn(bytes, kind).manifests).toHaveLength(6);
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 64, height: 40 });
    },
  );

  describe('the origin of a picture', () => {
    it('is read from its manifest, or else from its XMP', async () => {
      const origin = await readOrigin({ bytes: await signed('jpeg') });
      expect(origin.sourceType).toBe(TRAINED);
      expect(origin.manifests?.length).toBeGreaterThan(1_000);
      const file = { bytes: await plain('png'), mimeType: 'image/webp', extension: 'webp' };
      const webp = { ...file, bytes: await sharp(file.bytes).webp().toBuffer() };
      expect(await readOrigin({ bytes: (await marked(webp, MARK, tagging)) ?? webp.bytes })).toEqual({
        sourceType: TRAINED,
      });
      expect(await readOrigin({ bytes: file.bytes })).toEqual({});
    });

    it('is not believed of a manifest that does not fit the file; the plain mark still counts', async () => {
      const tampered = await signed('png');
      const at = tampered.lastIndexOf('IDAT') + 10;
      tampered.writeUInt8(tampered.readUInt8(at) ^ 1, at);
      expect(await readOrigin({ bytes: tampered })).toEqual({ sourceType: TRAINED });
    });

    it('is unknown of bytes that only look like it', async () => {
      const cut = (await signed('png')).subarray(0, 4_000);
      expect((await readOrigin({ bytes: cut })).manifests).toBeUndefined();
      expect(await readOrigin({ bytes: Buffer.from('c2pa jumb DigitalSourceType') })).toEqual({});
    });
  });
});
