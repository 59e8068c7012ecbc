import { randomUUID } from 'node:crypto';
import type { Clock } from '@eventzr/config';

/**
 * The right to work on a row for a while. A repository claims by compare-and-set
 * (`… WHERE lease_until <= now`, storing both fields) and ends the work on the fence (`… WHERE lease_fence = fence`):
 * 0 rows there mean that somebody else owns the row by now, so the transaction rolls back.
 */
export interface Lease {
  readonly fence: string;
  readonly until: Date;
}

/** A lease to be written by a claim. */
export function newLease(clock: Clock, ttlMs: number): Lease {
  return { fence: randomUUID(), until: new Date(clock.now().getTime() + ttlMs) };
}

/** Somebody else took the row over; what this worker still does must not count. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease was lost to another worker');
    this.name = 'LeaseLost';
  }
}

export interface Heartbeat {
  readonly everyMs: number;
  /** Lengthens the lease where the fence still matches; false: it is lost. A throw is tried again at the next beat. */
  renew(): Promise<boolean>;
  /** Stops the work from outside. */
  readonly signal?: AbortSignal;
}

/**
 * Runs `work` while renewing its lease.
 * @throws LeaseLost when the work ended by itself but the lease was gone
 */
export async function holdLease<R>(
  heartbeat: Heartbeat,
  work: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    if (!(await heartbeat.renew().catch(() => true))) lost.abort(new LeaseLost());
  };
  const timer = setInterval(() => void beat(), heartbeat.everyMs);
  timer.unref();
  try {
    const signals = heartbeat.signal === undefined ? [lost.signal] : [lost.signal, heartbeat.signal];
    const result = await work(AbortSignal.any(signals));
    if (lost.signal.aborted) throw new LeaseLost();
    return result;
  } finally {
    clearInterval(timer);
  }
}
