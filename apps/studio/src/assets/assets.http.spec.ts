import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import type { User } from '../scene.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const ASSETS = '/studio/v1/assets';
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';
const DAY = 86_400_000;

interface Shown {
  readonly id: string;
  readonly jobId: string;
  readonly bytes: number;
  readonly contentUrl: string;
  readonly expiresAt: string;
}

let app: TestService;
let scene: Scene;
let user: User;

beforeAll(async () => {
  app = await startService(studio);
  scene = new Scene(app);
});
beforeEach(async () => {
  user = await app.as();
});
afterAll(() => app.close());

async function finished(wish: object = CAKE, by: User = user): Promise<Shown[]> {
  const id = await scene.submit(by, wish);
  await scene.work();
  return (await scene.job(by, id)).assets;
}

/** The link's path and query, as a browser would send them to this listener. */
const linkOf = ({ contentUrl }: Shown) =>
  contentUrl.slice(app.environment['PUBLIC_BASE_URL']?.length ?? 'http://localhost:8080'.length);
const anyone = () => app.request();
const first = async () => {
  const [asset] = await finished();
  if (asset === undefined) throw new Error('the job made nothing');
  return asset;
};

describe('GET /assets/:id/content through the signed link', () => {
  it('opens without a header and shows the picture', async () => {
    const asset = await first();
    const { status, headers, body } = await anyone().get(linkOf(asset));
    expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([
      200,
      'image/png',
      'nosniff',
    ]);
    expect((body as Buffer).subarray(1, 4).toString()).toBe('PNG');
    expect((body as Buffer).length).toBe(asset.bytes);
    expect(headers['etag']).toBe(
      `"${createHash('sha256')
        .update(body as Buffer)
        .digest('hex')}"`,
    );
    expect(headers['content-disposition']).toMatch(/^inline; filename="/);
  });

  it('403 when it was tampered with, belongs to another asset, another tenant, or is missing', async () => {
    const [asset, other] = [await first(), await first()];
    const sig = new URL(asset.contentUrl).searchParams.get('sig') ?? '';
    const flipped = sig.slice(0, -2) + (sig.at(-2) === 'A' ? 'B' : 'A') + sig.slice(-1);
    const [, expiry, mac] = sig.split('.');
    const path = `${ASSETS}/${asset.id}/content`;
    for (const address of [
      `${path}?sig=${flipped}`,
      `${path}?sig=${OTHER_TENANT}.${expiry}.${mac}`,
      `${path}?sig=${sig.split('.')[0]}.zzzzzz.${mac}`,
      `${path}?sig=`,
      `${path}?sig=${sig}&sig=${sig}`,
      path,
      `${ASSETS}/${other.id}/content?sig=${sig}`,
    ]) {
      const { status, body } = await anyone().get(address);
      expect([address, status >= 400 && status <= 403, body.data]).toEqual([address, true, null]);
    }
    expect((await anyone().get(`${path}?sig=${flipped}`)).body.error.code).toBe('STUDIO_2001');
  });

  it('403 once it has expired; the asset itself shows a fresh one', async () => {
    const asset = await first();
    app.clock.advance(3_601_000);
    expect((await anyone().get(linkOf(asset))).status).toBe(403);
    const fresh = await (await app.as()).get(`${ASSETS}/${asset.id}`);
    expect((await anyone().get(linkOf(fresh.body.data))).status).toBe(200);
  });
});

describe('GET /assets/:id/content with a token', () => {
  it('200 for the owner and for organizers, 404 for others, 401 for a bad token even on a good link', async () => {
    const asset = await first();
    const path = `${ASSETS}/${asset.id}/content`;
    const readers = [
      user,
      await app.as({ userId: '00000000-0000-4000-8000-000000000b01', roles: ['organizer'] }),
    ];
    for (const reader of readers) expect((await reader.get(path)).status).toBe(200);
    const stranger = await app.as({ userId: '00000000-0000-4000-8000-000000000b02' });
    expect((await stranger.get(path)).status).toBe(404);
    expect((await anyone().get(linkOf(asset)).set('authorization', 'Bearer nonsense')).status).toBe(401);
  });

  it('206 for a range, 416 outside, 304 for who has it already', async () => {
    const asset = await first();
    const get = (headers: Record<string, string>) => user.get(`${ASSETS}/${asset.id}/content`).set(headers);
    const whole = await get({});
    const part = await get({ range: 'bytes=1-3' });
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 1-3/${asset.bytes}`]);
    expect((part.body as Buffer).toString()).toBe('PNG');
    const tail = await get({ range: 'bytes=-5' });
    expect(tail.body as Buffer).toEqual((whole.body as Buffer).subarray(-5));
    const outside = await get({ range: `bytes=${asset.bytes}-` });
    expect([outside.status, outside.headers['content-range']]).toEqual([416, `bytes */${asset.bytes}`]);
    const known = await get({ 'if-none-match': String(whole.headers['etag']) });
    expect([known.status, known.text]).toEqual([304, '']);
    const changed = await get({ range: 'bytes=1-3', 'if-range': '"other"' });
    expect(changed.status).toBe(200);
  });
});

describe('GET /assets', () => {
  it('pages through one’s own, newest first; a job shows its variants in their order', async () => {
    const reader = await app.as({ userId: '00000000-0000-4000-8000-000000000b03' });
    const [older, newer] = [
      await finished({ ...CAKE, variants: 3, seed: 1 }, reader),
      await finished({ ...CAKE, variants: 2, seed: 1 }, reader),
    ];
    const seeds = older.map((asset) => (asset as unknown as { seed: number }).seed);
    expect(seeds).toEqual([1, 1 + 7919, 1 + 2 * 7919]);
    // Ids begin with the moment at which each was stored.
    const expected = [...older, ...newer]
      .map(({ id }) => id)
      .sort()
      .reverse();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await reader.get(ASSETS).query(cursor === '' ? { limit: 2 } : { limit: 2, cursor });
      seen.push(...(body.data as Shown[]).map(({ id }) => id));
      cursor = body.page.next_cursor;
    }
    expect(seen).toEqual(expected);
    const { body } = await reader.get(ASSETS).query({ jobId: older[0]?.jobId, type: 'image' });
    expect((body.data as Shown[]).map(({ jobId }) => jobId)).toEqual(older.map(({ jobId }) => jobId));
  });

  it.each([{ cursor: 'nonsense' }, { limit: 101 }, { type: 'dream' }, { jobId: '1' }])(
    '400 for %j',
    async (query) => {
      const { status, body } = await user.get(ASSETS).query(query);
      expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
    },
  );
});

describe('DELETE /assets/:id', () => {
  it('200, then 404 everywhere; the purge removes its bytes and its row', async () => {
    const [asset, kept] = await finished({ ...CAKE, variants: 2 });
    if (asset === undefined || kept === undefined) throw new Error('the job made too little');
    const removed = await user.delete(`${ASSETS}/${asset.id}`);
    expect([removed.status, removed.body.data.id]).toEqual([200, asset.id]);
    for (const answer of [
      await user.get(`${ASSETS}/${asset.id}`),
      await user.get(`${ASSETS}/${asset.id}/content`),
      await user.delete(`${ASSETS}/${asset.id}`),
      await anyone().get(linkOf(asset)),
    ])
      expect([answer.status, answer.body.error.code]).toEqual([404, 'STUDIO_2000']);
    expect((await scene.job(user, asset.jobId)).assets.map(({ id }: Shown) => id)).toEqual([kept.id]);

    expect(await scene.files(asset.jobId)).toHaveLength(4);
    expect(await scene.sweep('purge-expired')).toMatchObject({ succeeded: 1, failed: 0 });
    expect((await scene.files(asset.jobId)).sort()).toEqual([`${kept.id}.png`, `${kept.id}.thumbnail.webp`]);
    expect(await scene.rows('SELECT FROM assets WHERE id = $1', [asset.id])).toEqual([]);
    expect((await user.get(`${ASSETS}/${kept.id}/content`)).status).toBe(200);
  });

  it('400 for the files of a job whose id is none', async () => {
    const { status, body } = await (await app.as()).get(`/studio/v1/assets?jobId=${'-'.repeat(36)}`);
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('404 for an asset that nobody has', async () => {
    expect((await user.delete(`${ASSETS}/00000000-0000-4000-8000-00000000dead`)).status).toBe(404);
  });
});

describe('purge-expired', () => {
  it('removes what is past its retention, once, also when two run at once', async () => {
    const asset = await first();
    expect(await scene.sweep('purge-expired')).toMatchObject({ succeeded: 0 });
    app.clock.advance(91 * DAY);
    const reports = await Promise.all([scene.sweep('purge-expired'), scene.sweep('purge-expired')]);
    expect(reports.map(({ failed }) => failed)).toEqual([0, 0]);
    expect(await scene.files(asset.jobId)).toEqual([]);
    expect(await scene.rows('SELECT FROM assets')).toEqual([]);
    user = await app.as();
    expect((await user.get(`${ASSETS}/${asset.id}`)).status).toBe(404);
    expect((await scene.job(user, asset.jobId)).status).toBe('succeeded');
  });
});
