import { join } from 'node:path';
import type pg from 'pg';
import { BootRefused, oneLine } from '../errors.js';
import { namesOf, prismaFolder, safeUrl, type ServiceNames } from '../schema/names.js';
import { readMigrations } from '../schema/runner.js';
import type { Connections } from './connections.js';

interface RoleFacts {
  name: string;
  powerful: boolean;
  owns: string | null;
  memberships: string[];
}

/**
 * Refuses a database on which the service could harm or would fail: unreachable, roles with more rights than they
 * need, migrations missing. To be awaited before anything else uses the connections.
 * @throws BootRefused with one line that says what to do
 */
export async function assertBootable(connections: Connections, prismaDir?: string): Promise<void> {
  const names = namesOf(connections.service);
  const { databaseUrl, jobDatabaseUrl } = connections.options;
  await assertRole(connections.app, 'DATABASE_URL', databaseUrl, names, names.app, []);
  await assertRole(connections.job, 'JOB_DATABASE_URL', jobDatabaseUrl, names, names.job, [names.queue]);
  await assertMigrated(connections.app, names, prismaDir ?? prismaFolder());
}

async function assertRole(
  pool: pg.Pool,
  variable: string,
  url: string,
  names: ServiceNames,
  wanted: string,
  memberships: readonly string[],
): Promise<void> {
  // prettier-ignore
  const facts = await reach(pool, variable, url, names);
  const refuse = (fault: string): never => {
    throw new BootRefused(
      `The role ${facts.name} of ${variable} ${fault}: use ${wanted}, as npm run db:migrate -- ${names.service} makes it`,
    );
  };
  if (facts.name !== wanted) refuse(`is not ${wanted}`);
  if (facts.powerful) refuse('is a superuser or may bypass row level security, create roles or databases');
  if (facts.owns !== null) refuse(`owns ${facts.owns}`);
  const extra = facts.memberships.filter((role) => !memberships.includes(role));
  if (extra.length > 0) refuse(`is a member of ${extra.join(', ')}`);
}

async function reach(pool: pg.Pool, variable: string, url: string, names: ServiceNames): Promise<RoleFacts> {
  try {
    const { rows } = await pool.query<RoleFacts>(ROLE_FACTS);
    const [facts] = rows;
    if (facts === undefined) throw new Error('the server does not know its own user');
    return facts;
  } catch (error) {
    throw new BootRefused(
      `Cannot use the database of ${names.service} at ${safeUrl(url)} (${oneLine(error)}): check ${variable}, start the database, or run npm run db:migrate -- ${names.service}`,
    );
  }
}

async function assertMigrated(pool: pg.Pool, names: ServiceNames, prismaDir: string): Promise<void> {
  for (const [schema, folder] of [
    ['platform', 'platform'],
    [names.schema, names.service],
  ] as const) {
    // prettier-ignore
    const missing = await missingIn(pool, schema, join(prismaDir, folder, 'migrations'));
    if (missing.length === 0) continue;
    throw new BootRefused(
      `The database of ${names.service} lacks ${missing.length} migration(s), ${missing.at(0)} first: run npm run db:migrate -- ${names.service}`,
    );
  }
}

/** A database that is ahead is fine: that is how a new version is rolled out. */
async function missingIn(pool: pg.Pool, schema: string, folder: string): Promise<string[]> {
  const wanted = readMigrations(folder).map(({ name }) => `${schema}/${name}`);
  try {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT $1 || '/' || migration_name AS name FROM ${schema}._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
      [schema],
    );
    const applied = new Set(rows.map(({ name }) => name));
    return wanted.filter((name) => !applied.has(name));
  } catch {
    return wanted.length > 0 ? wanted : [`${schema}/*`]; // no history, or none that this role was ever given
  }
}

const ROLE_FACTS = `
SELECT r.rolname AS name, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AS powerful,
  (SELECT c.relnamespace::regnamespace || '.' || c.relname FROM pg_class c WHERE c.relowner = r.oid AND c.relkind <> 't' ORDER BY c.relkind DESC LIMIT 1) AS owns,
  ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS memberships
FROM pg_roles r WHERE r.rolname = current_user`;
