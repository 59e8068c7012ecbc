import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceName } from '@eventzr/config';
import { namesOf, prismaFolder } from '@eventzr/db';
import type { AnyServiceDefinition } from '@eventzr/service';
import pg from 'pg';
import type { TestDatabase } from './database.js';
import { startService, type TestService, type TestServiceOptions } from './service.js';

/** A TOTP secret (base32) for accounts that have one in tests. */
export const TEST_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

type Seed = (input: {
  client: pg.Client;
  now: Date;
  secrets: Readonly<Record<string, string>>;
}) => Promise<void>;

/** A service whose database holds what an embedded start seeds. */
export interface SeededService extends TestService {
  /** The superuser on the service's schema: to arrange, and to look behind row level security. */
  readonly admin: pg.Client;
}

/** `startService` with seeds; its `close` ends the admin connection too. */
export async function startSeededService(
  definition: AnyServiceDefinition,
  options: TestServiceOptions = {},
): Promise<SeededService> {
  const test = await startService(definition, options);
  const secrets = {
    devTotpSecret: TEST_TOTP_SECRET,
    keyEncryptionKey: test.environment.KEY_ENCRYPTION_KEY ?? '',
  };
  await seedTestDatabase(definition.name, test.database, test.clock.now(), secrets);
  const admin = await adminOf(definition.name, test.database);
  const close = async (): Promise<void> => {
    await admin.end();
    await test.close();
  };
  return { ...test, admin, close };
}

/** Puts the documented accounts, plans or wallets of `service` into a test database, as an embedded start does. */
export async function seedTestDatabase(
  service: ServiceName,
  database: TestDatabase,
  now: Date,
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = pathToFileURL(join(prismaFolder(), 'seed', `${service}.mjs`)).href;
  const module = (await import(file)) as { readonly seed: Seed };
  const client = await adminOf(service, database);
  try {
    await module.seed({ client, now, secrets });
  } finally {
    await client.end();
  }
}

async function adminOf(service: ServiceName, { adminUrl }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`SET search_path = ${namesOf(service).schema}`);
  return client;
}
