import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, newId } from '@eventzr/config';
import { ByteStore } from '@eventzr/storage';
import { TEST_INTERNAL_KEY, type TestService } from '@eventzr/testing';
import { BASE, STARTUP_CO, ORGANIZER, PNG, type Agent, VaultWorld } from './vault-world.fake.js';

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
}, 60_000);

afterAll(() => world.close());

describe('GET /assets/:id', () => {
  it('200 for its owner and admins, 403 for others of the tenant, 404 for another tenant', async () => {
    const { id } = await world.stored(await world.organizer());
    const seen = async (wish: Parameters<TestService['as']>[0], path = '') => {
      const { status, body } = await (await world.app.as(wish)).get(`${BASE}/assets/${id}${path}`);
      return [status, body?.error?.code];
    };
    for (const path of ['', '/content']) {
      expect(await seen({ userId: ORGANIZER }, path)).toEqual([200, undefined]);
      expect(await seen({ userId: newId(), roles: ['admin'] }, path)).toEqual([200, undefined]);
      expect(await seen({ userId: newId(), roles: ['organizer'] }, path)).toEqual([
        403,
        'ERR_VAULT_PRIVATE_ASSET',
      ]);
      expect(await seen({ tenantId: STARTUP_CO, roles: ['admin'] }, path)).toEqual([
        404,
        'ERR_VAULT_NOT_FOUND',
      ]);
      expect(await seen({ tenantId: STARTUP_CO, userId: ORGANIZER }, path)).toEqual([
        404,
        'ERR_VAULT_NOT_FOUND',
      ]);
    }
  });

  it('200 for everybody of the tenant when it is shared', async () => {
    const { id } = await world.stored(await world.organizer(), { fields: { visibility: 'tenant' } });
    expect((await (await world.app.as()).get(`${BASE}/assets/${id}`)).status).toBe(200);
  });

  it('400 for no UUID, 404 for an unknown one', async () => {
    const agent = await world.app.as();
    expect((await agent.get(`${BASE}/assets/..%2f..%2fx`)).status).toBe(400);
    expect((await agent.get(`${BASE}/assets/${newId()}`)).status).toBe(404);
  });
});

describe('GET /assets', () => {
  const mine = newId();
  const names = ['alpha', 'Beta 100%', 'gamma_1', 'delta', 'epsilon'];
  let agent: Agent;

  beforeAll(async () => {
    agent = await world.app.as({ userId: mine, roles: ['organizer'], tenantId: derivedId(mine, 'tenant') });
    for (const [index, name] of names.entries()) {
      world.app.clock.advance(60_000);
      await world.stored(agent, {
        filename: `${name}.png`,
        content: Buffer.concat([PNG, Buffer.alloc(index)]),
        fields: { tags: index % 2 === 0 ? 'even' : 'odd' },
      });
    }
  });

  const list = async (query: string): Promise<string[]> => {
    const { status, body } = await agent.get(`${BASE}/assets?${query}`);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body.error)}`);
    return body.data.map(({ filename }: { filename: string }) => filename.replace('.png', ''));
  };

  it('200 with the newest first, and the page as the guide shows it', async () => {
    const { body } = await agent.get(`${BASE}/assets?limit=2`);
    expect(body.data.map(({ filename }: { filename: string }) => filename)).toEqual([
      'epsilon.png',
      'delta.png',
    ]);
    expect(body.page).toEqual({
      total: 5,
      page: 1,
      limit: 2,
      has_more: true,
      next_cursor: expect.any(String),
    });
  });

  it.each([
    ['type=image', 5], ['type=video', 0], ['tag=even', 3], ['text=ALPHA', 1], ['text=100%25', 1], ['text=%25', 1], ['text=_', 1], ['text=%5C', 0],
    [`createdFrom=2100-01-01`, 0], ['createdTo=2100-01-01', 5], [`folderId=${newId()}`, 0],
  ])('filters by %s', async (query, count) => {
    expect(await list(query)).toHaveLength(count);
  }); // prettier-ignore

  it.each(['-createdAt', 'createdAt', 'filename', '-filename', 'sizeBytes', '-sizeBytes'])('pages by cursor and by number, in order of %s', async (sort) => {
    const whole = await list(`sort=${sort}`);
    expect([...whole].sort()).toEqual([...names].sort());
    const byCursor: string[] = [];
    let query = `sort=${sort}&limit=2`;
    for (;;) {
      const { body } = await agent.get(`${BASE}/assets?${query}`);
      byCursor.push(...body.data.map(({ filename }: { filename: string }) => filename.replace('.png', '')));
      if (body.page.next_cursor === null) break;
      expect(body.page.has_more).toBe(true);
      query = `sort=${sort}&limit=2&cursor=${body.page.next_cursor}`;
    }
    expect(byCursor).toEqual(whole);
    const byNumber = await Promise.all([1, 2, 3].map((page) => list(`sort=${sort}&limit=2&page=${page}`)));
    expect(byNumber.flat()).toEqual(whole);
  }); // prettier-ignore

  it.each([
    'page=0',
    'page=101',
    'limit=0',
    'sort=owner',
    'type=exe',
    'createdFrom=yesterday',
    'createdFrom=2026-W01-1',
    'createdTo=9999-12-31T23:59:59-12:00',
    'folderId=x',
    'cursor=e30',
    'cursor=!',
    'q=1',
  ])('400 for ?%s', async (query) => {
    expect((await agent.get(`${BASE}/assets?${query}`)).status).toBe(400);
  });

  it.each([
    ['filename', 'a\0b'],
    ['filename', '\ud800'],
    ['createdAt', '+275760-01-01T00:00:00Z'],
  ])('400 for a cursor by %s at %j, which no row ever had', async (sort, value) => {
    const cursor = Buffer.from(JSON.stringify({ sort, value, id: newId(), page: 2 })).toString('base64url');
    expect((await agent.get(`${BASE}/assets?sort=${sort}&cursor=${cursor}`)).status).toBe(400);
  });

  it('400 for a cursor of another order', async () => {
    const { body } = await agent.get(`${BASE}/assets?limit=2&sort=filename`);
    expect(
      (await agent.get(`${BASE}/assets?limit=2&sort=sizeBytes&cursor=${body.page.next_cursor}`)).status,
    ).toBe(400);
  });

  it('shows private assets to their owner alone', async () => {
    const tenantId = derivedId(mine, 'tenant');
    const other = await world.app.as({ userId: newId(), tenantId });
    expect((await other.get(`${BASE}/assets`)).body.page.total).toBe(0);
    const boss = await world.app.as({ userId: newId(), tenantId, roles: ['admin'] });
    expect((await boss.get(`${BASE}/assets`)).body.page.total).toBe(5);
  });
});

describe('DELETE /assets/:id', () => {
  it('200 for an admin: out of sight, still counted, gone for good after its time', async () => {
    const { id, contentUrl } = await world.stored(await world.organizer());
    const key = String((await world.row(id))?.['storage_key']);
    const boss = await world.app.as({ roles: ['admin'] });
    const trashed = await boss.delete(`${BASE}/assets/${id}`);
    expect(trashed.body.data).toMatchObject({ id, status: 'trashed' });
    expect((await boss.get(`${BASE}/assets/${id}`)).status).toBe(404);
    const link = new URL(contentUrl);
    expect((await world.app.request().get(`${link.pathname}${link.search}`)).status).toBe(404);
    expect((await boss.delete(`${BASE}/assets/${id}`)).status).toBe(404);

    const before = (await (await world.organizer()).get(`${BASE}/quota`)).body.data;
    world.app.clock.advance(31 * 86_400_000);
    const { body } = await world.app
      .request()
      .post(`${BASE}/jobs/cleanup-expired`)
      .set('x-api-key', TEST_INTERNAL_KEY);
    expect(body.data).toMatchObject({ job: 'cleanup-expired', succeeded: 1, failed: 0, remaining: 0 });
    expect(await world.row(id)).toBeUndefined();
    expect(await world.app.service.app.get(ByteStore, { strict: false }).stat(key)).toBeNull();
    const after = (await (await world.organizer()).get(`${BASE}/quota`)).body.data;
    expect([before.usedBytes - after.usedBytes, before.assets - after.assets]).toEqual([PNG.length, 1]);
    const { rows } = await world.admin.query(
      'SELECT type FROM outbox_events WHERE aggregate_id = $1 ORDER BY sequence',
      [id],
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'eventzr.vault.asset.created.v1',
      'eventzr.vault.asset.deleted.v1',
    ]);
  });

  it('403 for organizers, 404 for an admin of another tenant, and the asset stays', async () => {
    const agent = await world.organizer();
    const { id } = await world.stored(agent);
    expect((await agent.delete(`${BASE}/assets/${id}`)).status).toBe(403);
    expect(
      (await (await world.app.as({ tenantId: STARTUP_CO, roles: ['admin'] })).delete(`${BASE}/assets/${id}`))
        .status,
    ).toBe(404);
    expect((await agent.get(`${BASE}/assets/${id}`)).status).toBe(200);
  });
});
