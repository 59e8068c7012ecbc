import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { ByteStore } from '@eventzr/storage';
import { TEST_INTERNAL_KEY } from '@eventzr/testing';
import { BASE, PNG, VaultWorld } from '../assets/vault-world.fake.js';

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
}, 60_000);

afterAll(() => world.close());

describe('POST /jobs/cleanup-expired', () => {
  const run = (headers: Record<string, string> = { 'x-api-key': TEST_INTERNAL_KEY }) =>
    world.app.request().post(`${BASE}/jobs/cleanup-expired`).set(headers);

  it('removes what a crash in the middle of an upload left: row, bytes and reserved space', async () => {
    const [owner, id, tenantId] = [newId(), newId(), '00000000-0000-0000-0000-000000000001'];
    const key = `tenants/${tenantId}/assets/${id}/${newId()}`;
    const store = world.app.service.app.get(ByteStore, { strict: false });
    await store.put(key, PNG, { mimeType: 'image/png' });
    await world.admin.query('INSERT INTO quotas (tenant_id, owner_id, reserved_bytes) VALUES ($1, $2, $3)', [
      tenantId,
      owner,
      PNG.length,
    ]);
    await world.admin.query(
      `INSERT INTO assets (tenant_id, id, owner_id, filename, type, mime_type, size_bytes, sha256, storage_key, visibility, status, upload_expires_at, created_at, updated_at)
       VALUES ($1, $2, $3, 'a.png', 'image', 'image/png', $4, 'x', $5, 'tenant', 'pending', $6, $6, $6)`,
      [tenantId, id, owner, PNG.length, key, new Date(world.app.clock.now().getTime() + 60_000)],
    );
    const agent = await world.app.as({ userId: owner });
    expect((await agent.get(`${BASE}/assets/${id}`)).status).toBe(404);
    expect((await run()).body.data).toMatchObject({ processed: 0 });
    world.app.clock.advance(60_000);
    const answers = await Promise.all([run(), run(), run()]);
    expect(answers.reduce((sum, { body }) => sum + Number(body.data.succeeded), 0)).toBe(1);
    expect([await world.row(id), await store.stat(key)]).toEqual([undefined, null]);
    expect((await (await world.app.as({ userId: owner })).get(`${BASE}/quota`)).body.data.reservedBytes).toBe(
      0,
    );
  });

  it('401 without the key or with a token', async () => {
    expect((await run({})).status).toBe(401);
    expect((await run({ authorization: await world.app.tokens.bearer({ roles: ['admin'] }) })).status).toBe(
      401,
    );
  });
});
