// Seeds the services that have a file here: fixed ids, idempotent, as admin with the service's schema as search_path.
import { existsSync } from 'node:fs';
import { SERVICE_NAMES } from '@eventzr/config';
import { namesOf, withDatabase } from '@eventzr/db';
import pg from 'pg';

/**
 * Each file exports `seed({ client, now, secrets })`; it runs in one transaction of its service's database.
 * @param {{ adminUrl: string, services?: readonly string[], now?: Date, secrets?: Record<string, string> }} options
 * @returns {Promise<string[]>} the services that were seeded
 */
export async function seedAll({ adminUrl, services = SERVICE_NAMES, now = new Date(), secrets = {} }) {
  const seeded = [];
  for (const service of services) {
    const file = new URL(`./${service}.mjs`, import.meta.url);
    if (!existsSync(file)) continue;
    const { seed } = await import(file.href);
    await inDatabase(adminUrl, service, (client) => seed({ client, now, secrets }));
    seeded.push(service);
  }
  return seeded;
}

async function inDatabase(adminUrl, service, work) {
  const { database, schema } = namesOf(service);
  const client = new pg.Client({ connectionString: withDatabase(adminUrl, database) });
  await client.connect();
  try {
    await client.query(`BEGIN; SET LOCAL search_path TO "${schema}"`);
    await work(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
