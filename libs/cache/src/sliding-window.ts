import type { ThrottleRule, ThrottleState } from './cache-store.js';

/** Counts of the running window and of the one before it. */
export interface WindowCounts {
  readonly index: number;
  readonly current: number;
  readonly previous: number;
}

/** The counts as they stand in window `index`. */
export function rolledTo(index: number, counts: WindowCounts | undefined): WindowCounts {
  if (counts === undefined || counts.index < index - 1) return { index, current: 0, previous: 0 };
  return counts.index === index ? counts : { index, current: 0, previous: counts.current };
}

/**
 * The verdict on one more call. The previous window counts in proportion to how much of it the sliding window still
 * covers: a burst at a window's end is not forgotten at the next one's start.
 */
export function judge(counts: WindowCounts, nowMs: number, rule: ThrottleRule): ThrottleState {
  const elapsedMs = nowMs - counts.index * rule.windowMs;
  const carried = counts.previous * (1 - elapsedMs / rule.windowMs);
  const used = counts.current + carried;
  const allowed = used + 1 <= rule.limit;
  return {
    allowed,
    remaining: Math.max(0, Math.floor(rule.limit - used - (allowed ? 1 : 0))),
    resetMs: rule.windowMs - elapsedMs,
    retryAfterMs: allowed ? 0 : waitMs(counts, elapsedMs, rule),
  };
}

function waitMs(
  { current, previous }: WindowCounts,
  elapsedMs: number,
  { limit, windowMs }: ThrottleRule,
): number {
  const free = limit - 1;
  if (current <= free) return Math.ceil(windowMs * (1 - (free - current) / previous) - elapsedMs);
  return Math.ceil(windowMs - elapsedMs + windowMs * (1 - free / current));
}
