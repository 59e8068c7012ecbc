import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, oneLine } from '../errors.js';
import { findBinaries, hydrateLinks } from './binaries.js';
import { LockTaken, takeLock, type HeldLock } from './lock.js';
import { stopOrphan } from './orphan.js';
import { waitUntilGone } from './processes.js';
import { handOver, planRun, runInBackground, runToEnd, type RunMode, type RunPlan } from './run-as.js';

export interface EmbeddedPostgresOptions {
  /** The house's data folder; the cluster lives in `pg/` below it. */
  readonly dataDir: string;
  /** Port on 127.0.0.1; a free one when absent. */
  readonly port?: number;
  /** Server settings over the defaults, e.g. `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Set when the caller already holds the lock of `dataDir`. */
  readonly lock?: HeldLock;
  /** For tests: how to run instead of the best way found. */
  readonly mode?: RunMode;
  /** For tests: where `copied` puts its copies. */
  readonly copies?: string;
}

export interface EmbeddedPostgres {
  /** URL of the superuser, on the maintenance database. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, asked or not. */
  readonly exited: Promise<void>;
  /** Ends all sessions and stops the server; safe to call twice. */
  stop(): Promise<void>;
}

const SUPERUSER = 'postgres';
const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  log_min_messages: 'warning',
  lc_messages: 'C',
};
const START_LIMIT_MS = 60_000;

/**
 * Starts the embedded Postgres on its data, which it makes on the first start. A server left by a killed run is
 * stopped; a living run is never touched.
 * @throws EmbeddedPostgresError with one line that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const native = findBinaries();
  hydrateLinks(native);
  makeFolder(dataDir);
  const lock = options.lock ?? lockFolder(dataDir);
  try {
    const password = adminPassword(dataDir);
    const plan = planRun(native, dataDir, options.mode, options.copies);
    await stopOrphan(plan.data);
    if (!existsSync(join(plan.data, 'PG_VERSION'))) initialise(plan, dataDir, password);
    return await start(plan, dataDir, password, options, lock);
  } catch (error) {
    if (options.lock === undefined) lock.release();
    throw error;
  }
}

function makeFolder(dataDir: string): void {
  try {
    makeWithParents(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    rmSync(probeFile(dataDir), { force: true });
    writeFileSync(probeFile(dataDir), '');
    rmSync(probeFile(dataDir));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The data folder ${dataDir} is not writable (${oneLine(error)}): set DATA_DIR to a folder that is`,
    );
  }
}

/**
 * 0755, or the database's account could not enter. One by one, since Node's own recursive mkdir never returns where
 * the system denies folders by ENOENT (as /proc does).
 */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  makeWithParents(dirname(folder));
  mkdirSync(folder, { mode: 0o755 });
}

function probeFile(dataDir: string): string {
  return join(dataDir, `.writable.${process.pid}`);
}

function lockFolder(dataDir: string): HeldLock {
  try {
    return takeLock(join(dataDir, 'lock'));
  } catch (error) {
    if (!(error instanceof LockTaken)) throw error;
    throw new EmbeddedPostgresError(
      `The data folder ${dataDir} is in use by process ${error.pid}: stop that run first, or set DATA_DIR to another folder`,
    );
  }
}

/** The superuser's password, made once. The server listens on loopback, where every local account could knock. */
function adminPassword(dataDir: string): string {
  const file = join(dataDir, 'secrets', 'database-admin');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Makes the cluster beside its place and moves it there, so that a killed run leaves all of it or nothing. */
function initialise(plan: RunPlan, dataDir: string, password: string): void {
  const draft = `${plan.data}.new`;
  const passwordFile = `${draft}-password`;
  rmSync(draft, { recursive: true, force: true });
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    handOver(plan, passwordFile);
    const args = [
      '-D',
      draft,
      '-U',
      SUPERUSER,
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ];
    const { status, output } = runToEnd(plan, 'initdb', args);
    if (status !== 0)
      throw new EmbeddedPostgresError(`Cannot create the database in ${dataDir}: ${lastLine(output)}`);
    rmSync(plan.data, { recursive: true, force: true });
    renameSync(draft, plan.data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function start(
  plan: RunPlan,
  dataDir: string,
  password: string,
  options: EmbeddedPostgresOptions,
  lock: HeldLock,
): Promise<EmbeddedPostgres> {
  // prettier-ignore
  const logFile = join(dataDir, 'postgres.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const child = spawnServer(plan, port, options.settings, logFile);
    const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
    const end = exited.then(() => 'ended' as const);
    if ((await Promise.race([ready(plan.data, child), end])) === 'ready') {
      const release = (): void => (options.lock === undefined ? lock.release() : undefined);
      return running(child, port, password, exited, release);
    }
    await stopChild(child, exited);
    const reason = lastLine(existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
    // A free port may be taken before the server binds it, and a killed server's memory may outlive it for a moment.
    const passing = /in use|could not create any TCP/i.test(reason);
    if (!passing || attempt === 5 || options.port !== undefined) {
      throw new EmbeddedPostgresError(
        `The database in ${dataDir} does not start: ${reason} (see ${logFile})`,
      );
    }
    await sleep(100 * attempt);
  }
}

function spawnServer(
  plan: RunPlan,
  port: number,
  settings: EmbeddedPostgresOptions['settings'],
  logFile: string,
): ChildProcess {
  rmSync(join(plan.data, 'postmaster.pid'), { force: true }); // its process is gone: stopOrphan saw to it
  const args = Object.entries({ ...DEFAULTS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openSync(logFile, 'w', 0o644);
  try {
    return runInBackground(plan, 'postgres', ['-D', plan.data, '-p', String(port), ...args], log);
  } finally {
    closeSync(log);
  }
}

/** As pg_ctl does it: line 8 of postmaster.pid says when connections are taken. */
async function ready(data: string, child: ChildProcess): Promise<'ready' | 'late'> {
  const file = join(data, 'postmaster.pid');
  for (
    const end = performance.now() + START_LIMIT_MS;
    performance.now() < end && child.exitCode === null;
    await sleep(5)
  ) {
    try {
      if (readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready') return 'ready';
    } catch {
      // not written yet
    }
  }
  return 'late';
}

function running(
  child: ChildProcess,
  port: number,
  password: string,
  exited: Promise<void>,
  release: () => void,
): EmbeddedPostgres {
  const adminUrl = `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  void exited.then(release);
  return { adminUrl, port, pid: child.pid ?? 0, exited, stop: () => stopChild(child, exited) };
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT'); // fast: ends the sessions, keeps what was committed
  if (!(await waitUntilGone(child.pid, 6_000))) child.kill('SIGQUIT'); // recovers from the log at the next start
  await exited;
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((each) => /FATAL|PANIC|error/i.test(each)) ?? lines.at(-1) ?? 'no output';
  return line.replace(/^.*?(FATAL|PANIC|ERROR): +/, '').trim();
}
