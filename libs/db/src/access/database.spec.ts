import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FixtureDb, startFixture, type FixtureService } from '@eventzr/testing/fixture';
import fc from 'fast-check';
import { TenantChanged } from '../errors.js';
import { Connections } from './connections.js';
import { rawSql, sql } from './sql.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = '00000000-0000-0000-0000-000000000001';

describe('Database', () => {
  let fixture: FixtureService;
  const errors: string[] = [];

  beforeAll(async () => {
    fixture = await startFixture((error, pool) => errors.push(`${pool}: ${error.message}`));
  });

  afterAll(() => fixture.close());

  afterEach(() => {
    fixture.tenants.tenantId = undefined;
    errors.length = 0;
  });

  const write = (tenantId: string, text: string, id: string = randomUUID()) =>
    fixture.db.withTenant((tx) => tx.note.create({ data: { tenantId, id, text } }), tenantId);
  const texts = (tenantId: string) =>
    fixture.db.withTenant(
      async (tx) => (await tx.note.findMany({ orderBy: { text: 'asc' } })).map(({ text }) => text),
      tenantId,
    );

  describe('withTenant', () => {
    it('sees and writes the rows of its tenant alone, through typed and raw queries', async () => {
      const mark = randomUUID();
      await write(A, `${mark} of A`);
      await write(B, `${mark} of B`);
      expect(await texts(A)).toContain(`${mark} of A`);
      expect(await texts(A)).not.toContain(`${mark} of B`);
      const raw = await fixture.db.withTenant(
        (tx) => tx.$queryRaw<{ text: string }[]>`SELECT text FROM notes`,
        B,
      );
      expect(raw.map(({ text }) => text)).toContain(`${mark} of B`);
      expect(raw.map(({ text }) => text)).not.toContain(`${mark} of A`);
    });

    it('refuses to write a row of another tenant', async () => {
      const forged = fixture.db.withTenant(
        (tx) => tx.note.create({ data: { tenantId: B, id: randomUUID(), text: 'forged' } }),
        A,
      );
      await expect(forged).rejects.toThrow(/row-level security/);
      expect(await texts(B)).not.toContain('forged');
    });

    it('takes the current caller as its tenant, and needs one', async () => {
      await expect(fixture.db.withTenant(() => Promise.resolve(1))).rejects.toThrow(/needs a tenant/);
      fixture.tenants.tenantId = A;
      const [row] = await fixture.db.withTenant(
        (tx) => tx.$queryRaw<{ tenant: string }[]>`SELECT platform.current_tenant()::text AS tenant`,
      );
      expect(row?.tenant).toBe(A);
    });

    it('never lets a tenant id that is no UUID near a statement', async () => {
      const hostile = fc.oneof(
        fc.string(),
        fc.constantFrom("'; DROP TABLE notes; --", `${A}'`, `${A} `, '', `${A}\n`),
      );
      await fc.assert(
        fc.asyncProperty(hostile, async (tenantId) => {
          await expect(fixture.db.withTenant(() => Promise.resolve(1), tenantId)).rejects.toThrow(
            /must be a UUID/,
          );
        }),
      );
    });

    it('rolls back when its work throws', async () => {
      const failed = fixture.db.withTenant(async (tx) => {
        await tx.note.create({ data: { tenantId: A, id: randomUUID(), text: 'rolled back' } });
        throw new Error('boom');
      }, A);
      await expect(failed).rejects.toThrow('boom');
      expect(await texts(A)).not.toContain('rolled back');
    });

    it('leaves nothing on the connection for the next query of the pool', async () => {
      await Promise.all(Array.from({ length: 16 }, () => texts(A)));
      for (let turn = 0; turn < 16; turn += 1) {
        const { rows } = await fixture.db.pool.query<{ tenant: string | null; n: number }>(
          `SELECT nullif(current_setting('app.tenant_id', true), '') AS tenant, (SELECT count(*)::int FROM notes) AS n`,
        );
        expect(rows).toEqual([{ tenant: null, n: 0 }]);
      }
    });

    it('keeps tenants apart when many run at once on few connections', async () => {
      const tenants = Array.from({ length: 5 }, () => randomUUID());
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 24 }), async (turns) => {
          const seen = await Promise.all(
            turns.map((turn) => {
              const tenantId = tenants[turn] ?? A;
              return fixture.db.withTenant(async (tx) => {
                await tx.note.create({ data: { tenantId, id: randomUUID(), text: tenantId } });
                const rows = await tx.note.findMany();
                return rows.every((row) => row.tenantId === tenantId);
              }, tenantId);
            }),
          );
          expect(seen).not.toContain(false);
        }),
        { numRuns: 15 },
      );
    });

    it('begins and names its tenant in one round trip', async () => {
      const sent: string[] = [];
      const watched = new Connections({ ...fixture.connections.options });
      watched.app.on('connect', (client) => {
        const query = client.query.bind(client) as (...args: unknown[]) => unknown;
        client.query = ((...args: unknown[]) => {
          const [first] = args;
          sent.push(typeof first === 'string' ? first : String((first as { text?: string }).text));
          return query(...args);
        }) as typeof client.query;
      });
      const db = new FixtureDb(watched);
      for (let turn = 0; turn < 2; turn += 1) await db.withTenant((tx) => tx.$queryRaw`SELECT 1`, A);
      const begin = `BEGIN; SELECT set_config('app.tenant_id', '${A}', true)`;
      expect(sent).toEqual([begin, 'SELECT 1', 'COMMIT', begin, 'SELECT 1', 'COMMIT']);
      await db.close();
      await watched.close();
    });

    it('sends prepared statements on the connection of the open transaction, and nowhere else', async () => {
      const note = { tenantId: A, id: randomUUID(), text: 'not committed yet' };
      const query = { name: 'note_text', text: 'SELECT text FROM notes WHERE id = $1', values: [note.id] };
      const rows = await fixture.db.withTenant(async (tx) => {
        await tx.note.create({ data: note });
        return fixture.db.statement<{ text: string }>(query);
      }, A);
      expect(rows).toEqual([{ text: 'not committed yet' }]);
      expect(await fixture.db.withTenant(() => fixture.db.statement(query), B)).toEqual([]);
      await expect(fixture.db.statement(query)).rejects.toThrow('inside withTenant only');
    });

    it('offers composed SQL to libs that know no schema', async () => {
      const row = await fixture.db.withTenant(
        (tx) => tx.$queryRaw<{ n: number }[]>(sql`SELECT ${3}::int + ${rawSql('4')} AS n`),
        A,
      );
      expect(row).toEqual([{ n: 7 }]);
    });
  });

  describe('a unit of work inside another', () => {
    it('joins its transaction: both commit or none', async () => {
      const outer = fixture.db.withTenant(async () => {
        await write(A, 'inner that is lost');
        expect(fixture.db.inTransaction()).toBe(true);
        throw new Error('outer failed');
      }, A);
      await expect(outer).rejects.toThrow('outer failed');
      expect(await texts(A)).not.toContain('inner that is lost');
      expect(fixture.db.inTransaction()).toBe(false);
    });

    it('cannot change the tenant', async () => {
      const changed = fixture.db.withTenant(() => write(B, 'smuggled'), A);
      await expect(changed).rejects.toThrow(TenantChanged);
      fixture.tenants.tenantId = B;
      const silently = fixture.db.withTenant(() => fixture.db.withTenant(() => Promise.resolve(1)), A);
      await expect(silently).rejects.toThrow(TenantChanged);
    });

    it('belongs to the open tenant when there is no caller, as in jobs', async () => {
      const joined = fixture.db.withTenant(
        () =>
          fixture.db.withTenant(
            (tx) => tx.$queryRaw<{ t: string }[]>`SELECT platform.current_tenant()::text AS t`,
          ),
        A.toUpperCase(),
      );
      expect(await joined).toEqual([{ t: A }]);
    });

    it('takes the whole down when it failed, even if somebody caught its error', async () => {
      const outer = fixture.db.withTenant(async (tx) => {
        await tx.note.create({ data: { tenantId: A, id: randomUUID(), text: 'beside a failure' } });
        await fixture.db.withTenant(() => Promise.reject(new Error('inner failed'))).catch(() => 'swallowed');
        return 'fine';
      }, A);
      await expect(outer).rejects.toThrow('inner failed');
      expect(await texts(A)).not.toContain('beside a failure');
    });

    it('has a transaction of its own when it starts after the end of the outer one', async () => {
      const late = await fixture.db.withTenant(
        () => Promise.resolve({ later: sleep(20).then(() => texts(A)) }),
        A,
      );
      expect(await late.later).toBeInstanceOf(Array);
    });
  });

  describe('asTenant', () => {
    const asB = (work: () => Promise<unknown>) => fixture.db.asTenant(B, work);
    const note = (tenantId: string, text: string) =>
      fixture.db.withTenant((tx) => tx.note.create({ data: { tenantId, id: randomUUID(), text } }), tenantId);

    it("writes another tenant's rows and its own in one transaction", async () => {
      const mark = randomUUID();
      await fixture.db.withTenant(async () => {
        await note(A, `${mark} before`);
        await asB(() => note(B, `${mark} inside`));
        await note(A, `${mark} after`);
      }, A);
      expect((await texts(A)).filter((text) => text.startsWith(mark))).toEqual([
        `${mark} after`,
        `${mark} before`,
      ]);
      expect(await texts(B)).toContain(`${mark} inside`);
    });

    it('rolls both back when what follows fails', async () => {
      const mark = randomUUID();
      const outer = fixture.db.withTenant(async () => {
        await asB(() => note(B, mark));
        throw new Error('the answer could not be stored');
      }, A);
      await expect(outer).rejects.toThrow('could not be stored');
      expect(await texts(B)).not.toContain(mark);
    });

    it('takes the whole down when it failed, even if somebody caught its error', async () => {
      const mark = randomUUID();
      const outer = fixture.db.withTenant(async () => {
        await note(A, mark);
        await asB(() => Promise.reject(new Error('inner failed'))).catch(() => 'swallowed');
      }, A);
      await expect(outer).rejects.toThrow('inner failed');
      expect(await texts(A)).not.toContain(mark);
    });

    it('sees only the rows of the tenant that it switched to; outside of a transaction there is none', async () => {
      const mark = randomUUID();
      await note(A, mark);
      await fixture.db.withTenant(() => asB(async () => expect(await texts(B)).not.toContain(mark)), A);
      await expect(fixture.db.asTenant(B, () => Promise.resolve(1))).rejects.toThrow(/inside withTenant/);
    });
  });

  describe('afterCommit', () => {
    it('runs once the rows are there, outside of the transaction', async () => {
      const seen: unknown[] = [];
      await fixture.db.withTenant(async () => {
        await write(A, 'committed first');
        fixture.db.afterCommit(async () =>
          seen.push(fixture.db.inTransaction(), (await texts(A)).includes('committed first')),
        );
        expect(seen).toEqual([]);
      }, A);
      await fixture.db.settled();
      expect(seen).toEqual([false, true]);
    });

    it('never runs after a rollback', async () => {
      const seen: string[] = [];
      const failed = fixture.db.withTenant(() => {
        fixture.db.afterCommit(() => seen.push('ran'));
        return Promise.reject(new Error('boom'));
      }, A);
      await expect(failed).rejects.toThrow('boom');
      await fixture.db.settled();
      expect(seen).toEqual([]);
    });

    it('reports what it throws, to nobody else', async () => {
      await fixture.db.withTenant(() => {
        fixture.db.afterCommit(() => Promise.reject(new Error('send failed')));
        return Promise.resolve();
      }, A);
      await fixture.db.settled();
      expect(errors).toEqual(['app: send failed']);
    });
  });
});
