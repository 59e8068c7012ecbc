import { ProviderFault } from '../providers/provider-fault.js';

const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;
/** A quarter at random on top, so that jobs that were submitted together are not asked for together. */
const JITTER = 0.25;
/** After a look that did not succeed. */
const AFTER_FAULT_MS = 10_000;

/** While the outcome of a submit may still be found out by our key, and how long between two looks. */
export const RECONCILE_WINDOW_MS = 10 * 60_000;
export const RECONCILE_EVERY_MS = 30_000;

/** Kinds of faults after which a task may still be at work: the look failed, not the task. */
const PASSING: ReadonlySet<string> = new Set(['rate_limited', 'unavailable', 'timeout', 'unknown_outcome']);

/** A piece that the vendor is still making; when to look again and how far it is. */
export class StillPending {
  constructor(
    readonly lookAfterMs: number,
    /** 0-100, where the vendor tells. */
    readonly progress?: number,
  ) {}
}

/** Between 1 s and a minute and a quarter, in milliseconds. */
export function nextLookMs(wishedMs: number, random: () => number = Math.random): number {
  const boundedMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wishedMs));
  return Math.round(boundedMs * (1 + JITTER * random()));
}

/**
 * Whether a look at a task failed and the task itself may be well: 429, 5xx and no answer at all. A fault that comes
 * with a status of success is the vendor's word that the task failed.
 */
export function looksAgain(error: unknown): error is ProviderFault {
  if (!(error instanceof ProviderFault) || !PASSING.has(error.kind)) return false;
  return error.status === undefined || error.status >= 400;
}

/** After which pause to look again when a look failed, in milliseconds. */
export function afterFaultMs({ retryAfterMs }: ProviderFault): number {
  return Math.max(AFTER_FAULT_MS, retryAfterMs ?? 0);
}
