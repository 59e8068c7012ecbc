import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf } from '../errors.js';
import { processStart } from './processes.js';

/** Who holds a lock: the start time tells a living holder from a stranger that was given the same pid. */
interface Holder {
  readonly pid: number;
  readonly start: string;
}

export interface HeldLock {
  release(): void;
}

/** Another living process holds the lock. */
export class LockTaken extends Error {
  override readonly name = 'LockTaken';

  constructor(readonly pid: number) {
    super(`held by process ${pid}`);
  }
}

/**
 * Takes an exclusive lock file with this process' pid. A file left by a dead process is taken over.
 * @throws LockTaken when its holder lives
 */
export function takeLock(file: string): HeldLock {
  const mine: Holder = { pid: process.pid, start: processStart(process.pid) ?? '' };
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    while (!linked(draft, file)) dropIfStale(file);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release: () => {
      if (sameHolder(readHolder(file), mine)) rmSync(file, { force: true });
    },
  };
}

/** A hard link appears complete or not at all, so nobody ever reads half a lock. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function dropIfStale(file: string): void {
  const holder = readHolder(file);
  if (holder !== undefined && alive(holder)) throw new LockTaken(holder.pid);
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another starter was faster: look again
  }
  const moved = readHolder(aside);
  // Between our look and the rename somebody else may have taken the stale lock over: give it back.
  if (moved !== undefined && alive(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

function alive(holder: Holder): boolean {
  const start = processStart(holder.pid);
  return start !== undefined && start === holder.start;
}

function sameHolder(a: Holder | undefined, b: Holder): boolean {
  return a?.pid === b.pid && a.start === b.start;
}

function readHolder(file: string): Holder | undefined {
  try {
    const { pid, start } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof start === 'string' ? { pid, start } : undefined;
  } catch {
    return undefined;
  }
}
