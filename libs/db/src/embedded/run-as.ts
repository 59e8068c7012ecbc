import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError, oneLine } from '../errors.js';

/** Postgres refuses to run as root. How it is run instead. */
export type RunMode =
  /** We are a normal user: as we are. */
  | 'direct'
  /** Root in a user namespace that shows our own files as nobody's: works below a 0700 home. */
  | 'namespace'
  /** No user namespaces: nobody's own copies of binaries and data, where nobody can reach them. */
  | 'copied';

const NOBODY = 65534;
const NAMESPACE = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
const COPIES = '/var/lib/eventzr';

/** Where the binaries and the data are, and how a program of theirs is run. */
export interface RunPlan {
  readonly mode: RunMode;
  readonly bin: string;
  readonly data: string;
}

/** Decides how Postgres is run from here; with `copied` it makes the copies. */
export function planRun(native: string, dataDir: string, wanted?: RunMode, copies = COPIES): RunPlan {
  const data = join(dataDir, 'pg');
  const mode = wanted ?? (existsSync(movedMarker(data)) ? 'copied' : chooseMode(native, dataDir));
  return mode === 'copied' ? copiedPlan(native, data, copies) : { mode, bin: join(native, 'bin'), data };
}

function chooseMode(native: string, dataDir: string): RunMode {
  if (process.getuid?.() !== 0) return 'direct';
  const probe = [
    'sh',
    '-c',
    '"$0" --version && test -r "$1" && test -w "$1"',
    join(native, 'bin', 'postgres'),
    dataDir,
  ];
  return spawnSync('unshare', [...NAMESPACE, ...probe], { cwd: '/', stdio: 'ignore' }).status === 0
    ? 'namespace'
    : 'copied';
}

/** Runs a program to its end. */
export function runToEnd(
  plan: RunPlan,
  program: string,
  args: string[],
): { status: number | null; output: string } {
  const { command, argv, ids } = invocation(plan, program, args);
  const run = spawnSync(command, argv, { ...ids, cwd: '/', env: environment(), encoding: 'utf8' });
  return { status: run.status, output: `${run.stderr ?? ''}${run.stdout ?? ''}${run.error?.message ?? ''}` };
}

/** Starts a program in a process group of its own, so that Ctrl-C reaches us first and the database last. */
export function runInBackground(plan: RunPlan, program: string, args: string[], log: number): ChildProcess {
  const { command, argv, ids } = invocation(plan, program, args);
  return spawn(command, argv, {
    ...ids,
    cwd: '/',
    env: environment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
}

/** Gives a file that root made to the account that runs the database. */
export function handOver(plan: RunPlan, path: string): void {
  if (plan.mode === 'copied') chownSync(path, NOBODY, NOBODY);
}

function invocation(plan: RunPlan, program: string, args: string[]) {
  const path = join(plan.bin, program);
  if (plan.mode === 'namespace') return { command: 'unshare', argv: [...NAMESPACE, path, ...args], ids: {} };
  return { command: path, argv: args, ids: plan.mode === 'copied' ? { uid: NOBODY, gid: NOBODY } : {} };
}

/** Nothing of ours: neither secrets nor PG* settings belong into the database's environment. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/', TZ: 'UTC', LC_MESSAGES: 'C' };
}

function copiedPlan(native: string, data: string, copies: string): RunPlan {
  try {
    const version = createHash('sha256')
      .update(readFileSync(join(native, 'bin', 'postgres')))
      .digest('hex')
      .slice(0, 12);
    const binaries = join(copies, `postgres-${version}`);
    if (!existsSync(binaries)) copyForNobody(native, binaries);
    const home = join(copies, createHash('sha256').update(resolve(data)).digest('hex').slice(0, 12));
    const copy = join(home, 'pg');
    if (!existsSync(copy) && existsSync(data)) copyForNobody(data, copy);
    mkdirSync(home, { recursive: true, mode: 0o755 });
    chownSync(home, NOBODY, NOBODY);
    if (existsSync(data)) renameSync(data, `${data}.before-move`);
    // From now on the copy is the database, also for a later start that could do without.
    writeFileSync(movedMarker(data), `${copy}\n`);
    return { mode: 'copied', bin: join(binaries, 'bin'), data: copy };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Postgres cannot run as root here, user namespaces are off and ${copies} is not writable (${oneLine(error)}): start as a normal user, or set DATABASE_URL`,
    );
  }
}

function movedMarker(data: string): string {
  return `${data}.location`;
}

function copyForNobody(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  for (const entry of ['', ...readdirSync(draft, { recursive: true, encoding: 'utf8' })]) {
    const facts = lstatSync(join(from, entry));
    if (facts.isDirectory()) chmodSync(join(draft, entry), facts.mode); // cpSync keeps those of files only
    lchownSync(join(draft, entry), NOBODY, NOBODY);
  }
  if (existsSync(to)) rmSync(draft, { recursive: true });
  else renameSync(draft, to);
}
