import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { snakeName, type ServiceName } from '@eventzr/config';
import pg from 'pg';

/** The names that belong to one service in a cluster. */
export interface ServiceNames {
  readonly service: ServiceName;
  /** Schema of its tables, and stem of its roles. */
  readonly schema: string;
  readonly database: string;
  readonly owner: string;
  readonly queue: string;
  readonly app: string;
  readonly job: string;
}

export function namesOf(service: ServiceName, database?: string): ServiceNames {
  const stem = snakeName(service);
  return {
    service,
    schema: stem,
    database: database ?? `eventzr_${stem}`,
    owner: `${stem}_owner`,
    queue: `${stem}_queue`,
    app: `${stem}_app`,
    job: `${stem}_job`,
  };
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  return parsed.toString();
}

/** The same server and database, another account. */
export function withAccount(url: string, user: string, password: string): string {
  const parsed = new URL(url);
  parsed.username = user;
  parsed.password = encodeURIComponent(password);
  return parsed.toString();
}

/** The URL without its password: for messages. */
export function safeUrl(url: string): string {
  const parsed = new URL(url);
  return `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}`;
}

/** Runs `work` on a connection of its own. */
export async function withClient<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'eventzr-migrate',
  });
  client.on('error', () => undefined); // a lost connection fails the query that runs on it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** `prisma/` of the workspace or image that this file belongs to. */
export function prismaFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'prisma', 'platform'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('prisma/platform was not found above libs/db');
    folder = parent;
  }
  return join(folder, 'prisma');
}

/** What Postgres stores for a password, so that the password itself never stands in a statement or a log. */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, 4096, 32, 'sha256');
  const key = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}
