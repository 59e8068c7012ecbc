import type { ServiceName } from '@eventzr/config';
import type { ErrorDetails } from '@eventzr/http';

export interface RemoteFault {
  readonly service: ServiceName;
  readonly status: number;
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly retryAfterSeconds: number | undefined;
  /** How many times the call was sent; above 1, an earlier try may have had an effect that nobody saw. */
  readonly tries: number;
}

/** The other service answered with an error of its own. */
export class RemoteError extends Error {
  readonly service: ServiceName;
  readonly status: number;
  readonly code: string;
  readonly details: ErrorDetails;
  readonly retryAfterSeconds: number | undefined;
  readonly tries: number;

  constructor(fault: RemoteFault) {
    super(`${fault.service} answered ${fault.status} ${fault.code}: ${fault.message}`);
    this.name = fault.name;
    this.service = fault.service;
    this.status = fault.status;
    this.code = fault.code;
    this.details = fault.details;
    this.retryAfterSeconds = fault.retryAfterSeconds;
    this.tries = fault.tries;
  }
}

/**
 * Why there is no answer: `timeout` and `transport` leave open whether the call had an effect; `connect` leaves it open
 * only when an earlier try of the same call was sent.
 */
export type UnavailableReason =
  'timeout' | 'transport' | 'connect' | 'unreadable' | 'breaker' | 'aborted' | 'not_configured';

/** The other service gave no answer that says what happened. */
export class RemoteUnavailable extends Error {
  constructor(
    readonly service: ServiceName,
    readonly reason: UnavailableReason,
    readonly retryAfterSeconds = 5,
    detail = '',
  ) {
    super(`${service} is unavailable (${reason}${detail === '' ? '' : `, ${detail}`})`);
    this.name = 'RemoteUnavailable';
  }

  /** False when the call certainly never left this process. */
  get mayHaveHappened(): boolean {
    return this.reason !== 'breaker' && this.reason !== 'not_configured';
  }
}
