import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { ByteStore, StorageFault } from '@eventzr/storage';
import { BASE, ORGANIZER, PNG, type Sent, VaultWorld, send } from './vault-world.fake.js';

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
}, 60_000);

afterAll(() => world.close());

describe('POST /assets', () => {
  it('201 with what was stored; its name is metadata, its key is generated, others hear of it', async () => {
    const { status, body, headers } = await send(await world.organizer(), {
      filename: 'Gala Bühne.PNG',
      fields: { tags: 'gala, stage,gala', description: 'The hall' },
    });
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/vault/v1/assets/${body.data.id}`);
    expect(body.data).toMatchObject({
      filename: 'Gala Bühne.PNG', description: 'The hall', type: 'image', mimeType: 'image/png', sizeBytes: PNG.length, visibility: 'private',
      ownerId: ORGANIZER, folderId: null, tags: ['gala', 'stage'], sha256: createHash('sha256').update(PNG).digest('hex'),
    }); // prettier-ignore
    const kept = await world.row(body.data.id);
    expect(kept?.['storage_key']).toMatch(
      new RegExp(`^tenants/[0-9a-f-]{36}/assets/${body.data.id}/[0-9a-f-]{36}$`),
    );
    const { rows } = await world.admin.query('SELECT type, data FROM outbox_events WHERE aggregate_id = $1', [
      body.data.id,
    ]);
    expect(rows).toEqual([{ type: 'eventzr.vault.asset.created.v1', data: {
      asset_id: body.data.id, tenantId: kept?.['tenant_id'], filename: 'Gala Bühne.PNG', mime_type: 'image/png', size_bytes: PNG.length,
      storage_key: kept?.['storage_key'], visibility: 'private',
    } }]); // prettier-ignore
  });

  it('one asset for one Idempotency-Key, whatever is repeated', async () => {
    const agent = await world.organizer();
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
    ['a PNG said to be a JPEG', { contentType: 'image/jpeg' }, 'ERR_VAULT_INVALID_MIME_TYPE'],
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
    const [agent, before] = [await world.organizer(), await world.filesOnDisk()];
    const { status, body } = await send(agent, sent);
    expect([status, body.error.code, body.data]).toEqual([400, code, null]);
    expect(await world.filesOnDisk()).toBe(before);
  }); // prettier-ignore

  it.each([
    '../../../etc/passwd.png',
    '..\\..\\boot.png',
    '/abs/olute.png',
    'C:\\x\\y.png',
    'a\u202egnp.png',
  ])('keeps %j as a plain name', async (filename) => {
    const { status, body } = await send(await world.organizer(), { filename });
    expect(status).toBe(201);
    expect(body.data.filename).toMatch(/^[^/\\\u202e]+\.png$/);
  });

  it('404 for a folder that is not there', async () => {
    const { status, body } = await send(await world.organizer(), { fields: { folderId: newId() } });
    expect([status, body.error.code]).toEqual([404, 'ERR_VAULT_NOT_FOUND']);
  });

  it('413 for more than any upload may be, 415 for another body, 400 without a file', async () => {
    const agent = await world.organizer();
    const large = await send(agent, { content: Buffer.concat([PNG, Buffer.alloc(26 * 1024 * 1024)]) });
    expect(large.status).toBe(413);
    expect((await agent.post(`${BASE}/assets`).send({ file: 'x' })).status).toBe(415);
    expect((await agent.post(`${BASE}/assets`).field('tags', 'a')).status).toBe(400);
    expect((await agent.post(`${BASE}/assets`).attach('other', PNG, 'a.png')).status).toBe(400);
  });

  it('403 for users, 401 without a token', async () => {
    const user = await send(await world.app.as());
    expect([user.status, user.body.error.http]).toEqual([403, 403]);
    expect((await send(world.app.request())).status).toBe(401);
  });

  it('403 when the plan’s storage is full; uploads at once cannot pass it together', async () => {
    const owner = newId();
    const agent = await world.app.as({ userId: owner, roles: ['organizer'], planTier: 'BASE' });
    const room = 2 * PNG.length;
    await world.admin.query('INSERT INTO quotas (tenant_id, owner_id, used_bytes) VALUES ($1, $2, $3)', [
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
    const store = world.app.service.app.get(ByteStore, { strict: false });
    const put = store.put.bind(store);
    store.put = () => Promise.reject(new StorageFault('full', 'The storage is full'));
    try {
      const agent = await world.app.as({ userId: owner, roles: ['organizer'] });
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
      expect((await world.admin.query('SELECT 1 FROM assets WHERE owner_id = $1', [owner])).rowCount).toBe(0);
    } finally {
      store.put = put;
    }
  });
});
