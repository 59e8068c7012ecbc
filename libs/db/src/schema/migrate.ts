import { join } from 'node:path';
import type { ServiceName } from '@eventzr/config';
import pg from 'pg';
import { MigrationError, oneLine } from '../errors.js';
import { namesOf, prismaFolder, safeUrl, withClient, withDatabase, type ServiceNames } from './names.js';
import { installQueue } from './queue.js';
import { applyMigrations, MIGRATE_LOCK, readMigrations } from './runner.js';
import { assertTenantTables } from './tenant-tables.js';

export interface MigrateOptions {
  /** The role that provisioned the database; its database part is replaced. */
  readonly adminUrl: string;
  readonly service: ServiceName;
  /** Another database than `eventzr_<svc>`: test templates. */
  readonly database?: string;
  /** Another folder than `prisma/<svc>` for the service's own migrations and its list of shared tables: tests. */
  readonly folder?: string;
}

const id = pg.escapeIdentifier;

/**
 * Brings a provisioned database up to date: platform tables, queue, the service's own tables; then checks that tenants
 * are kept apart. Idempotent; several runs at once take turns.
 * @returns `schema/name` of every migration applied now
 * @throws MigrationError with one line that says what to do
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const names = namesOf(options.service, options.database);
  const url = withDatabase(options.adminUrl, names.database);
  const folder = options.folder ?? join(prismaFolder(), options.service);
  try {
    return await withClient(url, (admin) => run(admin, url, names, folder));
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(`Cannot migrate ${options.service} on ${safeUrl(url)}: ${oneLine(error)}`);
  }
}

async function run(admin: pg.Client, url: string, names: ServiceNames, folder: string): Promise<string[]> {
  const step = async (schema: string, from: string): Promise<string[]> => {
    const applied = await applyMigrations(
      admin,
      schema,
      names.owner,
      readMigrations(join(from, 'migrations')),
    );
    await grantHistory(admin, schema, names);
    return applied.map((name) => `${schema}/${name}`);
  };
  // Many small commits, made durable together by the last one. Lock and setting end with the connection.
  await admin.query(`SET synchronous_commit = off; SELECT pg_advisory_lock(${MIGRATE_LOCK})`);
  const platform = await step('platform', join(prismaFolder(), 'platform'));
  await installQueue(admin, url, names);
  const own = await step(names.schema, folder);
  await assertTenantTables(admin, names, folder);
  await admin.query('SET synchronous_commit = on; SELECT pg_current_xact_id()');
  return [...platform, ...own];
}

/** The boot guard compares this history with the code's, as the app role. */
async function grantHistory(admin: pg.Client, schema: string, { owner, app }: ServiceNames): Promise<void> {
  await admin.query(
    `SET ROLE ${id(owner)}; GRANT SELECT ON ${id(schema)}._prisma_migrations TO ${id(app)}; RESET ROLE`,
  );
}
