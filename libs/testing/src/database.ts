import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, ServiceName } from '@eventzr/config';
import {
  cloneDatabase,
  migrate,
  namesOf,
  prismaFolder,
  provision,
  withAccount,
  withDatabase,
} from '@eventzr/db';
import pg from 'pg';

export interface TestDatabase {
  /** `DATABASE_URL` and `JOB_DATABASE_URL` of the clone. */
  readonly environment: Environment;
  readonly database: string;
  /** The superuser on the clone: to arrange and to look behind row level security. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** Other tables than the service's own, under its roles: for the specs of libs. */
export interface Fixture {
  readonly name: string;
  /** Holds `migrations/` and `shared-tables.json`. */
  readonly folder: string;
}

/** Roles are shared by all test databases of a cluster, so they keep one password. */
export const TEST_PASSWORD = 'test-password';
const PASSWORDS = { app: TEST_PASSWORD, job: TEST_PASSWORD };

/** A database of one service, freshly cloned from its migrated template: 0.1-0.2 s. Drop it when the spec ends. */
export async function startTestDatabase(service: ServiceName, fixture?: Fixture): Promise<TestDatabase> {
  const cluster = testClusterUrl();
  const template = await ensureTemplate(cluster, service, fixture);
  const names = namesOf(service, `t_${namesOf(service).schema}_${randomBytes(6).toString('hex')}`);
  await cloneDatabase(cluster, template, names);
  const adminUrl = withDatabase(cluster, names.database);
  return {
    environment: {
      DATABASE_URL: withAccount(adminUrl, names.app, TEST_PASSWORD),
      JOB_DATABASE_URL: withAccount(adminUrl, names.job, TEST_PASSWORD),
    },
    database: names.database,
    adminUrl,
    drop: () =>
      asAdmin(cluster, (admin) => admin.query(`DROP DATABASE IF EXISTS ${names.database} WITH (FORCE)`)),
  };
}

/** The superuser's URL of the run's cluster, started by global-setup.mjs. */
export function testClusterUrl(): string {
  const url = process.env.EVENTZR_TEST_CLUSTER;
  if (url === undefined) throw new Error('No test cluster: jest must run with libs/testing/global-setup.mjs');
  return url;
}

/** The service's migrated template, made on first use. Its name carries a hash of all that shapes it. */
export async function ensureTemplate(
  cluster: string,
  service: ServiceName,
  fixture?: Fixture,
): Promise<string> {
  const folder = fixture?.folder ?? join(prismaFolder(), service);
  const template = `tpl_${fixture?.name ?? namesOf(service).schema}_${templateHash(folder)}`;
  await asAdmin(cluster, async (admin) => {
    if (await exists(admin, template)) return;
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [template]); // ends with the connection
    if (await exists(admin, template)) return;
    const draft = `${template}_draft`;
    await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await provision({ adminUrl: cluster, service, passwords: PASSWORDS, database: draft });
    await migrate({ adminUrl: cluster, service, database: draft, folder });
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  });
  return template;
}

async function exists(admin: pg.Client, database: string): Promise<boolean> {
  return (await admin.query('SELECT FROM pg_database WHERE datname = $1', [database])).rowCount === 1;
}

/** Runs `work` on a connection of its own, e.g. as the superuser of `adminUrl`. */
export async function asAdmin(url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

const hashes = new Map<string, string>();

function templateHash(own: string): string {
  const known = hashes.get(own);
  if (known !== undefined) return known;
  const prisma = prismaFolder();
  const hash = createHash('sha256');
  for (const folder of [join(prisma, 'platform'), own, join(prisma, '..', 'libs/db/src/schema')]) {
    for (const file of filesOf(folder)) hash.update(file).update(readFileSync(join(folder, file)));
  }
  const short = hash.digest('hex').slice(0, 12);
  hashes.set(own, short);
  return short;
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.(sql|json|ts)$/.test(file) && !file.endsWith('.spec.ts')).sort();
}
