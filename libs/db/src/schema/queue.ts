import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { ServiceNames } from './names.js';

const id = pg.escapeIdentifier;

/**
 * Installs graphile-worker's tables under the queue's owner, and the one way to them that the app role has. They carry
 * row level security without policies, so a role that owns nothing could never add a job by itself.
 */
export async function installQueue(admin: pg.Client, adminUrl: string, names: ServiceNames): Promise<void> {
  const mark = markOf(names);
  if ((await installed(admin)) === mark) return;
  const database = id(names.database);
  // It says CREATE SCHEMA IF NOT EXISTS, which asks for the right even when the schema is there.
  await admin.query(`GRANT CREATE ON DATABASE ${database} TO ${id(names.queue)}`);
  const pool = new pg.Pool({
    connectionString: adminUrl,
    max: 2,
    options: `-c role=${names.queue} -c synchronous_commit=off`,
  });
  pool.on('error', () => undefined); // a lost connection fails the query that runs on it
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const { Logger, runMigrations } = await import('graphile-worker');
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) });
    await pool.query(`BEGIN; ${ENQUEUE(names)}; COMMENT ON SCHEMA jobs IS ${pg.escapeLiteral(mark)}; COMMIT`);
  } finally {
    await pool.end();
    await admin.query(`REVOKE CREATE ON DATABASE ${database} FROM ${id(names.queue)}`);
  }
}

/** What is installed here, so that a start with nothing to do costs one query. */
async function installed(admin: pg.Client): Promise<string | null> {
  const { rows } = await admin.query<{ mark: string | null }>(
    `SELECT obj_description('jobs'::regnamespace, 'pg_namespace') AS mark`,
  );
  return rows[0]?.mark ?? null;
}

function markOf(names: ServiceNames): string {
  const entry = createRequire(import.meta.url).resolve('graphile-worker');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return `graphile-worker ${version}, enqueue ${createHash('sha256').update(ENQUEUE(names)).digest('hex').slice(0, 12)}`;
}

// Without scans: a session keeps the plans it made while the queue was empty, and would read all of a full one.
const ENQUEUE = ({ owner, app, job }: ServiceNames): string => `
CREATE OR REPLACE FUNCTION jobs.enqueue(task text, payload json, job_key text DEFAULT NULL, run_at timestamptz DEFAULT NULL)
  RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
AS $$ SELECT (graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key)).id $$;
REVOKE ALL ON FUNCTION jobs.enqueue(text, json, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jobs.enqueue(text, json, text, timestamptz) TO ${id(owner)}, ${id(app)}, ${id(job)}`;
