import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The stopped cluster that the next run starts from. */
export const cacheFolder = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../node_modules/.cache/eventzr-test-cluster',
);

/** Nothing here outlives the run, so nothing has to reach the disk. */
export const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '256MB',
  checkpoint_timeout: '30min',
  jit: 'off',
};

/** With owners and modes: Postgres refuses a data folder that others may read. */
export function copyCluster(from, to) {
  const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', `${from}/.`, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
}
