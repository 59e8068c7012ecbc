import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'eventzr-media';
/** Of this machine or container: what another one keeps in a shared folder is none of our business. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const OWNER = new RegExp(`^${NAME}-${HOST}-(\\d+)-(\\d+)-`);

/** When a process began, in clock ticks since the machine started: the 22nd field of its `stat` (proc(5)). */
const begunIn = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';

/** Where the system tells no such time, a process is known by its number alone. */
function begun(): string {
  try {
    return begunIn(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    return '0';
  }
}

/** What temporary directories of this process begin with: whoever finds one can tell whose it is. */
export const SCRATCH_PREFIX = join(tmpdir(), `${NAME}-${HOST}-${process.pid}-${begun()}-`);

/** Gives `work` an empty directory of its own that is gone afterwards, whatever happened. */
export async function withScratch<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(SCRATCH_PREFIX);
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Removes what processes of this machine that live no more have left behind. @returns how many directories */
export async function sweepScratch(): Promise<number> {
  let swept = 0;
  for (const name of await readdir(tmpdir())) {
    const [, pid, since] = OWNER.exec(name) ?? [];
    if (pid === undefined || since === undefined || (await lives(Number(pid), since))) continue;
    // Somebody else's, or swept by another process that starts just now.
    const gone = await rm(join(tmpdir(), name), { recursive: true }).then(
      () => true,
      () => false,
    );
    if (gone) swept += 1;
  }
  return swept;
}

async function lives(pid: number, since: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  // Numbers come again: a process that began at another time is another one.
  const now = await readFile(`/proc/${pid}/stat`, 'utf8').then(begunIn, () => since);
  return now === since;
}
