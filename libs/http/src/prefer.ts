/** Waits for the outcome of accepted work where the caller prefers that; provided by services that offer it. */
export abstract class PreferWaiter {
  /**
   * @param receipt `data` of the 202
   * @returns the finished work, or undefined when `seconds` were not enough
   */
  abstract wait(receipt: unknown, seconds: number, signal: AbortSignal): Promise<unknown>;
}

const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:[,;]|$)/i;
const MAX_WAIT_SECONDS = 60;

/** Seconds of `Prefer: wait=N`, at most a minute; undefined when absent or no wait at all. */
export function preferredWait(header: string | string[] | undefined): number | undefined {
  const match = header === undefined ? null : WAIT.exec(String(header));
  const seconds = Number(match?.[1] ?? 0);
  return seconds >= 1 ? Math.min(seconds, MAX_WAIT_SECONDS) : undefined;
}
