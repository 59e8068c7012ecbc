import type { ServiceName } from '@eventzr/config';
import pg from 'pg';
import { MigrationError, oneLine } from '../errors.js';
import { namesOf, safeUrl, scramVerifier, withClient, withDatabase, type ServiceNames } from './names.js';

export interface ProvisionOptions {
  /** A role that may create roles and databases, on the cluster's maintenance database. */
  readonly adminUrl: string;
  readonly service: ServiceName;
  readonly passwords: { readonly app: string; readonly job: string };
  /** Another database than `eventzr_<svc>`: test clones. */
  readonly database?: string;
  /** Clone of this database instead of an empty one. */
  readonly template?: string;
}

const id = pg.escapeIdentifier;
const CLUSTER_LOCK = 72_707_370;

/**
 * Makes a service's roles, its database and the schemas in it; safe to repeat. Roles belong to the cluster, so all
 * runs take turns by a lock on the maintenance database.
 * @throws MigrationError of one line
 */
export async function provision(options: ProvisionOptions): Promise<void> {
  try {
    await makeAll(options);
  } catch (error) {
    throw new MigrationError(
      `Cannot set up ${options.service} on ${safeUrl(options.adminUrl)}: ${oneLine(error)}`,
    );
  }
}

async function makeAll(options: ProvisionOptions): Promise<void> {
  const names = namesOf(options.service, options.database);
  await withClient(options.adminUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [CLUSTER_LOCK]);
    await makeRoles(admin, names, options.passwords);
    if (options.template === undefined) await makeDatabase(admin, names);
  });
  // Clones need no turn: each has a name of its own.
  if (options.template !== undefined) await cloneDatabase(options.adminUrl, options.template, names);
  else await withClient(withDatabase(options.adminUrl, names.database), (admin) => makeSchemas(admin, names));
}

/** A copy of a migrated database. Grants on a database are not copied with it, so they are repeated. */
export async function cloneDatabase(adminUrl: string, template: string, names: ServiceNames): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    await admin.query(`CREATE DATABASE ${id(names.database)} TEMPLATE ${id(template)}`);
    await grantConnect(admin, names);
  });
}

async function makeRoles(
  admin: pg.Client,
  names: ServiceNames,
  passwords: ProvisionOptions['passwords'],
): Promise<void> {
  const plain = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
  const { rows } = await admin.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY($1)',
    [[names.owner, names.queue, names.app, names.job]],
  );
  const known = new Set(rows.map(({ rolname }) => rolname));
  for (const role of [names.owner, names.queue, names.app, names.job]) {
    if (!known.has(role)) await admin.query(`CREATE ROLE ${id(role)} NOLOGIN ${await superuser(admin) ? plain : 'NOCREATEDB NOCREATEROLE'}`); // prettier-ignore
  }
  for (const [role, password] of [
    [names.app, passwords.app],
    [names.job, passwords.job],
  ] as const) {
    // prettier-ignore
    await admin.query(`ALTER ROLE ${id(role)} LOGIN PASSWORD ${pg.escapeLiteral(scramVerifier(password))}`);
    await admin.query(`ALTER ROLE ${id(role)} SET search_path = ${id(names.schema)}`);
  }
  await admin.query(`GRANT ${id(names.queue)} TO ${id(names.job)}`);
  if (await superuser(admin)) return;
  // A managed cluster's master may create roles, but must be let into them before it can act as them.
  for (const role of [names.owner, names.queue])
    await admin.query(`GRANT ${id(role)} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE`);
}

async function superuser(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query<{ yes: boolean }>(
    'SELECT rolsuper AS yes FROM pg_roles WHERE rolname = current_user',
  );
  return rows[0]?.yes === true;
}

async function makeDatabase(admin: pg.Client, names: ServiceNames): Promise<void> {
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [names.database]);
  if (rowCount === 0)
    await admin.query(`CREATE DATABASE ${id(names.database)} ENCODING 'UTF8' TEMPLATE template0`);
  await grantConnect(admin, names);
}

async function grantConnect(admin: pg.Client, { database, app, job }: ServiceNames): Promise<void> {
  await admin.query(`REVOKE ALL ON DATABASE ${id(database)} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${id(database)} TO ${id(app)}, ${id(job)}`);
}

/** Schemas are made by the admin for their owners, who may not create any: nothing appears beside them. */
async function makeSchemas(
  admin: pg.Client,
  { schema, owner, queue, app, job }: ServiceNames,
): Promise<void> {
  await admin.query(
    ['BEGIN', `SELECT pg_advisory_xact_lock(${CLUSTER_LOCK})`, 'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      `CREATE SCHEMA IF NOT EXISTS platform AUTHORIZATION ${id(owner)}`,
      `CREATE SCHEMA IF NOT EXISTS ${id(schema)} AUTHORIZATION ${id(owner)}`,
      `CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION ${id(queue)}`,
      `SET LOCAL ROLE ${id(owner)}`, `GRANT USAGE ON SCHEMA platform, ${id(schema)} TO ${id(app)}, ${id(job)}`,
      `SET LOCAL ROLE ${id(queue)}`, `GRANT USAGE ON SCHEMA jobs TO ${id(owner)}, ${id(app)}, ${id(job)}`,
      'COMMIT',
    ].join(';\n'),
  ); // prettier-ignore
}
