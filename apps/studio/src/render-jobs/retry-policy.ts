import { ProviderFault } from '../providers/provider-fault.js';
import { SubmitUnknown } from './render-faults.js';

export const MOST_ATTEMPTS = 4;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

/** Kinds after which the same request may succeed and nothing can have been billed. */
const PASSING = new Set(['rate_limited', 'unavailable', 'timeout']);

/**
 * When to try again, in milliseconds from now; undefined: never. Doubles from 2 s with half of it at random, honours
 * the provider's own wish, at most a minute. Faults of our own (a full disk, a bug) get the same few attempts.
 */
export function nextDelayMs(
  reason: unknown,
  attempts: number,
  random: () => number = Math.random,
): number | undefined {
  if (attempts >= MOST_ATTEMPTS || reason instanceof SubmitUnknown) return undefined;
  if (reason instanceof ProviderFault && !PASSING.has(reason.kind)) return undefined;
  const backoffMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  const wishedMs = reason instanceof ProviderFault ? (reason.retryAfterMs ?? 0) : 0;
  return Math.round(Math.min(LONGEST_DELAY_MS, Math.max(wishedMs, backoffMs * (0.5 + random() / 2))));
}
