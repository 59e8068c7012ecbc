export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerLimits {
  /** Failed calls in a row that open it. */
  readonly failures: number;
  /** How long it refuses before one call may try, in milliseconds. */
  readonly openMs: number;
}

export const BREAKER_LIMITS: BreakerLimits = { failures: 5, openMs: 30_000 };

/** What a change was, for whoever must hear of it. */
export interface BreakerChange {
  readonly from: BreakerState;
  readonly to: BreakerState;
  /** Until when it refuses, in epoch milliseconds; only of `open`. */
  readonly untilMs?: number;
}

/**
 * Stops calling a model that does not answer. Closed: calls go out. Open: none does. Half-open: one at a time tries,
 * and decides. Outcomes are told when a call is over, streams included.
 */
export class Breaker {
  private current: BreakerState = 'closed';
  private failures = 0;
  private untilMs = 0;
  private probing = false;

  constructor(private readonly limits: BreakerLimits) {}

  /** As seen at `nowMs`: an open one whose time is over is half-open. */
  state(nowMs: number): BreakerState {
    return this.current === 'open' && nowMs >= this.untilMs ? 'half-open' : this.current;
  }

  /** How long it will refuse at least. */
  waitMs(nowMs: number): number {
    return this.current === 'open' ? Math.max(0, this.untilMs - nowMs) : 0;
  }

  /** Whether {@link enter} would let a call out. */
  admits(nowMs: number): boolean {
    const state = this.state(nowMs);
    return state === 'closed' || (state === 'half-open' && !this.probing);
  }

  /** Counts a call in. Undefined: nothing changed. Only after {@link admits} was true. */
  enter(nowMs: number): BreakerChange | undefined {
    if (this.state(nowMs) !== 'half-open') return undefined;
    this.probing = true;
    return this.move('half-open');
  }

  succeeded(): BreakerChange | undefined {
    this.failures = 0;
    this.probing = false;
    // A call that began before it opened says nothing of now.
    return this.current === 'half-open' ? this.move('closed') : undefined;
  }

  /** @param openMs how long to stay open, when this failure alone is reason enough */
  failed(nowMs: number, openMs?: number): BreakerChange | undefined {
    this.probing = false;
    this.failures += 1;
    const opens =
      this.current === 'half-open' || openMs !== undefined || this.failures >= this.limits.failures;
    if (this.current === 'open' || !opens) return undefined;
    return this.open(nowMs + (openMs ?? this.limits.openMs));
  }

  /** The call ended without telling anything about the other side. */
  abandoned(): void {
    this.probing = false;
  }

  /** Takes over what another process found out. */
  adopt(to: BreakerState, untilMs: number): void {
    this.current = to;
    this.untilMs = untilMs;
    if (to === 'closed') this.failures = 0;
  }

  private open(untilMs: number): BreakerChange | undefined {
    this.untilMs = untilMs;
    const change = this.move('open');
    return change === undefined ? undefined : { ...change, untilMs };
  }

  private move(to: BreakerState): BreakerChange | undefined {
    const from = this.current;
    this.current = to;
    return from === to ? undefined : { from, to };
  }
}
