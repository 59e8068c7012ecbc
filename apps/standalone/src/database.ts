import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceName } from '@eventzr/config';
import { SERVICE_NAMES, snakeName } from '@eventzr/config';
import {
  migrate,
  namesOf,
  prismaFolder,
  provision,
  startEmbeddedPostgres,
  withAccount,
  withDatabase,
} from '@eventzr/db';
import type { StandaloneConfig } from './config.js';
import type { DatabaseUrls } from './environments.js';
import type { Secrets } from './secrets.js';

/** The Postgres cluster in use, brought up to date and seeded. */
export interface Cluster {
  readonly adminUrl: string;
  urlsOf(service: ServiceName): DatabaseUrls;
  /** Stops the cluster when it is ours. */
  close(): Promise<void>;
}

/** What `prisma/seed/index.mjs` offers; plain JavaScript, since the migration step of an image runs it too. */
interface Seeds {
  seedAll(options: {
    readonly adminUrl: string;
    readonly now: Date;
    readonly secrets: { readonly devTotpSecret: string; readonly keyEncryptionKey: string };
  }): Promise<void>;
}

/**
 * Opens the cluster: the one of `DATABASE_URL` (an admin's), else the embedded one.
 * @throws EmbeddedPostgresError, MigrationError with one line that says what to do
 */
export async function openCluster(config: StandaloneConfig, secrets: Secrets): Promise<Cluster> {
  const embedded =
    config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : undefined;
  const adminUrl = embedded?.adminUrl ?? config.databaseUrl ?? '';
  const close = async () => embedded?.stop();
  try {
    await Promise.all(SERVICE_NAMES.map((service) => bringUpToDate(adminUrl, service, secrets)));
    await seed(adminUrl, secrets);
  } catch (error) {
    await close();
    throw error;
  }
  return { adminUrl, close, urlsOf: (service) => urlsOf(adminUrl, service, secrets) };
}

async function bringUpToDate(adminUrl: string, service: ServiceName, secrets: Secrets): Promise<void> {
  await provision({ adminUrl, service, passwords: passwordsOf(service, secrets) });
  await migrate({ adminUrl, service });
}

async function seed(adminUrl: string, secrets: Secrets): Promise<void> {
  const seeds = (await import(pathToFileURL(join(prismaFolder(), 'seed/index.mjs')).href)) as Seeds;
  await seeds.seedAll({
    adminUrl,
    now: new Date(),
    secrets: { devTotpSecret: secrets.totpSeed(), keyEncryptionKey: secrets.get('KEY_ENCRYPTION_KEY') },
  });
}

function urlsOf(adminUrl: string, service: ServiceName, secrets: Secrets): DatabaseUrls {
  const { database, app, job } = namesOf(service);
  const url = withDatabase(adminUrl, database);
  const passwords = passwordsOf(service, secrets);
  return { app: withAccount(url, app, passwords.app), job: withAccount(url, job, passwords.job) };
}

function passwordsOf(service: ServiceName, secrets: Secrets): { app: string; job: string } {
  const stem = snakeName(service).toUpperCase();
  return { app: secrets.get(`${stem}_APP_PASSWORD`), job: secrets.get(`${stem}_JOB_PASSWORD`) };
}
