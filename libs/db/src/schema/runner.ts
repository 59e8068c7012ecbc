import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { MigrationError, oneLine } from '../errors.js';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, as `prisma migrate deploy` keeps it. */
  readonly checksum: string;
}

interface AppliedRow {
  id: string;
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

const id = pg.escapeIdentifier;
/** The key that Prisma's own engine takes; whoever applies migrations holds it. */
export const MIGRATE_LOCK = 72_707_369;

/** The migrations of a folder, oldest first. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort(); // prettier-ignore
  return names.map((name) => {
    const file = join(folder, name, 'migration.sql');
    if (!existsSync(file))
      throw new MigrationError(
        `Migration ${name} has no migration.sql: restore the file, or remove its folder`,
      );
    const raw = readFileSync(file);
    return { name, sql: raw.toString('utf8'), checksum: createHash('sha256').update(raw).digest('hex') };
  });
}

/**
 * Applies what is missing in one schema, as its owner; the table, checksums and lock are those of
 * `prisma migrate deploy`, so either tool may follow the other. Each migration is one transaction: a failed one leaves
 * no trace but its log, and is tried again by the next run.
 * @returns names of the migrations applied now
 */
export async function applyMigrations(
  client: pg.Client,
  schema: string,
  owner: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  await client.query(`SET ROLE ${id(owner)}; SET search_path TO ${id(schema)}`);
  try {
    const table = `${id(schema)}._prisma_migrations`;
    await client.query(CREATE_TABLE(table));
    const applied = await readApplied(client, table, schema, migrations);
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of missing) await applyOne(client, schema, table, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.query('RESET ROLE; RESET search_path').catch(() => undefined);
  }
}

async function readApplied(
  client: pg.Client,
  table: string,
  schema: string,
  migrations: readonly Migration[],
): Promise<Set<string>> {
  // A row without an end is of a run that was killed: with the lock in our hands nobody runs, and its transaction is gone.
  await client.query(
    `UPDATE ${table} SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
  const { rows } = await client.query<AppliedRow>(`SELECT * FROM ${table} WHERE rolled_back_at IS NULL`);
  const onDisk = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const { migration_name: name, checksum } of rows) {
    const current = onDisk.get(name);
    if (current !== undefined && current !== checksum) {
      throw new MigrationError(
        `Migration ${schema}/${name} was edited after it was applied: restore the file and put the change into a new migration`,
      );
    }
  }
  return new Set(rows.map(({ migration_name }) => migration_name));
}

async function applyOne(
  client: pg.Client,
  schema: string,
  table: string,
  { name, sql, checksum }: Migration,
): Promise<void> {
  const row = randomUUID();
  await client.query(`INSERT INTO ${table} (id, checksum, migration_name) VALUES ($1, $2, $3)`, [
    row,
    checksum,
    name,
  ]);
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(`UPDATE ${table} SET finished_at = now(), applied_steps_count = 1 WHERE id = $1`, [
      row,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    await client
      .query(`UPDATE ${table} SET logs = $2, rolled_back_at = now() WHERE id = $1`, [row, String(error)])
      .catch(() => undefined);
    throw new MigrationError(
      `Migration ${schema}/${name} failed: ${oneLine(error)}${place(sql, error)}; nothing of it was kept`,
    );
  }
}

/** ` (line 12)`, where Postgres says it. */
function place(sql: string, error: unknown): string {
  const position = error instanceof pg.DatabaseError ? Number(error.position) : NaN;
  return Number.isInteger(position) ? ` (line ${sql.slice(0, position).split('\n').length})` : '';
}

const CREATE_TABLE = (table: string): string => `CREATE TABLE IF NOT EXISTS ${table} (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;
