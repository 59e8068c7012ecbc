import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceName } from '@eventzr/config';
import { namesOf, prismaFolder } from '@eventzr/db';
import pg from 'pg';
import type { TestDatabase } from './database.js';

/** A TOTP secret (base32) for accounts that have one in tests. */
export const TEST_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

interface SeedModule {
  seed(input: { client: pg.Client; now: Date; secrets: Readonly<Record<string, string>> }): Promise<void>;
}

/** Puts the documented accounts, plans or wallets of `service` into a test database, as an embedded start does. */
export async function seedTestDatabase(
  service: ServiceName,
  database: TestDatabase,
  now: Date,
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = pathToFileURL(join(prismaFolder(), 'seed', `${service}.mjs`)).href;
  const { seed } = (await import(file)) as SeedModule;
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(`SET search_path = ${namesOf(service).schema}`);
    await seed({ client, now, secrets });
  } finally {
    await client.end();
  }
}
