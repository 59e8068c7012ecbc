/**
 * Why a provider failed. `unknown_outcome`: the request went out and the connection broke before an answer came, so
 * the vendor may have done (and billed) the work; `timeout`: our own deadline passed.
 */
export type ProviderFaultKind =
  'rate_limited' | 'unavailable' | 'timeout' | 'rejected' | 'auth' | 'moderated' | 'unknown_outcome';

/** What is known about a failure besides its kind. */
export interface ProviderFaultDetails {
  readonly provider: string;
  readonly kind: ProviderFaultKind;
  readonly message: string;
  /** How long the vendor asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The vendor's HTTP status, if there was an answer. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The one error class that providers throw; services map `kind` to their catalogue. */
export class ProviderFault extends Error {
  readonly provider: string;
  readonly kind: ProviderFaultKind;
  readonly retryAfterMs?: number;
  readonly status?: number;

  constructor(details: ProviderFaultDetails) {
    super(`${details.provider}: ${details.message}`, { cause: details.cause });
    this.name = 'ProviderFault';
    this.provider = details.provider;
    this.kind = details.kind;
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
  }
}
