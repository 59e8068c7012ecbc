import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asAdmin } from '@eventzr/testing/database';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import pg from 'pg';
import { TenantChanged } from '../errors.js';
import { inSqlTransaction } from './sql-transaction.js';
import { sql } from './sql.js';
import type { SqlTx } from './sql.js';

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

  const mine = (tx: SqlTx, text: string) =>
    tx.$executeRaw`INSERT INTO notes (tenant_id, id, text) VALUES (${A}::uuid, ${randomUUID()}::uuid, ${text})`;

  it('is over when its work is: what still has hold of it reaches neither its connection nor the next user of it', async () => {
    const mark = randomUUID();
    const released = Promise.withResolvers<void>();
    let straggler: Promise<unknown> = Promise.resolve();
    const failed = fixture.db.withTenantSql(async (tx) => {
      straggler = released.promise.then(() => mine(tx, mark));
      await tx.$queryRaw`SELECT 1 / 0`;
    }, A);
    await expect(failed).rejects.toThrow('division');
    const others = Array.from({ length: 8 }, () =>
      fixture.db.withTenantSql(async (tx) => {
        released.resolve();
        await straggler.catch(() => undefined);
        await tx.$queryRaw`SELECT 1`;
        return 'undisturbed';
      }, B),
    );
    expect(new Set(await Promise.all(others))).toEqual(new Set(['undisturbed']));
    await expect(straggler).rejects.toThrow('is over');
    expect(await texts(A)).not.toContain(mark);
  });

  it('waits for what was sent before its end, though nobody awaits it: all or nothing', async () => {
    const mark = randomUUID();
    await fixture.db.withTenantSql(async (tx) => {
      void Promise.resolve(mine(tx, mark));
      await Promise.resolve();
    }, A);
    expect(await texts(A)).toContain(mark);
    const unawaited = fixture.db.withTenantSql(async (tx) => {
      await mine(tx, `${mark} again`);
      void Promise.resolve(tx.$queryRaw`SELECT 1 / 0`).catch(() => undefined);
    }, A);
    await expect(unawaited).rejects.toThrow('passed over');
    expect(await texts(A)).not.toContain(`${mark} again`);
  });

  it('ends when its connection is killed between two statements, though its work passes that over', async () => {
    const mark = randomUUID();
    const told: string[] = [];
    const lost = fixture.db.withTenantSql(async (tx) => {
      const [backend] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await mine(tx, mark);
      fixture.db.afterCommit(() => told.push(mark));
      await asAdmin(fixture.database.adminUrl, (admin) =>
        admin.query('SELECT pg_terminate_backend($1, 5000)', [backend?.pid]),
      );
    }, A);
    await expect(lost).rejects.toThrow();
    await fixture.db.settled();
    expect([await texts(A), told]).toEqual([expect.not.arrayContaining([mark]), []]);
  });

  it('rolls back a statement that takes too long, and leaves neither limit, lock nor tenant behind', async () => {
    const mark = randomUUID();
    const slow = fixture.db.withTenantSql(async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 20`;
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(4711)`;
      await mine(tx, mark);
      await tx.$queryRaw`SELECT pg_sleep(5)`;
    }, A);
    await expect(slow).rejects.toMatchObject({ code: '57014' });
    for (let turn = 0; turn < 8; turn += 1) {
      const { rows } = await fixture.db.pool.query(
        `SELECT pg_try_advisory_xact_lock(4711) AS free, current_setting('statement_timeout') AS limit,
                nullif(current_setting('app.tenant_id', true), '') AS tenant`,
      );
      expect(rows).toEqual([{ free: true, limit: '15s', tenant: null }]);
    }
    expect(await texts(A)).not.toContain(mark);
  });

  it('gives its connection back in time when its work never ends', async () => {
    const mark = randomUUID();
    const late = Promise.withResolvers<void>();
    let after: Promise<unknown> = Promise.resolve();
    const pool = new pg.Pool({ connectionString: fixture.database.environment['DATABASE_URL'], max: 1 });
    const hung = inSqlTransaction(
      pool,
      A,
      async (tx) => {
        after = late.promise.then(() => mine(tx, mark));
        await after;
      },
      20,
    );
    await expect(hung).rejects.toThrow('took longer than');
    const next = await inSqlTransaction(pool, B, async (tx) => tx.$queryRaw<unknown[]>`SELECT 1 AS one`);
    expect(next).toEqual([{ one: 1 }]);
    late.resolve();
    await expect(after).rejects.toThrow('is over');
    await pool.end();
  });

  it('runs what follows a commit once, whoever joined, and nothing that a failed one asked for', async () => {
    const told: string[] = [];
    await fixture.db.withTenantSql(async () => {
      fixture.db.afterCommit(() => told.push('outer'));
      await fixture.db.withTenantSql(async () => {
        fixture.db.afterCommit(() => told.push('inner'));
        await Promise.resolve();
      }, A);
      expect(told).toEqual([]);
    }, A);
    await fixture.db.settled();
    expect(told).toEqual(['outer', 'inner']);
    const failed = fixture.db.withTenantSql(() => {
      fixture.db.afterCommit(() => told.push('failed'));
      return Promise.reject(new Error('boom'));
    }, A);
    await expect(failed).rejects.toThrow('boom');
    await fixture.db.settled();
    expect(told).toEqual(['outer', 'inner']);
  });

  it('keeps units of work that run at once apart, each with its tenant and what follows it', async () => {
    const told: string[] = [];
    const unit = (tenantId: string, index: number) =>
      fixture.db.withTenantSql(async (tx) => {
        fixture.db.afterCommit(() => told.push(`${index}`));
        const seen: string[] = [];
        for (let statement = 0; statement < 3; statement += 1) {
          const [row] = await tx.$queryRaw<
            { tenant: string }[]
          >`SELECT current_setting('app.tenant_id') AS tenant, pg_sleep(0.001)`;
          seen.push(row?.tenant ?? 'none');
        }
        if (index % 3 === 0) throw new Error('boom');
        return new Set(seen);
      }, tenantId);
    const tenantOf = (index: number) => (index % 2 === 0 ? A : B);
    const ends = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => unit(tenantOf(index), index)),
    );
    for (const [index, end] of ends.entries())
      expect(end).toMatchObject(
        index % 3 === 0 ? { status: 'rejected' } : { status: 'fulfilled', value: new Set([tenantOf(index)]) },
      );
    await fixture.db.settled();
    expect(told.map(Number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, index) => index).filter((index) => index % 3 !== 0),
    );
  });
});
