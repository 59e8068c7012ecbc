import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { ByteStore } from '@eventzr/storage';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { FilmChecks } from '../providers/local/video/film-checks.fake.js';
import { plateFor } from '../providers/local/label/plate.js';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import type { FakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { signatureFaults, storeIn, toldBy } from './c2pa-checks.fake.js';

const IMAGES = '/studio/v1/images';
const GENERATE = `${IMAGES}/generate`;
const TRANSFORM = `${IMAGES}/transform`;
const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
/** The recogniser takes a capital I for an l. */
const LABEL = /^A[Il] ?generated$/;
const films = new FilmChecks(new MediaTools());

/** What a recogniser reads in the corner where the label stands. */
async function readLabel(picture: Buffer, corner: 'bottom-right' | 'top-right'): Promise<string> {
  const { width, height } = await sharp(picture).metadata();
  const { left, top, width: wide, height: high } = plateFor({ width, height }, corner);
  const words = { left: left + Math.round(wide * 0.22), width: Math.round(wide * 0.71) };
  const plate = await sharp(picture)
    .extract({ ...words, top: top + 2, height: high - 4 })
    .flatten({ background: '#000000' })
    .negate()
    .greyscale()
    .normalise()
    .resize({ height: 100, kernel: 'cubic' })
    .extend({ top: 30, bottom: 30, left: 30, right: 30, background: '#ffffff' })
    .png()
    .toBuffer();
  const answer = execFileSync('tesseract', ['-', '-', '--psm', '7'], {
    input: plate,
    stdio: ['pipe', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return answer.trim();
}

describe('where files came from', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: FakeOpenAiImages;

  beforeAll(async () => {
    vendor = await startFakeOpenAiImages();
    const environment = {
      OPENAI_API_KEY: vendor.apiKey,
      OPENAI_BASE_URL: vendor.baseUrl,
      MODERATION: 'local',
      IMAGE_MODERATION: 'off',
    };
    app = await startService(studio, { environment });
    scene = new Scene(app);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  async function made(path: string, wish: object) {
    const user = await app.as();
    const { status, body } = await user.post(path).send(wish);
    expect([status, body.error]).toEqual([202, null]);
    await scene.work();
    const job = await scene.job(user, body.data.jobId);
    expect([job.status, job.error]).toEqual(['succeeded', null]);
    const [asset] = job.assets;
    const content = await user.get(`/studio/v1/assets/${asset.id}/content`);
    return { asset, bytes: content.body as Buffer };
  }

  describe('the label', () => {
    it('stands on a picture that asked for it, under the signature, and on no other', async () => {
      const wish = { ...CAKE, seed: 5 };
      const bare = await made(GENERATE, wish);
      const { asset, bytes } = await made(GENERATE, { ...wish, label: true });
      expect(await readLabel(bytes, 'bottom-right')).toMatch(LABEL);
      expect(await readLabel(bare.bytes, 'bottom-right')).not.toMatch(/generated/);
      expect(asset.provenance).toMatchObject({ visibleLabel: 'AI generated', marks: ['metadata', 'c2pa'] });
      expect(bare.asset.provenance.visibleLabel).toBeUndefined();
      expect(await signatureFaults(bytes, 'png')).toEqual([]);
      const upper = { left: 0, top: 0, width: 256, height: 200 };
      const [one, other] = await Promise.all(
        [bytes, bare.bytes].map((each) => sharp(each).extract(upper).raw().toBuffer()),
      );
      expect(Buffer.compare(one ?? bytes, other ?? bare.bytes)).toBe(0);
    });

    it.each(['png', 'jpeg', 'webp'])("stands on a vendor's %s", async (format) => {
      const wish = { prompt: 'a cake', width: 512, height: 512, provider: 'openai', format, label: true };
      const { asset, bytes } = await made(GENERATE, wish);
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 512, height: 512, format });
      expect(await readLabel(bytes, 'bottom-right')).toMatch(LABEL);
      expect(asset.provenance).toMatchObject({ provider: 'openai', visibleLabel: 'AI generated' });
    });

    it.each<[string, object]>([
      ['transform', { transformation: 'enhance' }],
      ['variations', { variants: 1 }],
      ['remove-background', {}],
    ])('stands on what %s makes', async (path, wish) => {
      const source = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#e9e5dc' } })
        .composite([
          { input: Buffer.from('<svg width="320" height="240"><circle cx="160" cy="110" r="70"/></svg>') },
        ])
        .png()
        .toBuffer();
      const imageUrl = `data:image/png;base64,${source.toString('base64')}`;
      const { asset, bytes } = await made(`${IMAGES}/${path}`, {
        imageUrl,
        label: true,
        provider: 'local',
        ...wish,
      });
      expect(await readLabel(bytes, 'bottom-right')).toMatch(LABEL);
      expect(asset.provenance.marks).toEqual(['metadata', 'c2pa']);
      expect(await signatureFaults(bytes, 'png')).toEqual([]);
    });

    it('stands on every picture of a film, whose sound and length stay', async () => {
      const wish = { prompt: 'A lake at sunset.', durationSeconds: 3, music: true, provider: 'local' };
      const { asset, bytes } = await made('/studio/v1/videos/generate', { ...wish, label: true });
      expect(asset).toMatchObject({ mimeType: 'video/mp4', durationMs: 3_000 });
      expect(asset.provenance).toMatchObject({ visibleLabel: 'AI generated' });
      const { durationMs, streams } = await films.probe(bytes);
      expect(Math.abs(durationMs - 3_000)).toBeLessThan(60);
      expect(streams.map(({ codec }) => codec).sort()).toEqual(['aac', 'h264']);
      for (const seconds of [0.1, 2.8])
        expect(await readLabel(await films.frame(bytes, seconds), 'top-right')).toMatch(LABEL);
      expect(asset.provenance.marks).toEqual(['metadata', 'c2pa']);
      expect(await signatureFaults(bytes, 'mp4')).toEqual([]);
      const thumbnail = await scene.download(asset.thumbnailUrl);
      expect(thumbnail.includes('digitalsourcetype/algorithmicMedia')).toBe(true);
      expect(await readLabel(thumbnail, 'top-right')).toMatch(LABEL);
    });

    it('stands on a poster as words that can be searched for', async () => {
      const party = { title: 'Harbour Lights', date: '2027-06-12T19:30', venue: 'Pier 7, Hamburg' };
      const wish = { ...party, design: 'layout', sizes: ['linkedin'], formats: ['pdf'], label: true };
      const { asset, bytes } = await made('/studio/v1/posters/generate', wish);
      const words = execFileSync('pdftotext', ['-', '-'], { input: bytes, encoding: 'utf8' });
      expect(words).toContain('AI generated');
      expect(asset.provenance).toMatchObject({ visibleLabel: 'AI generated', marks: ['metadata'] });
    });

    it.each(['yes', 1, 'true'])('400 for %j', async (label) => {
      const { status } = await (await app.as()).post(GENERATE).send({ ...CAKE, label });
      expect(status).toBe(400);
    });
  });

  describe('what is made from what we made', () => {
    it('stays our drawing, signed, with the source and its manifest as ingredient', async () => {
      const source = await made(GENERATE, CAKE);
      const wish = {
        assetId: source.asset.id,
        transformation: 'filter',
        styleReference: 'sepia',
        provider: 'local',
      };
      const { asset, bytes } = await made(TRANSFORM, wish);
      const algorithmic = `${VOCABULARY}algorithmicMedia`;
      expect(asset.provenance).toMatchObject({ digitalSourceType: algorithmic, marks: ['metadata', 'c2pa'] });
      expect(await signatureFaults(bytes, 'png')).toEqual([]);
      const label = storeIn(source.bytes, 'png').getActiveManifest()?.label;
      expect(toldBy(bytes, 'png')).toMatchObject({
        actions: [
          ['c2pa.opened', algorithmic],
          ['c2pa.edited', algorithmic],
        ],
        ingredients: [{ relationship: 'parentOf', manifest: `self#jumbf=/c2pa/${label}` }],
      });
    });

    it.each(['png', 'webp'])('keeps that a model made the %s, when we only crop it', async (format) => {
      const wish = { prompt: 'a cake', width: 512, height: 512, provider: 'openai', format };
      const source = await made(GENERATE, wish);
      const crop = {
        assetId: source.asset.id,
        transformation: 'crop',
        provider: 'local',
        outputFormat: 'jpeg',
      };
      const { asset, bytes } = await made(TRANSFORM, crop);
      expect(asset.provenance.digitalSourceType).toBe(`${VOCABULARY}trainedAlgorithmicMedia`);
      expect(await signatureFaults(bytes, 'jpeg')).toEqual([]);
      expect(storeIn(bytes, 'jpeg').manifests).toHaveLength(2);
    });

    it('forgets the manifests with the copy that they lie beside', async () => {
      const keys = async () => {
        const names: string[] = [];
        const store = app.service.app.get(ByteStore, { strict: false });
        for await (const { key } of store.list('')) names.push(key);
        return names.filter((key) => key.includes('/inputs/'));
      };
      expect((await keys()).some((key) => key.endsWith('.c2pa'))).toBe(true);
      app.clock.advance(8 * 24 * 3_600_000);
      await scene.sweep('purge-expired');
      expect(await keys()).toEqual([]);
    });
  });
});
