// The whole platform as `npm start` runs it, on a folder of its own and free ports.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { family, freePort, root, stop } from './harness.mjs';

const START_LIMIT_MS = 90_000;

/** One data folder for all rows of a run: the first start fills it. */
export function dataFolder(bench) {
  return (bench.dataFolder ??= bench.temporaryFolder('platform'));
}

/** Starts the platform and waits for its greeting; `measured` as `Bench.command` takes it. */
export async function startPlatform(bench, { measured } = {}) {
  const port = await freePort();
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: dataFolder(bench),
    HOST: '127.0.0.1',
    PORT: String(port),
    INTERNAL_PORT: String(await freePort()),
    RATE_LIMIT: 'off',
  };
  const startedAt = performance.now();
  const heard = Promise.withResolvers();
  let printed = '';
  const output = (text) => {
    printed += text;
    if (printed.includes('EventZR is ready')) heard.resolve();
  };
  const child = bench.spawn([join(root, 'tools/start.mjs')], { measured, environment, output });
  child.once('exit', () => heard.reject(new Error('the platform ended before it was ready')));
  const late = setTimeout(
    () => heard.reject(new Error('the platform was not ready in time')),
    START_LIMIT_MS,
  );
  await heard.promise.finally(() => clearTimeout(late));
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    readyMs: performance.now() - startedAt,
    stop: () => stop(child),
  };
}

/** Resident memory in MiB: of the process itself, and of it with its children, shared pages counted once. */
export function residentMiB(pid) {
  if (!existsSync(`/proc/${pid}/smaps_rollup`)) return undefined;
  const own = kilobytes(pid, 'Rss') / 1024;
  const all = family(pid).reduce((total, each) => total + kilobytes(each, 'Pss'), 0) / 1024;
  return { own, all };
}

function kilobytes(pid, field) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(new RegExp(`^${field}: +(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  } catch {
    return 0; // ended meanwhile
  }
}
