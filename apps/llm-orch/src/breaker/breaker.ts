import { newId } from '@eventzr/config';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerLimits {
  /** Failed calls in a row that open it. */
  readonly failures: number;
  /** How long it refuses before one call may try, in milliseconds. */
  readonly openMs: number;
}

export const BREAKER_LIMITS: BreakerLimits = { failures: 5, openMs: 30_000 };

/** A breaker's state as processes tell each other. */
export interface BreakerVersion {
  readonly state: BreakerState;
  /** Until when it refuses, in epoch milliseconds. */
  readonly untilMs: number;
  /** Of this state alone: no other one, before or after, has it. */
  readonly version: string;
}

/** What a change was, for whoever must hear of it. */
export interface BreakerChange extends BreakerVersion {
  readonly from: BreakerState;
  /** The version that was left, which happens once. */
  readonly left: string;
}

/** That a call was let out, to be shown when it is over. */
export interface BreakerPermit {
  readonly version: string;
}

/** Where every breaker begins. */
const FIRST_VERSION = 'first';

/**
 * Stops calling a model that does not answer. Closed: calls go out. Open: none does. Half-open: one at a time tries,
 * and decides. Outcomes are told when a call is over, streams included; what a call began under an earlier state has to
 * tell says nothing of now, and counts for nothing.
 */
export class Breaker {
  private current: BreakerVersion = { state: 'closed', untilMs: 0, version: FIRST_VERSION };
  private failures = 0;
  /** Of the one call that may try. */
  private probe: BreakerPermit | undefined;

  constructor(private readonly limits: BreakerLimits) {}

  /** As seen at `nowMs`: an open one whose time is over is half-open. */
  state(nowMs: number): BreakerState {
    const { state, untilMs } = this.current;
    return state === 'open' && nowMs >= untilMs ? 'half-open' : state;
  }

  /** How long it will refuse at least. */
  waitMs(nowMs: number): number {
    const { state, untilMs } = this.current;
    return state === 'open' ? Math.max(0, untilMs - nowMs) : 0;
  }

  /** Lets a call out, or not. One that {@link probes} goes out only once {@link tries} was called. */
  enter(nowMs: number): BreakerPermit | undefined {
    const state = this.state(nowMs);
    const { version } = this.current;
    if (state === 'closed') return { version };
    if (state === 'open' || this.probe !== undefined) return undefined;
    this.probe = { version };
    return this.probe;
  }

  /** Whether the call is the one that may try. */
  probes(permit: BreakerPermit): boolean {
    return this.probe === permit;
  }

  /** The call that may try goes out. */
  tries(permit: BreakerPermit): BreakerChange | undefined {
    return this.probes(permit) ? this.move('half-open') : undefined;
  }

  succeeded(permit: BreakerPermit): BreakerChange | undefined {
    if (this.counts(permit)) this.failures = 0;
    return this.ends(permit) ? this.move('closed') : undefined;
  }

  /** @param openMs how long to stay open, when this failure alone is reason enough */
  failed(permit: BreakerPermit, nowMs: number, openMs?: number): BreakerChange | undefined {
    const untilMs = nowMs + (openMs ?? this.limits.openMs);
    if (this.ends(permit)) return this.move('open', untilMs);
    if (!this.counts(permit)) return undefined;
    this.failures += 1;
    const opens = openMs !== undefined || this.failures >= this.limits.failures;
    return opens ? this.move('open', untilMs) : undefined;
  }

  /** The call ended without telling anything about the other side. */
  abandoned(permit: BreakerPermit): void {
    this.ends(permit);
  }

  /** Takes over what another process found out; a call that tries here decides nothing any more. */
  adopt({ state, untilMs, version }: BreakerVersion): void {
    if (version === this.current.version) return;
    this.current = { state, untilMs, version };
    this.failures = 0;
    this.probe = undefined;
  }

  private counts({ version }: BreakerPermit): boolean {
    return this.current.state === 'closed' && this.current.version === version;
  }

  /** Gives the turn to try back; true when the call had it. */
  private ends(permit: BreakerPermit): boolean {
    if (!this.probes(permit)) return false;
    this.probe = undefined;
    return true;
  }

  private move(state: BreakerState, untilMs = 0): BreakerChange | undefined {
    const { state: from, version: left } = this.current;
    if (from === state) return undefined;
    this.current = { state, untilMs, version: newId() };
    this.failures = 0;
    return { ...this.current, from, left };
  }
}
