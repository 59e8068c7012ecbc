// The folders that every embedded installation starts with. Safe to run again. Files are not seeded: there are no bytes for them.

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const ORGANIZER = '00000000-0000-4000-8000-000000000103';
const FOLDERS = ['Brand', 'Events', 'Generated'];

/**
 * @param {object} input
 * @param {import('pg').Client} input.client as the cluster's admin, search_path on the service's schema
 * @param {Date} input.now
 */
export async function seed({ client, now }) {
  for (const [index, name] of FOLDERS.entries()) {
    await client.query(
      `INSERT INTO folders (tenant_id, id, name, created_by, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT DO NOTHING`,
      [EVENTZR, `c0000000-0000-4000-8000-00000000000${index + 1}`, name, ORGANIZER, now],
    );
  }
}
