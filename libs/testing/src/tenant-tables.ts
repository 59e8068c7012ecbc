import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '@eventzr/config';
import { namesOf, prismaFolder, readTables, sharedTables, type TableFacts } from '@eventzr/db';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from './database.js';

const A = 'aaaaaaaa-0000-4000-8000-00000000000a';
const B = 'bbbbbbbb-0000-4000-8000-00000000000b';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly label: string | null;
}

/**
 * Every table of a service, asked as its app role with the tenant unset, empty, wrong and right. Rows are made up from
 * the column types, so a new table is covered from its first migration on.
 */
export function describeTenantTables(service: ServiceName): void {
  describe(`tables of ${service}`, () => {
    let database: TestDatabase;
    let admin: pg.Client;
    let app: pg.Client;
    let tables: TableFacts[];

    beforeAll(async () => {
      database = await startTestDatabase(service);
      admin = await connect(database.adminUrl);
      app = await connect(database.environment.DATABASE_URL ?? '');
      tables = await readTables(admin, namesOf(service));
      await admin.query(`SET session_replication_role = replica`); // no triggers, no foreign keys: rows are made up
      for (const table of tenantTables()) await fill(admin, table);
    });

    afterAll(async () => {
      await Promise.all([admin.end(), app.end()]);
      await database.drop();
    });

    const tenantTables = (): TableFacts[] => tables.filter(({ tenant }) => tenant);
    /** Runs `text` as the app role under a tenant, and undoes it. */
    const under = async (tenantId: string | undefined, text: string): Promise<pg.QueryResult> => {
      await app.query('BEGIN');
      try {
        if (tenantId !== undefined)
          await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
        return await app.query(text);
      } finally {
        await app.query('ROLLBACK');
      }
    };
    const tenantsSeen = async (tenantId: string | undefined, table: string): Promise<string[]> =>
      (await under(tenantId, `SELECT tenant_id AS t FROM ${table}`)).rows.map(({ t }: { t: string }) => t);

    it('show nothing without a tenant, the own rows with one, and no others', async () => {
      for (const table of tenantTables()) {
        const name = fullName(table);
        expect({ name, unset: await tenantsSeen(undefined, name) }).toEqual({ name, unset: [] });
        expect({ name, empty: await tenantsSeen('', name) }).toEqual({ name, empty: [] });
        expect({ name, stranger: await tenantsSeen(randomUUID(), name) }).toEqual({ name, stranger: [] });
        expect({ name, right: await tenantsSeen(A, name) }).toEqual({ name, right: [A] });
        expect({ name, right: await tenantsSeen(B, name) }).toEqual({ name, right: [B] });
      }
    });

    it('take no rows of another tenant, and let none be changed or removed', async () => {
      for (const table of tenantTables()) {
        const name = fullName(table);
        const columns = await columnsOf(admin, table);
        const refused = { code: '42501' }; // row level security, or the right itself was never granted
        await expect(under(A, insert(table, columns, B, 3))).rejects.toMatchObject(refused);
        await expect(under(undefined, insert(table, columns, B, 3))).rejects.toMatchObject(refused);
        for (const text of [
          `UPDATE ${name} SET tenant_id = tenant_id WHERE tenant_id = '${B}'`,
          `DELETE FROM ${name} WHERE tenant_id = '${B}'`,
        ]) {
          const touched = await under(A, text).then(({ rowCount }) => rowCount ?? 0, (error: unknown) => code(error)); // prettier-ignore
          expect({ text, touched: touched === '42501' ? 0 : touched }).toEqual({ text, touched: 0 });
        }
      }
    });

    it('without a tenant are few and listed', () => {
      const listed = [
        ...sharedTables(join(prismaFolder(), 'platform')),
        ...sharedTables(join(prismaFolder(), service)),
      ];
      const found = tables
        .filter(({ tenant, name }) => !tenant && name !== '_prisma_migrations')
        .map(({ name }) => name);
      expect(found.sort()).toEqual(listed.sort());
    });
  });
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** One row for each tenant. CHECKs are dropped first: this database is thrown away. */
async function fill(admin: pg.Client, table: TableFacts): Promise<void> {
  const { rows } = await admin.query<{ conname: string }>(
    `SELECT conname FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'f', 'x')`,
    [fullName(table)],
  );
  for (const { conname } of rows)
    await admin.query(`ALTER TABLE ${fullName(table)} DROP CONSTRAINT "${conname}"`);
  const columns = await columnsOf(admin, table);
  await admin.query(insert(table, columns, A, 1));
  await admin.query(insert(table, columns, B, 2));
}

async function columnsOf(admin: pg.Client, table: TableFacts): Promise<Column[]> {
  const { rows } = await admin.query<Column>(
    `SELECT attname AS name, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL) AS type,
      (SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder LIMIT 1) AS label
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull AND attgenerated = '' AND attidentity <> 'a'`,
    [fullName(table)],
  );
  return rows;
}

function insert(table: TableFacts, columns: Column[], tenantId: string, n: number): string {
  const values = columns.map((column) => (column.name === 'tenant_id' ? `'${tenantId}'` : sample(column, n)));
  return `INSERT INTO ${fullName(table)} (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${values.join(', ')})`;
}

function sample({ type, label }: Column, n: number): string {
  if (label !== null) return `'${label}'`;
  if (type.endsWith('[]')) return `'{}'`;
  if (/^(smallint|integer|bigint|numeric|real|double)/.test(type)) return String(n);
  if (type === 'boolean') return 'true';
  if (type === 'uuid') return `'00000000-0000-4000-8000-${String(n).padStart(12, '0')}'`;
  if (type.startsWith('json')) return `'{}'`;
  if (/^(timestamp|date)/.test(type)) return `'2026-01-0${n}'`;
  if (type === 'interval') return `'${n} days'`;
  if (type === 'bytea') return `'\\x0${n}'`;
  return `'${n}'`;
}

function fullName({ schema, name }: TableFacts): string {
  return `"${schema}"."${name}"`;
}

function code(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
