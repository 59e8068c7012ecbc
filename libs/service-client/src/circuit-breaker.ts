import type { Clock } from '@eventzr/config';
import { RemoteUnavailable } from './remote-errors.js';

export interface BreakerLimits {
  /** Failed calls in a row that open the circuit. */
  readonly failures: number;
  /** How long an open circuit refuses before it lets one call try. */
  readonly openMs: number;
}

export const BREAKER_LIMITS: BreakerLimits = { failures: 8, openMs: 5_000 };

/** Stops calling what does not answer: after enough failures in a row every call fails at once for a while. */
export class CircuitBreaker {
  private failures = 0;
  private openUntil: number | undefined;
  private probing = false;

  constructor(
    private readonly clock: Clock,
    private readonly limits: BreakerLimits = BREAKER_LIMITS,
  ) {}

  /** True when a call may go out; of a circuit that was open, one call at a time tries. */
  admit(): boolean {
    if (this.openUntil === undefined) return true;
    if (this.probing || this.clock.now().getTime() < this.openUntil) return false;
    this.probing = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.openUntil = undefined;
    this.probing = false;
  }

  failed(): void {
    this.failures += 1;
    this.probing = false;
    if (this.failures >= this.limits.failures)
      this.openUntil = this.clock.now().getTime() + this.limits.openMs;
  }

  /** The other side answered; with 502 to 504 it says that it does not. */
  answered(status: number): void {
    if (status >= 502 && status <= 504) this.failed();
    else this.succeeded();
  }

  /** The call ended with `error` instead of an answer, or the answer could not be used. */
  lost(error: unknown): void {
    const silent =
      error instanceof RemoteUnavailable && error.reason !== 'aborted' && error.reason !== 'unreadable';
    if (silent) this.failed();
    else this.abandoned();
  }

  /** The call ended without telling anything about the other side. */
  abandoned(): void {
    this.probing = false;
  }
}
