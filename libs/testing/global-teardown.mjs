// Drops the run's databases. When it made new templates, the stopped cluster becomes what the next run starts from.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { cacheFolder, copyCluster } from './cluster-cache.mjs';

export default async function teardown() {
  const run = globalThis.eventzrTestCluster;
  if (run === undefined) return;
  let keep = false;
  try {
    keep = await tidy(run.cluster.adminUrl);
  } catch (error) {
    console.error(`Test databases were not dropped: ${error.message}`);
  }
  await run.cluster.stop();
  await run.cluster.exited;
  if (keep) keepForNextRun(run.dataDir);
  rmSync(run.dataDir, { recursive: true, force: true });
}

/** Leaves only current templates; true when they are not what the cache holds. */
async function tidy(adminUrl) {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query(
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname ~ '^(t|tpl|eventzr)_' ORDER BY oid DESC`,
    );
    const newest = new Map();
    for (const { name, mark } of rows.filter(({ name }) => /^tpl_.*_[0-9a-f]{12}$/.test(name))) {
      const service = name.slice(0, -13);
      if (!newest.has(service)) newest.set(service, { name, cached: mark === 'cached' });
    }
    const kept = new Set([...newest.values()].map(({ name }) => name));
    for (const { name } of rows.filter(({ name }) => !kept.has(name)))
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    const fresh = [...newest.values()].filter(({ cached }) => !cached);
    for (const { name } of fresh) await admin.query(`COMMENT ON DATABASE "${name}" IS 'cached'`);
    return fresh.length > 0 || !existsSync(cacheFolder);
  } finally {
    await admin.end();
  }
}

function keepForNextRun(dataDir) {
  const old = `${cacheFolder}.old.${process.pid}`;
  const next = `${cacheFolder}.next.${process.pid}`;
  try {
    mkdirSync(path.dirname(cacheFolder), { recursive: true });
    for (const name of ['lock', 'postgres.log']) rmSync(path.join(dataDir, name), { force: true });
    copyCluster(dataDir, next);
    if (existsSync(cacheFolder)) renameSync(cacheFolder, old);
    renameSync(next, cacheFolder);
  } catch (error) {
    console.error(`The test cluster was not kept for the next run: ${error.message}`);
  }
  for (const folder of [old, next]) rmSync(folder, { recursive: true, force: true });
}
