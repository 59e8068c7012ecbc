/** Refuses what no validated request can hold, so that a wrong caller fails loudly instead of charging oddly. */
export function assertCount(name: string, value: number, minimum = 0): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new RangeError(`${name} must be a whole number of at least ${minimum}, got ${value}`);
  }
}

/** As {@link assertCount} for durations and the like, where fractions are fine. */
export function assertAmount(name: string, value: number): void {
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`${name} must be a number of at least 0, got ${value}`);
}

export function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

/** Minutes as they are billed: every started one counts, and there is always one. */
export function startedMinutes(seconds: number): number {
  assertAmount('seconds', seconds);
  return Math.max(1, Math.ceil(seconds / 60));
}
