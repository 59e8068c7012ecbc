import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError } from '../errors.js';
import { commandLine, signal, waitUntilGone } from './processes.js';

/**
 * Stops the server that a killed run left on this data. Call it with the folder's lock in hand: then no living run
 * can own that server. A process that merely was given the same pid is recognised by its command line and left alone.
 */
export async function stopOrphan(data: string): Promise<void> {
  const pid = serverPid(data);
  if (pid === undefined || !isServerOn(pid, data)) return;
  for (const [how, limitMs] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 4_000],
    ['SIGKILL', 2_000],
  ] as const) {
    // prettier-ignore
    signal(pid, how);
    if (await waitUntilGone(pid, limitMs)) return;
  }
  throw new EmbeddedPostgresError(
    `A database server of an earlier run (process ${pid}) does not end: end it by hand, then start again`,
  );
}

function serverPid(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isServerOn(pid: number, data: string): boolean {
  const command = commandLine(pid) ?? '';
  return command.includes('postgres') && command.includes(` -D ${data} `);
}
