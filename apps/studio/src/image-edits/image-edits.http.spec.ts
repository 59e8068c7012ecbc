import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import sharp from 'sharp';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const TRANSFORM = '/studio/v1/images/transform';
const CUT = '/studio/v1/images/remove-background';
const VARY = '/studio/v1/images/variations';
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';

/** A red disc before a plain wall. */
async function disc(): Promise<Buffer> {
  const shape = Buffer.from(
    '<svg width="320" height="240"><circle cx="160" cy="120" r="70" fill="#c0392b"/></svg>',
  );
  const wall = sharp({ create: { width: 320, height: 240, channels: 3, background: '#e9e5dc' } });
  return wall
    .composite([{ input: shape }])
    .png()
    .toBuffer();
}

describe('pictures from pictures', () => {
  let app: TestService;
  let scene: Scene;
  let site: Server;
  let picture: Buffer;
  let dataUri: string;

  beforeAll(async () => {
    picture = await disc();
    dataUri = `data:image/png;base64,${picture.toString('base64')}`;
    site = createServer((request, response) => {
      if (request.url === '/disc.png') response.setHeader('content-type', 'image/png').end(picture);
      else if (request.url === '/inside')
        response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (request.url === '/page') response.end('<html>no picture</html>');
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    app = await startService(studio, { environment: { PUBLIC_BASE_URL: address } });
    scene = new Scene(app);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(async () => {
    await app.close();
    site.closeAllConnections();
    site.close();
  });

  const own = (path: string): string => app.environment.PUBLIC_BASE_URL + path;

  /** Asks, works, and gives back the job and the bytes of its files. */
  async function made(path: string, wish: object) {
    const user = await app.as();
    const { status, body } = await user.post(path).send(wish);
    expect([status, body.error]).toEqual([202, null]);
    await scene.work();
    const job = await scene.job(user, body.data.jobId);
    expect([job.status, job.error]).toEqual(['succeeded', null]);
    const files: Buffer[] = [];
    for (const { id } of job.assets)
      files.push((await user.get(`/studio/v1/assets/${id}/content`)).body as Buffer);
    return { job, files };
  }

  it('cuts the subject out: opaque in the middle, transparent at the corners', async () => {
    const { job, files } = await made(CUT, { imageUrl: dataUri });
    expect(job).toMatchObject({ type: 'background-removal', creditsCharged: 25, provider: 'local' });
    const alpha = await sharp(files[0]).extractChannel(3).raw().toBuffer();
    expect([alpha[0], alpha[319], alpha[120 * 320 + 160]]).toEqual([0, 0, 255]);
    expect(job.assets[0].provenance.limits.join()).toMatch(/basic cut-out/);
    expect(job.assets[0].thumbnailUrl).toEqual(expect.stringContaining('/thumbnail?'));
    expect(job.assets[0].provenance.marks).toEqual(['metadata', 'c2pa']);
    expect(String(files[0])).toContain('digitalsourcetype/algorithmicallyEnhanced');
  });

  it.each<[object, [number, number]]>([
    [{ transformation: 'resize', width: 100, height: 50 }, [100, 50]],
    [{ transformation: 'resize', width: 160 }, [160, 120]],
    [{ transformation: 'crop' }, [240, 240]],
    [{ transformation: 'crop', width: 64, height: 128 }, [64, 128]],
    [{ transformation: 'upscale' }, [640, 480]],
    [{ transformation: 'filter', styleReference: 'sepia' }, [320, 240]],
    [{ transformation: 'enhance', outputFormat: 'jpeg' }, [320, 240]],
    [{ transformation: 'colorize', styleReference: '#2255cc' }, [320, 240]],
    [{ transformation: 'style-transfer', styleReference: 'noir', outputFormat: 'webp' }, [320, 240]],
  ])('%j gives a picture of %j', async (wish, size) => {
    const { job, files } = await made(TRANSFORM, { imageUrl: own('/disc.png'), ...wish });
    const { width, height } = await sharp(files[0]).metadata();
    expect([width, height]).toEqual(size);
    expect(job).toMatchObject({ type: 'image-transform', creditsCharged: 25 });
  });

  it('makes four variations that can be told apart, and charges for each', async () => {
    const { job, files } = await made(VARY, { imageUrl: dataUri, variants: 4, seed: 3 });
    expect([job.assets.length, job.creditsCharged]).toEqual([4, 120]);
    const small = await Promise.all(
      files.map((file) => sharp(file).removeAlpha().resize(16, 16, { fit: 'fill' }).raw().toBuffer()),
    );
    for (const [index, one] of small.entries())
      for (const other of small.slice(index + 1)) {
        const apart =
          one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
        expect(apart).toBeGreaterThan(5);
      }
  });

  it('cuts its own drawings out along their own lines, each variant along its own', async () => {
    const user = await app.as();
    const jobId = await scene.submit(user, { ...CAKE, prompt: 'a bride at the sea', variants: 2, seed: 5 });
    await scene.work();
    for (const { id } of (await scene.job(user, jobId)).assets) {
      const { job } = await made(CUT, { assetId: id });
      expect(job.assets[0].provenance.limits.join()).toMatch(/subjects as they were drawn/);
    }
  });

  it('works on a file that studio made, by id and by its signed link, and transfers its colours', async () => {
    const user = await app.as();
    const jobId = await scene.submit(user, CAKE);
    await scene.work();
    const [asset] = (await scene.job(user, jobId)).assets;
    await made(TRANSFORM, { assetId: asset.id, transformation: 'resize', width: 64 });
    await made(TRANSFORM, {
      imageUrl: asset.contentUrl,
      transformation: 'style-transfer',
      styleReference: asset.id,
    });
    const forged = asset.contentUrl.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A'));
    const refused = await user.post(TRANSFORM).send({ imageUrl: forged, transformation: 'enhance' });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'STUDIO_2001']);
    const stranger = await app.as({ tenantId: OTHER_TENANT });
    const hidden = await stranger.post(CUT).send({ assetId: asset.id });
    expect([hidden.status, hidden.body.error.code]).toEqual([404, 'STUDIO_2000']);
    const colleague = await app.as({ tenantId: TEST_TENANT, userId: 'b0000000-0000-4000-8000-0000000000ff' });
    expect((await colleague.post(CUT).send({ assetId: asset.id })).status).toBe(404);
  });

  it.each<[number, string, string, () => object]>([
    [400, 'STUDIO_1700', 'no picture', () => ({})],
    [400, 'STUDIO_1700', 'two pictures', () => ({ imageUrl: dataUri, assetId: OTHER_TENANT })],
    [400, 'STUDIO_1700', 'plain http', () => ({ imageUrl: 'http://example.com/a.png' })],
    [400, 'STUDIO_1700', 'a file address', () => ({ imageUrl: 'file:///etc/passwd' })],
    [400, 'STUDIO_1700', 'a damaged data URI', () => ({ imageUrl: 'data:image/png;base64,%%%' })],
    [422, 'STUDIO_1702', 'loopback', () => ({ imageUrl: 'https://127.0.0.1/a.png' })],
    [422, 'STUDIO_1702', 'loopback by name', () => ({ imageUrl: 'https://localhost/a.png' })],
    [
      422,
      'STUDIO_1702',
      'the metadata host',
      () => ({ imageUrl: 'https://169.254.169.254/latest/meta-data' }),
    ],
    [422, 'STUDIO_1702', 'a mapped address', () => ({ imageUrl: 'https://[::ffff:10.0.0.1]/' })],
    [400, 'STUDIO_1700', 'a redirect inside', () => ({ imageUrl: own('/inside') })],
    [422, 'STUDIO_1702', 'a page that is not there', () => ({ imageUrl: own('/none') })],
    [415, 'STUDIO_1703', 'a page instead of a picture', () => ({ imageUrl: own('/page') })],
    [404, 'STUDIO_2000', 'an asset that is not there', () => ({ assetId: OTHER_TENANT })],
    [400, 'STUDIO_1004', 'an unknown provider', () => ({ imageUrl: dataUri, provider: 'nobody' })],
  ])('%i %s for %s, and nothing is held', async (status, code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const answer = await (await app.as()).post(CUT).send(wish());
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it.each<[string, object]>([
    ['STUDIO_1006', { transformation: 'melt' }],
    ['STUDIO_1006', { transformation: 'filter', styleReference: 'nothing-we-know' }],
    ['STUDIO_1006', { transformation: 'style-transfer', styleReference: 'nothing-we-know' }],
    ['VALIDATION_FAILED', { transformation: 'resize', width: 5_000 }],
    ['VALIDATION_FAILED', { transformation: 'enhance', strength: 1.5 }],
  ])('400 %s for %j', async (code, wish) => {
    const { status, body } = await (await app.as()).post(TRANSFORM).send({ imageUrl: dataUri, ...wish });
    expect([status, body.error.code]).toEqual([400, code]);
  });

  it('estimates what the route holds', async () => {
    const user = await app.as();
    const request = { imageUrl: dataUri, variants: 2 };
    const estimate = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'images.variations', request });
    const receipt = await user.post(VARY).send(request);
    expect(estimate.body.data.credits).toBe(receipt.body.data.creditsReserved);
  });

  it('forgets what was handed in after a week', async () => {
    app.clock.advance(8 * 24 * 3_600_000);
    await scene.sweep('purge-expired');
    expect(await scene.rows('SELECT id FROM input_files')).toEqual([]);
  });
});
