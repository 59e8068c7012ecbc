import pg from 'pg';
import type { ServiceNames } from './names.js';

const id = pg.escapeIdentifier;

/**
 * Installs graphile-worker's tables under the queue's owner, and the one way to them that the app role has. They carry
 * row level security without policies, so a role that owns nothing could never add a job by itself.
 */
export async function installQueue(admin: pg.Client, adminUrl: string, names: ServiceNames): Promise<void> {
  const { runMigrations } = await import('graphile-worker');
  const database = id(names.database);
  // It says CREATE SCHEMA IF NOT EXISTS, which asks for the right even when the schema is there.
  await admin.query(`GRANT CREATE ON DATABASE ${database} TO ${id(names.queue)}`);
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2, options: `-c role=${names.queue}` });
  pool.on('error', () => undefined); // a lost connection fails the query that runs on it
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: await quiet() });
    await pool.query(ENQUEUE(names));
  } finally {
    await pool.end();
    await admin.query(`REVOKE CREATE ON DATABASE ${database} FROM ${id(names.queue)}`);
  }
}

async function quiet() {
  const { Logger } = await import('graphile-worker');
  return new Logger(() => () => undefined);
}

const ENQUEUE = ({ owner, app, job }: ServiceNames): string => `
BEGIN;
CREATE OR REPLACE FUNCTION jobs.enqueue(task text, payload json, job_key text DEFAULT NULL, run_at timestamptz DEFAULT NULL)
  RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT (graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key)).id $$;
REVOKE ALL ON FUNCTION jobs.enqueue(text, json, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jobs.enqueue(text, json, text, timestamptz) TO ${id(owner)}, ${id(app)}, ${id(job)};
COMMIT;`;
