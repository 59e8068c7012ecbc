const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/** The pause before the next attempt: doubling from a second to five minutes, spread by a fifth. */
export function backoffMs(attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(pause * (0.8 + random() * 0.2));
}
