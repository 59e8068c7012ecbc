// One embedded cluster per jest run, in a folder of its own, so that several runs in one tree do not meet. It starts
// from the copy that an earlier run left with its migrated templates; templates that are missing are made on first use.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@eventzr/db';
import { cacheFolder, copyCluster, SETTINGS } from './cluster-cache.mjs';

const PREFIX = 'eventzr-test-';

export default async function setup() {
  if (process.env.EVENTZR_TEST_CLUSTER) return; // somebody else's cluster, e.g. a server under test
  removeDeadRuns();
  const dataDir = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  const cluster =
    (await fromCache(dataDir)) ?? (await startEmbeddedPostgres({ dataDir, settings: SETTINGS }));
  process.env.EVENTZR_TEST_CLUSTER = cluster.adminUrl;
  globalThis.eventzrTestCluster = { cluster, dataDir };
}

/** Undefined when there is no usable copy, e.g. since another run replaces it right now. */
async function fromCache(dataDir) {
  if (!existsSync(cacheFolder)) return undefined;
  try {
    copyCluster(cacheFolder, dataDir);
    return await startEmbeddedPostgres({ dataDir, settings: SETTINGS });
  } catch {
    for (const name of readdirSync(dataDir))
      rmSync(path.join(dataDir, name), { recursive: true, force: true });
    return undefined;
  }
}

/** Folders of runs that were killed, and their servers. */
function removeDeadRuns() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name);
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (existsSync(`/proc/${owner}`) || Date.now() - statSync(folder).mtimeMs < 60_000) continue;
    const pid = spawnSync('pgrep', ['-f', `postgres -D ${folder}/pg `], { encoding: 'utf8' })
      .stdout?.trim()
      .split('\n')[0];
    if (pid) process.kill(Number(pid), 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  }
}
