const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2_000;

/** Tries in all, the first included. */
export const MOST_TRIES = 3;

/** Answers that say "not now" about a call that may be repeated. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status === 502 || status === 503 || status === 504;
}

/** Answers that say the call was turned away before anything was done for it. 502 to 504 say nothing of the kind. */
export function isTurnedAway(status: number): boolean {
  return status === 429;
}

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Faults of the transport after which no connection was made, so that nothing was sent. */
export function isUnsent(code: string): boolean {
  return UNSENT.has(code);
}

/**
 * How long to wait before try `number` (2 = the first repetition): exponential with full jitter, but at least what the
 * other side asked for.
 * @returns undefined when the other side asks for more patience than a caller has
 */
export function delayBefore(
  number: number,
  retryAfterSeconds: number | undefined,
  random: () => number = Math.random,
): number | undefined {
  const asked = (retryAfterSeconds ?? 0) * 1_000;
  if (asked > LONGEST_DELAY_MS) return undefined;
  const jittered = random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (number - 2));
  return Math.max(asked, jittered);
}

/** `Retry-After` in seconds, given as a number or as a date. */
export function retryAfterOf(header: unknown, now: Date): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1_000));
}
