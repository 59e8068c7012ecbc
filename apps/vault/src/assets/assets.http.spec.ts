import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, newId } from '@eventzr/config';
import { startService, TEST_INTERNAL_KEY, type TestService } from '@eventzr/testing';
import { ByteStore, StorageFault } from '@eventzr/storage';
import fc from 'fast-check';
import pg from 'pg';
import { vault } from '../vault.service-definition.js';

const BASE = '/vault/v1';
const STARTUP_CO = 'a0000000-0000-4000-8000-000000000002';
const ORGANIZER = '00000000-0000-4000-8000-000000000103';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

let app: TestService;
let admin: pg.Client;

beforeAll(async () => {
  app = await startService(vault);
  admin = new pg.Client({ connectionString: app.database.adminUrl });
  await admin.connect();
  await admin.query('SET search_path = vault, platform');
}, 60_000);

afterAll(async () => {
  await admin.end();
  await app.close();
});

type Agent = Awaited<ReturnType<TestService['as']>>;

const organizer = () => app.as({ userId: ORGANIZER, roles: ['user', 'organizer'], planTier: 'professional' });

interface Sent {
  readonly content?: Buffer;
  readonly filename?: string;
  readonly contentType?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

function send(
  agent: Agent,
  { content = PNG, filename = 'stage.png', contentType = 'image/png', fields = {} }: Sent = {},
) {
  const request = agent.post(`${BASE}/assets`).attach('file', content, { filename, contentType });
  for (const [name, value] of Object.entries(fields)) void request.field(name, value);
  return request;
}

async function stored(agent: Agent, sent: Sent = {}): Promise<{ id: string; contentUrl: string }> {
  const { status, body } = await send(agent, sent);
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.data;
}

async function filesOnDisk(): Promise<number> {
  const names = await readdir(join(String(app.environment['DATA_DIR']), 'storage'), {
    recursive: true,
    withFileTypes: true,
  });
  return names.filter((entry) => entry.isFile()).length;
}

async function row(id: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await admin.query<Record<string, unknown>>('SELECT * FROM assets WHERE id = $1', [id]);
  return rows[0];
}

describe('POST /assets', () => {
  it('201 with what was stored; its name is metadata, its key is generated, others hear of it', async () => {
    const { status, body, headers } = await send(await organizer(), {
      filename: 'Gala Bühne.PNG',
      fields: { tags: 'gala, stage,gala', description: 'The hall' },
    });
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/vault/v1/assets/${body.data.id}`);
    expect(body.data).toMatchObject({
      filename: 'Gala Bühne.PNG', description: 'The hall', type: 'image', mimeType: 'image/png', sizeBytes: PNG.length, visibility: 'private',
      ownerId: ORGANIZER, folderId: null, tags: ['gala', 'stage'], sha256: createHash('sha256').update(PNG).digest('hex'),
    }); // prettier-ignore
    const kept = await row(body.data.id);
    expect(kept?.['storage_key']).toMatch(
      new RegExp(`^tenants/[0-9a-f-]{36}/assets/${body.data.id}/[0-9a-f-]{36}$`),
    );
    const { rows } = await admin.query('SELECT type, data FROM outbox_events WHERE aggregate_id = $1', [
      body.data.id,
    ]);
    expect(rows).toEqual([{ type: 'eventzr.vault.asset.created.v1', data: {
      asset_id: body.data.id, tenantId: kept?.['tenant_id'], filename: 'Gala Bühne.PNG', mime_type: 'image/png', size_bytes: PNG.length,
      storage_key: kept?.['storage_key'], visibility: 'private',
    } }]); // prettier-ignore
  });

  it('one asset for one Idempotency-Key, whatever is repeated', async () => {
    const agent = await organizer();
    const key = newId();
    const first = await send(agent).set('idempotency-key', key);
    const again = await send(agent).set('idempotency-key', key);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(again.body).toEqual(first.body);
    const other = await send(agent, { content: Buffer.concat([PNG, randomBytes(4)]) }).set(
      'idempotency-key',
      key,
    );
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it.each<[string, Sent, string]>([
    ['a script named picture', { content: SVG, contentType: 'image/png' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['SVG', { content: SVG, contentType: 'image/svg+xml', filename: 'a.svg' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['a picture said to be a PDF', { contentType: 'application/pdf', filename: 'a.pdf' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['a picture named as a page', { filename: 'a.html' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['a picture with two endings', { filename: 'a.png.exe' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['a picture without an ending', { filename: 'png' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['a GIF that is also a script', { content: Buffer.from('GIF89a=1;alert(1)'), filename: 'a.js', contentType: 'image/gif' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['a program', { content: Buffer.from('MZ\x90\0'.padEnd(200, '\0')), filename: 'a.png' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['noise', { content: randomBytes(500) }, 'ERR_VAULT_INVALID_MIME_TYPE'],
    ['nothing', { content: Buffer.alloc(0) }, 'ERR_VAULT_INVALID_FILE_SIZE'],
    ['tags that are not words', { fields: { tags: '<b>' } }, 'ERR_VAULT_INVALID_INPUT'],
    ['an unknown visibility', { fields: { visibility: 'public' } }, 'ERR_VAULT_INVALID_INPUT'],
    ['a folder that is no id', { fields: { folderId: '../..' } }, 'ERR_VAULT_INVALID_INPUT'],
    ['an unknown field', { fields: { storageKey: 'x' } }, 'VALIDATION_FAILED'],
  ])('400 for %s, and nothing stays', async (_what, sent, code) => {
    const [agent, before] = [await organizer(), await filesOnDisk()];
    const { status, body } = await send(agent, sent);
    expect([status, body.error.code, body.data]).toEqual([400, code, null]);
    expect(await filesOnDisk()).toBe(before);
  }); // prettier-ignore

  it.each([
    '../../../etc/passwd.png',
    '..\\..\\boot.png',
    '/abs/olute.png',
    'C:\\x\\y.png',
    'a\u202egnp.png',
  ])('keeps %j as a plain name', async (filename) => {
    const { status, body } = await send(await organizer(), { filename });
    expect(status).toBe(201);
    expect(body.data.filename).toMatch(/^[^/\\\u202e]+\.png$/);
  });

  it('404 for a folder that is not there', async () => {
    const { status, body } = await send(await organizer(), { fields: { folderId: newId() } });
    expect([status, body.error.code]).toEqual([404, 'ERR_VAULT_NOT_FOUND']);
  });

  it('413 for more than any upload may be, 415 for another body, 400 without a file', async () => {
    const agent = await organizer();
    const large = await send(agent, { content: Buffer.concat([PNG, Buffer.alloc(26 * 1024 * 1024)]) });
    expect(large.status).toBe(413);
    expect((await agent.post(`${BASE}/assets`).send({ file: 'x' })).status).toBe(415);
    expect((await agent.post(`${BASE}/assets`).field('tags', 'a')).status).toBe(400);
    expect((await agent.post(`${BASE}/assets`).attach('other', PNG, 'a.png')).status).toBe(400);
  });

  it('403 for users, 401 without a token', async () => {
    const user = await send(await app.as());
    expect([user.status, user.body.error.http]).toEqual([403, 403]);
    expect((await send(app.request())).status).toBe(401);
  });

  it('403 when the plan’s storage is full; uploads at once cannot pass it together', async () => {
    const owner = newId();
    const agent = await app.as({ userId: owner, roles: ['organizer'], planTier: 'BASE' });
    const room = 2 * PNG.length;
    await admin.query('INSERT INTO quotas (tenant_id, owner_id, used_bytes) VALUES ($1, $2, $3)', [
      '00000000-0000-0000-0000-000000000001',
      owner,
      1024 ** 3 - room,
    ]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(agent)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const refused = answers.find(({ status }) => status === 403);
    expect(refused?.body.error).toMatchObject({
      code: 'ERR_VAULT_QUOTA_EXCEEDED',
      details: { limitBytes: 1024 ** 3 },
    });
    const { body } = await agent.get(`${BASE}/quota`);
    expect(body.data).toEqual({
      tier: 'BASE',
      limitBytes: 1024 ** 3,
      usedBytes: 1024 ** 3,
      reservedBytes: 0,
      availableBytes: 0,
      assets: 2,
      maxFileBytes: 25 * 1024 * 1024,
    });
  });

  it('503 when the disk is full: no row, no bytes, no space taken', async () => {
    const owner = newId();
    const store = app.service.app.get(ByteStore, { strict: false });
    const put = store.put.bind(store);
    store.put = () => Promise.reject(new StorageFault('full', 'The storage is full'));
    try {
      const agent = await app.as({ userId: owner, roles: ['organizer'] });
      const { status, body, headers } = await send(agent);
      expect([status, body.error.code, headers['retry-after']]).toEqual([
        503,
        'ERR_VAULT_STORAGE_UNAVAILABLE',
        '30',
      ]);
      expect((await agent.get(`${BASE}/quota`)).body.data).toMatchObject({
        usedBytes: 0,
        reservedBytes: 0,
        assets: 0,
      });
      expect((await admin.query('SELECT 1 FROM assets WHERE owner_id = $1', [owner])).rowCount).toBe(0);
    } finally {
      store.put = put;
    }
  });
});

describe('GET /assets/:id', () => {
  it('200 for its owner and admins, 403 for others of the tenant, 404 for another tenant', async () => {
    const { id } = await stored(await organizer());
    const seen = async (wish: Parameters<TestService['as']>[0], path = '') => {
      const { status, body } = await (await app.as(wish)).get(`${BASE}/assets/${id}${path}`);
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
    const { id } = await stored(await organizer(), { fields: { visibility: 'tenant' } });
    expect((await (await app.as()).get(`${BASE}/assets/${id}`)).status).toBe(200);
  });

  it('400 for no UUID, 404 for an unknown one', async () => {
    const agent = await app.as();
    expect((await agent.get(`${BASE}/assets/..%2f..%2fx`)).status).toBe(400);
    expect((await agent.get(`${BASE}/assets/${newId()}`)).status).toBe(404);
  });
});

describe('GET /assets', () => {
  const mine = newId();
  const names = ['alpha', 'Beta 100%', 'gamma_1', 'delta', 'epsilon'];
  let agent: Agent;

  beforeAll(async () => {
    agent = await app.as({ userId: mine, roles: ['organizer'], tenantId: derivedId(mine, 'tenant') });
    for (const [index, name] of names.entries()) {
      app.clock.advance(60_000);
      await stored(agent, {
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
    'folderId=x',
    'cursor=e30',
    'cursor=!',
    'q=1',
  ])('400 for ?%s', async (query) => {
    expect((await agent.get(`${BASE}/assets?${query}`)).status).toBe(400);
  });

  it('400 for a cursor of another order', async () => {
    const { body } = await agent.get(`${BASE}/assets?limit=2&sort=filename`);
    expect(
      (await agent.get(`${BASE}/assets?limit=2&sort=sizeBytes&cursor=${body.page.next_cursor}`)).status,
    ).toBe(400);
  });

  it('shows private assets to their owner alone', async () => {
    const tenantId = derivedId(mine, 'tenant');
    const other = await app.as({ userId: newId(), tenantId });
    expect((await other.get(`${BASE}/assets`)).body.page.total).toBe(0);
    const boss = await app.as({ userId: newId(), tenantId, roles: ['admin'] });
    expect((await boss.get(`${BASE}/assets`)).body.page.total).toBe(5);
  });
});

describe('GET /assets/:id/content', () => {
  const content = Buffer.concat([PNG, randomBytes(5000)]);
  let agent: Agent;
  let asset: { id: string; contentUrl: string };
  let path: string;

  beforeAll(async () => {
    agent = await organizer();
    asset = await stored(agent, { content, filename: 'a 'quoted' näme.png' });
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
    const open = () => app.request().get(`${link.pathname}${link.search}`);
    expect((await open()).body).toEqual(content);
    expect((await open().set('range', 'bytes=0-7')).status).toBe(206);
    app.clock.advance(3_600_000);
    const late = await open();
    expect([late.status, late.body.error.code]).toEqual([403, 'ERR_VAULT_FORBIDDEN']);
  });

  it('403 for a link that was tampered with or belongs to another asset, 401 for none', async () => {
    const agent = await organizer();
    const [one, two] = [await stored(agent), await stored(agent)];
    const { search } = new URL(one.contentUrl);
    const get = (id: string, query: string) => app.request().get(`${BASE}/assets/${id}/content${query}`);
    expect((await get(two.id, search)).status).toBe(403);
    expect((await get(one.id, `${search.slice(0, -1)}A`)).status).toBe(403);
    expect(
      (await get(one.id, search.replace('00000000-0000-0000-0000-000000000001', STARTUP_CO))).status,
    ).toBe(403);
    const none = await get(one.id, '');
    expect([none.status, none.body.error.code]).toEqual([401, 'ERR_VAULT_UNAUTHORIZED']);
  });
});

describe('DELETE /assets/:id', () => {
  it('200 for an admin: out of sight, still counted, gone for good after its time', async () => {
    const { id, contentUrl } = await stored(await organizer());
    const key = String((await row(id))?.['storage_key']);
    const boss = await app.as({ roles: ['admin'] });
    const trashed = await boss.delete(`${BASE}/assets/${id}`);
    expect(trashed.body.data).toMatchObject({ id, status: 'trashed' });
    expect((await boss.get(`${BASE}/assets/${id}`)).status).toBe(404);
    const link = new URL(contentUrl);
    expect((await app.request().get(`${link.pathname}${link.search}`)).status).toBe(404);
    expect((await boss.delete(`${BASE}/assets/${id}`)).status).toBe(404);

    const before = (await (await organizer()).get(`${BASE}/quota`)).body.data;
    app.clock.advance(31 * 86_400_000);
    const { body } = await app
      .request()
      .post(`${BASE}/jobs/cleanup-expired`)
      .set('x-api-key', TEST_INTERNAL_KEY);
    expect(body.data).toMatchObject({ job: 'cleanup-expired', succeeded: 1, failed: 0, remaining: 0 });
    expect(await row(id)).toBeUndefined();
    expect(await app.service.app.get(ByteStore, { strict: false }).stat(key)).toBeNull();
    const after = (await (await organizer()).get(`${BASE}/quota`)).body.data;
    expect([before.usedBytes - after.usedBytes, before.assets - after.assets]).toEqual([PNG.length, 1]);
    const { rows } = await admin.query(
      'SELECT type FROM outbox_events WHERE aggregate_id = $1 ORDER BY sequence',
      [id],
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'eventzr.vault.asset.created.v1',
      'eventzr.vault.asset.deleted.v1',
    ]);
  });

  it('403 for organizers, 404 for an admin of another tenant, and the asset stays', async () => {
    const agent = await organizer();
    const { id } = await stored(agent);
    expect((await agent.delete(`${BASE}/assets/${id}`)).status).toBe(403);
    expect(
      (await (await app.as({ tenantId: STARTUP_CO, roles: ['admin'] })).delete(`${BASE}/assets/${id}`))
        .status,
    ).toBe(404);
    expect((await agent.get(`${BASE}/assets/${id}`)).status).toBe(200);
  });
});

describe('POST /jobs/cleanup-expired', () => {
  const run = (headers: Record<string, string> = { 'x-api-key': TEST_INTERNAL_KEY }) =>
    app.request().post(`${BASE}/jobs/cleanup-expired`).set(headers);

  it('removes what a crash in the middle of an upload left: row, bytes and reserved space', async () => {
    const [owner, id, tenantId] = [newId(), newId(), '00000000-0000-0000-0000-000000000001'];
    const key = `tenants/${tenantId}/assets/${id}/${newId()}`;
    const store = app.service.app.get(ByteStore, { strict: false });
    await store.put(key, PNG, { mimeType: 'image/png' });
    await admin.query('INSERT INTO quotas (tenant_id, owner_id, reserved_bytes) VALUES ($1, $2, $3)', [
      tenantId,
      owner,
      PNG.length,
    ]);
    await admin.query(
      `INSERT INTO assets (tenant_id, id, owner_id, filename, type, mime_type, size_bytes, sha256, storage_key, visibility, status, upload_expires_at, created_at, updated_at)
       VALUES ($1, $2, $3, 'a.png', 'image', 'image/png', $4, 'x', $5, 'tenant', 'pending', $6, $6, $6)`,
      [tenantId, id, owner, PNG.length, key, new Date(app.clock.now().getTime() + 60_000)],
    );
    const agent = await app.as({ userId: owner });
    expect((await agent.get(`${BASE}/assets/${id}`)).status).toBe(404);
    expect((await run()).body.data).toMatchObject({ processed: 0 });
    app.clock.advance(60_000);
    const answers = await Promise.all([run(), run(), run()]);
    expect(answers.reduce((sum, { body }) => sum + Number(body.data.succeeded), 0)).toBe(1);
    expect([await row(id), await store.stat(key)]).toEqual([undefined, null]);
    expect((await (await app.as({ userId: owner })).get(`${BASE}/quota`)).body.data.reservedBytes).toBe(0);
  });

  it('401 without the key or with a token', async () => {
    expect((await run({})).status).toBe(401);
    expect((await run({ authorization: await app.tokens.bearer({ roles: ['admin'] }) })).status).toBe(401);
  });
});
