/** How a delivery is named to the worker. */
export const DELIVERY_TASK = 'webhook-delivery';
export const deliveryJobKey = (id: string) => `webhook:${id}`;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses before the second to the tenth attempt: about 75 hours in all. */
const PAUSES_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  23 * HOUR,
] as const;
/** At most this part of a pause is added at random. */
const JITTER = 0.1;

/** When to try again after `attempts` attempts, in milliseconds from now; undefined: never. */
export function nextAttemptMs(attempts: number, random: () => number = Math.random): number | undefined {
  const pauseMs = PAUSES_MS[attempts - 1];
  return pauseMs === undefined ? undefined : Math.round(pauseMs * (1 + JITTER * random()));
}
