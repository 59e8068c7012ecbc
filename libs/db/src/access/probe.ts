import { codeOf, oneLine } from '../errors.js';
import type { Connections } from './connections.js';

/** One trip to the database for health checks. Rejects when it does not answer before `signal` fires. */
export async function probeDatabase(connections: Connections, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const asked = connections.app.query('SELECT 1');
  asked.catch(() => undefined); // may still fail after we stopped waiting
  await (signal === undefined ? asked : Promise.race([asked, aborted(signal)]));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, failed) => {
    signal.addEventListener('abort', () => failed(new Error('The database does not answer in time')), {
      once: true,
    });
  });
}

const UNAVAILABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028',
  '08000', '08003', '08006', '57P01', '57P02', '57P03', '53300', '55P03']); // prettier-ignore

/** True when an error says that the database is away or overloaded, not that the statement was wrong: 503, not 500. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return (
    UNAVAILABLE.has(codeOf(error)) ||
    /Connection terminated|timeout exceeded when trying to connect/i.test(oneLine(error))
  );
}
