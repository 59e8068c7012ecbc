import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import sharp from 'sharp';
import type { Asset } from '../assets/assets.repository.js';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { User } from '../scene.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { plainOwnImage } from './own-image.js';

const TRANSFORM = '/studio/v1/images/transform';

interface Kept {
  readonly mime_type: string;
  readonly sha256: string;
}

/** Whoever is judged is refused: no picture that truly would be belongs into a repository. */
const STRICT = { IMAGE_MODERATION: 'on', IMAGE_MODERATION_PORN_PERCENT: '0' };
const STRICT_NAME = 'nsfwjs-mobilenet-v2 porn<0 sexy<95';
const MILD = {
  IMAGE_MODERATION: 'on',
  IMAGE_MODERATION_PORN_PERCENT: '101',
  IMAGE_MODERATION_SEXY_PERCENT: '101',
};
const MILD_NAME = 'nsfwjs-mobilenet-v2 porn<101 sexy<101';

async function begin(environment: Record<string, string>) {
  const app = await startService(studio, {
    environment: { IMAGE_MODERATION_FAILURE: 'closed', ...environment },
  });
  const scene = new Scene(app);
  return { app, scene, user: await app.as() };
}

/** Draws, and gives back what is shown of the asset. */
async function drawn(scene: Scene, user: User, wish: object = {}): Promise<{ id: string; sha256: string }> {
  const jobId = await scene.submit(user, { ...CAKE, ...wish });
  await scene.work();
  const [row] = await scene.rows<{ id: string; sha256: string }>('SELECT id, sha256 FROM assets WHERE job_id = $1', [jobId]); // prettier-ignore
  if (row === undefined) throw new Error('the job made nothing');
  return row;
}

const judgedBy = async (scene: Scene, id: string) =>
  (await scene.rows<{ judged_by: string | null }>('SELECT judged_by FROM assets WHERE id = $1', [id]))[0]
    ?.judged_by;

const resize = (user: User, source: object) =>
  user.post(TRANSFORM).send({ ...source, transformation: 'resize', width: 64 });

describe('a picture of ours that is handed in again', () => {
  let app: TestService;
  let scene: Scene;
  let user: User;

  beforeAll(async () => {
    ({ app, scene, user } = await begin(STRICT));
  });
  beforeEach(async () => {
    app.wallet.balance(10_000);
    await scene.rows('DELETE FROM input_files');
  });
  afterAll(() => app.close());

  const onlyInput = async (): Promise<Kept | undefined> =>
    (await scene.rows<Kept>('SELECT mime_type, sha256 FROM input_files '))[0];

  it.each(['png', 'jpeg'])('%s: is taken as it lies there when its words were judged', async (format) => {
    const asset = await drawn(scene, user, { format });
    expect(await judgedBy(scene, asset.id)).toBe('prompt');
    expect((await resize(user, { assetId: asset.id })).status).toBe(202);
    expect(await onlyInput()).toEqual({ mime_type: `image/${format}`, sha256: asset.sha256 });
    await scene.work();
  });

  it('is taken so by its signed link too', async () => {
    const jobId = await scene.submit(user);
    await scene.work();
    const [{ contentUrl }] = (await scene.job(user, jobId)).assets;
    expect((await resize(user, { imageUrl: contentUrl })).status).toBe(202);
  });

  it('webp: is made into a PNG or JPEG, and not judged again', async () => {
    const asset = await drawn(scene, user, { format: 'webp' });
    expect((await resize(user, { assetId: asset.id })).status).toBe(202);
    const copy = await onlyInput();
    expect([copy?.mime_type.slice(0, 6), copy?.sha256 === asset.sha256]).toEqual(['image/', false]);
    expect(copy?.mime_type).not.toBe('image/webp');
  });

  it('is judged like any other when it comes as bytes', async () => {
    const { id } = await drawn(scene, user);
    const bytes = (await user.get(`/studio/v1/assets/${id}/content`)).body as Buffer;
    const imageUrl = `data:image/png;base64,${bytes.toString('base64')}`;
    const { status, body } = await resize(user, { imageUrl });
    expect([status, body.error.code]).toEqual([422, 'STUDIO_1705']);
  }, 60_000);

  it.each([null, MILD_NAME])(
    'is judged when its row says %j',
    async (name) => {
      const { id } = await drawn(scene, user);
      await scene.rows('UPDATE assets SET judged_by = $2 WHERE id = $1', [id, name]);
      const { status, body } = await resize(user, { assetId: id });
      expect([status, body.error.code, await judgedBy(scene, id)]).toEqual([422, 'STUDIO_1705', name]);
    },
    60_000,
  );

  it('is not judged again by who has judged it', async () => {
    const { id } = await drawn(scene, user);
    await scene.rows('UPDATE assets SET judged_by = $2 WHERE id = $1', [id, STRICT_NAME]);
    expect((await resize(user, { assetId: id })).status).toBe(202);
  });
});

describe('who judged a picture', () => {
  it('is written down for what a vendor made, and for an edit of foreign pixels once somebody did', async () => {
    const vendor = await startFakeOpenAiImages();
    const { app, scene, user } = await begin({
      ...MILD,
      OPENAI_API_KEY: vendor.apiKey,
      OPENAI_BASE_URL: vendor.baseUrl,
      MODERATION: 'local',
    });
    app.wallet.balance(10_000);
    const foreign = await drawn(scene, user, { width: 1024, height: 1024, provider: 'openai' });
    expect(await judgedBy(scene, foreign.id)).toBe(MILD_NAME);

    const flat = sharp({ create: { width: 96, height: 96, channels: 3, background: '#336699' } });
    const imageUrl = `data:image/png;base64,${(await flat.png().toBuffer()).toString('base64')}`;
    const { body } = await resize(user, { imageUrl }).send({ provider: 'local' });
    await scene.work();
    const [{ id }] = (await scene.job(user, body.data.jobId)).assets;
    expect(await judgedBy(scene, id)).toBeNull();
    expect((await resize(user, { assetId: id })).status).toBe(202);
    expect(await judgedBy(scene, id)).toBe(MILD_NAME);
    await app.close();
    await vendor.close();
  }, 90_000);
});

describe('a plain picture', () => {
  const colour = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#c04020' } });
  const asset = (mimeType: string, more: object = {}) =>
    ({ mimeType, width: 40, height: 30, ...more }) as unknown as Asset;

  it.each<[string, Promise<Buffer>, Asset, boolean]>([
    ['a PNG as its row says', colour().png().toBuffer(), asset('image/png'), true],
    ['a JPEG as its row says', colour().jpeg().toBuffer(), asset('image/jpeg'), true],
    ['one of another type than its row says', colour().png().toBuffer(), asset('image/jpeg'), false],
    [
      'one of another size than its row says',
      colour().png().toBuffer(),
      asset('image/png', { width: 41 }),
      false,
    ],
    ['one that lies on its side', colour().withMetadata({ orientation: 6 }).jpeg().toBuffer(), asset('image/jpeg'), false], // prettier-ignore
    ['one in colours of its own', colour().withIccProfile('p3').png().toBuffer(), asset('image/png'), false],
    ['one in grey', colour().greyscale().toColourspace('b-w').png().toBuffer(), asset('image/png'), false],
    ['one of sixteen bits', colour().toColourspace('rgb16').png().toBuffer(), asset('image/png'), false],
    ['WebP', colour().webp().toBuffer(), asset('image/webp'), false],
    ['a text', Promise.resolve(Buffer.from('hello')), asset('image/png'), false],
  ])('%s', async (_what, bytes, row, plain) => {
    expect((await plainOwnImage(await bytes, row)) !== undefined).toBe(plain);
  });
});
