import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BASE, STARTUP_CO, PNG, type Agent, VaultWorld } from './vault-world.fake.js';

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
}, 60_000);

afterAll(() => world.close());

describe('GET /assets/:id/content', () => {
  const content = Buffer.concat([PNG, randomBytes(5000)]);
  let agent: Agent;
  let asset: { id: string; contentUrl: string };
  let path: string;

  beforeAll(async () => {
    agent = await world.organizer();
    asset = await world.stored(agent, { content, filename: `a 'quoted' näme.png` });
    path = `${BASE}/assets/${asset.id}/content`;
  });

  it('200 with the bytes, their type, and nothing that a browser could run', async () => {
    const { status, body, headers } = await agent.get(path);
    expect(status).toBe(200);
    expect(body).toEqual(content);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(content.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      etag: `"${createHash('sha256').update(content).digest('hex')}"`,
    });
    expect(headers['content-disposition']).toBe(
      `inline; filename="a 'quoted' n_me.png"; filename*=UTF-8''a%20%27quoted%27%20n%C3%A4me.png`,
    );
    const attached = await agent.get(`${path}?download=true`);
    expect(attached.headers['content-disposition']).toMatch(/^attachment;/);
  });

  it('206 for any range, exactly those bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length - 1), fc.nat(content.length + 100), async (start, length) => {
        const { status, body, headers } = await agent
          .get(path)
          .set('range', `bytes=${start}-${start + length}`);
        const end = Math.min(start + length, content.length - 1);
        expect([status, headers['content-range']]).toEqual([206, `bytes ${start}-${end}/${content.length}`]);
        expect(body).toEqual(content.subarray(start, end + 1));
      }),
      { numRuns: 25 },
    );
    expect((await agent.get(path).set('range', 'bytes=-3')).body).toEqual(content.subarray(-3));
  });

  it('416 behind the end, 304 for what the caller has', async () => {
    const beyond = await agent.get(path).set('range', 'bytes=999999-');
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${content.length}`]);
    const { headers } = await agent.get(path);
    const known = await agent.get(path).set('if-none-match', String(headers['etag']));
    expect([known.status, known.text ?? '']).toEqual([304, '']);
    const changed = await agent.get(path).set({ range: 'bytes=0-1', 'if-range': '"other"' });
    expect(changed.status).toBe(200);
  });

  it('200 by the signed link alone, until it expires', async () => {
    const link = new URL(asset.contentUrl);
    const open = () => world.app.request().get(`${link.pathname}${link.search}`);
    expect((await open()).body).toEqual(content);
    expect((await open().set('range', 'bytes=0-7')).status).toBe(206);
    world.app.clock.advance(3_600_000);
    const late = await open();
    expect([late.status, late.body.error.code]).toEqual([403, 'ERR_VAULT_FORBIDDEN']);
  });

  it('403 for a link that was tampered with or belongs to another asset, 401 for none', async () => {
    const agent = await world.organizer();
    const [one, two] = [await world.stored(agent), await world.stored(agent)];
    const { search } = new URL(one.contentUrl);
    const get = (id: string, query: string) =>
      world.app.request().get(`${BASE}/assets/${id}/content${query}`);
    expect((await get(two.id, search)).status).toBe(403);
    const flipped = search.slice(0, -2) + (search.at(-2) === 'A' ? 'B' : 'A') + search.slice(-1);
    expect((await get(one.id, flipped)).status).toBe(403);
    expect(
      (await get(one.id, search.replace('00000000-0000-0000-0000-000000000001', STARTUP_CO))).status,
    ).toBe(403);
    const none = await get(one.id, '');
    expect([none.status, none.body.error.code]).toEqual([401, 'ERR_VAULT_UNAUTHORIZED']);
  });
});
