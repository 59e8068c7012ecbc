// What every row leans on: child processes on their own core, a database of the house, a service of the house, a load
// generator beside them, and the certainty that nothing is left behind.
import { execFileSync, fork, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const STOP_MS = 10_500;
const START_MS = 60_000;

/** The measured process alone on one core, everything else on the other. */
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;
export const MEASURED_CORE = '0';
export const NEIGHBOUR_CORE = '1';

/** One run of the benchmark: what it started, so that it can be ended. */
export class Bench {
  /** @param {{ short: boolean, profile: string | undefined }} options */
  constructor({ short, profile }) {
    this.short = short;
    this.profile = profile;
    this.pinned = canPin;
    this.cleanups = [];
    // Postgres and the load generator inherit it.
    if (canPin) execFileSync('taskset', ['-cp', NEIGHBOUR_CORE, String(process.pid)], { stdio: 'ignore' });
  }

  /** Runs `work` when the run ends, last come first served. */
  defer(work) {
    this.cleanups.push(work);
  }

  async close() {
    for (let work = this.cleanups.pop(); work !== undefined; work = this.cleanups.pop()) {
      await Promise.resolve()
        .then(work)
        .catch((error) => process.stderr.write(`clean-up: ${error?.message ?? error}\n`));
    }
  }

  temporaryFolder(name) {
    const folder = mkdtempSync(join(tmpdir(), `eventzr-bench-${name}-`));
    this.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    return folder;
  }

  /** A script of bench/ with a channel to talk over; `measured` decides on which core. */
  fork(script, { measured, environment = {} }) {
    const [execPath, ...execArgv] = this.command(measured);
    const child = fork(join(root, 'bench', script), [], {
      execPath,
      execArgv: [...execArgv, ...(measured ? this.profiling(script) : [])],
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.defer(() => stop(child));
    return new Remote(child);
  }

  /** A Node program without a channel; `output` hears what it prints. */
  spawn(args, { measured, environment, cwd = root, output, quiet = false }) {
    const [file, ...prefix] = this.command(measured);
    const child = spawn(file, [...prefix, ...(measured ? this.profiling('service') : []), ...args], {
      cwd,
      env: environment,
      stdio: ['ignore', output === undefined ? 'ignore' : 'pipe', quiet ? 'ignore' : 'inherit'],
    });
    child.stdout?.setEncoding('utf8').on('data', output);
    this.defer(() => stop(child));
    return child;
  }

  /** `measured`: true, false, or `everywhere` for a process that may use both cores. */
  command(measured) {
    if (measured === undefined || !this.pinned) return [process.execPath];
    if (measured === 'everywhere')
      return ['taskset', '-c', `${MEASURED_CORE},${NEIGHBOUR_CORE}`, process.execPath];
    return ['taskset', '-c', measured ? MEASURED_CORE : NEIGHBOUR_CORE, process.execPath];
  }

  profiling(name) {
    if (this.profile === undefined) return [];
    return [
      '--cpu-prof',
      `--cpu-prof-dir=${this.profile}`,
      `--cpu-prof-name=${name.replace(/\W/g, '-')}-${Date.now()}.cpuprofile`,
    ];
  }

  /** The load generator; made once, so that it is warm. */
  load() {
    this.generator ??= this.fork('load.mjs', { measured: false });
    return this.generator;
  }
}

/** A child that answers one message at a time. */
class Remote {
  constructor(child) {
    this.child = child;
    this.pid = child.pid;
    this.waiting = [];
    child.on('message', ({ error, value }) => {
      const { resolve, reject } = this.waiting.shift();
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    });
    child.on('exit', (code) => {
      for (const { reject } of this.waiting.splice(0))
        reject(new Error(`a measured process ended (${code})`));
    });
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.send(message);
    });
  }

  stop() {
    return stop(this.child);
  }
}

/** Ends a child: asks, then insists. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(insist);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** CPU time that a process has used, all threads, in milliseconds; undefined where there is no /proc. */
export function cpuMs(pid) {
  if (!existsSync(`/proc/${pid}/task`)) return undefined;
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread ended meanwhile.
    }
  }
  return nanoseconds / 1e6;
}

/** Waits until `url` answers 200. */
export async function untilReady(url, child) {
  for (const end = performance.now() + START_MS; performance.now() < end; await sleep(20)) {
    if (child.exitCode !== null) throw new Error(`${url}: the process ended before it was ready`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
  }
  throw new Error(`${url} was not ready within ${START_MS / 1000} s`);
}
