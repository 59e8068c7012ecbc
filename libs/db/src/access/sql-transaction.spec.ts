import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { TenantChanged } from '../errors.js';
import { sql } from './sql.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = '00000000-0000-0000-0000-000000000001';

describe('withTenantSql', () => {
  let fixture: FixtureService;

  beforeAll(async () => {
    fixture = await startFixture();
  });

  afterAll(() => fixture.close());

  const write = (tenantId: string, text: string, transactionOf = tenantId) =>
    fixture.db.withTenantSql(
      async (tx) =>
        tx.$executeRaw`INSERT INTO notes (tenant_id, id, text) VALUES (${tenantId}::uuid, ${randomUUID()}::uuid, ${text})`,
      transactionOf,
    );
  const texts = (tenantId: string) =>
    fixture.db.withTenantSql(async (tx) => {
      const rows = await tx.$queryRaw<{ text: string }[]>`SELECT text FROM notes`;
      return rows.map(({ text }) => text);
    }, tenantId);

  it('sees and writes the rows of its tenant alone', async () => {
    const mark = randomUUID();
    expect(await write(A, mark)).toBe(1);
    expect(await texts(A)).toContain(mark);
    expect(await texts(B)).not.toContain(mark);
    await expect(write(B, 'forged', A)).rejects.toThrow(/row-level security/);
    expect(await texts(B)).not.toContain('forged');
  });

  it('never lets a tenant id that is no UUID near a statement', async () => {
    await expect(texts(`${A}'; DROP TABLE notes; --`)).rejects.toThrow(/must be a UUID/);
  });

  it('takes parts of statements and keeps values apart from them', async () => {
    const mark = `${randomUUID()}'; DROP TABLE notes; --`;
    await write(A, mark);
    const found = await fixture.db.withTenantSql(async (tx) => {
      const where = sql`WHERE text = ${mark}`;
      return tx.$queryRaw<unknown[]>`SELECT 1 FROM notes ${where}`;
    }, A);
    expect(found).toHaveLength(1);
  });

  it('rolls back when its work throws, even where a joined unit of work caught the error', async () => {
    const mark = randomUUID();
    const failed = fixture.db.withTenantSql(async () => {
      await write(A, mark);
      throw new Error('boom');
    }, A);
    await expect(failed).rejects.toThrow('boom');
    const caught = fixture.db.withTenantSql(async () => {
      await write(A, mark);
      await fixture.db.withTenantSql(() => Promise.reject(new Error('inner')), A).catch(() => undefined);
    }, A);
    await expect(caught).rejects.toThrow('inner');
    expect(await texts(A)).not.toContain(mark);
  });

  it('tells nobody of a commit that was none, because a failed statement was passed over', async () => {
    const mark = randomUUID();
    const told: string[] = [];
    const passedOver = fixture.db.withTenantSql(async (tx) => {
      await tx.$executeRaw`INSERT INTO notes (tenant_id, id, text) VALUES (${A}::uuid, ${randomUUID()}::uuid, ${mark})`;
      fixture.db.afterCommit(() => told.push(mark));
      await Promise.resolve(tx.$queryRaw`SELECT 1 / 0`).catch(() => undefined);
    }, A);
    await expect(passedOver).rejects.toThrow('passed over');
    await fixture.db.settled();
    expect([await texts(A), told]).toEqual([expect.not.arrayContaining([mark]), []]);
  });

  it('runs what follows a commit, after it', async () => {
    const mark = randomUUID();
    let seen: string[] = [];
    await fixture.db.withTenantSql(async () => {
      fixture.db.afterCommit(async () => (seen = await texts(A)));
      await write(A, mark);
    }, A);
    await fixture.db.settled();
    expect(seen).toContain(mark);
  });

  it('joins a typed unit of work, but the typed client cannot join it', async () => {
    const mark = randomUUID();
    const rolledBack = fixture.db.withTenant(async (tx) => {
      await write(A, mark);
      expect(await tx.note.count({ where: { text: mark } })).toBe(1);
      throw new Error('boom');
    }, A);
    await expect(rolledBack).rejects.toThrow('boom');
    expect(await texts(A)).not.toContain(mark);
    const typed = fixture.db.withTenantSql(() => fixture.db.withTenant(() => Promise.resolve(1), A), A);
    await expect(typed).rejects.toThrow('cannot join');
    const other = fixture.db.withTenantSql(() => texts(B), A);
    await expect(other).rejects.toThrow(TenantChanged);
  });

  it('keeps no connection that was lost, and leaves no tenant on one that was not', async () => {
    for (let time = 0; time < 12; time += 1) {
      const lost = fixture.db.withTenantSql(
        async (tx) => tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`,
        A,
      );
      await expect(lost).rejects.toThrow(/terminat/i);
    }
    await Promise.all(Array.from({ length: 16 }, () => texts(A)));
    for (let turn = 0; turn < 16; turn += 1) {
      const { rows } = await fixture.db.pool.query<{ tenant: string | null }>(
        `SELECT nullif(current_setting('app.tenant_id', true), '') AS tenant`,
      );
      expect(rows).toEqual([{ tenant: null }]);
    }
  });
});
