export type ProviderFaultKind =
  | 'rate_limited'
  | 'overloaded'
  | 'transport'
  | 'timeout'
  | 'server'
  | 'context_length'
  | 'content_filter'
  | 'invalid_request'
  | 'auth'
  | 'quota_exhausted';

/** `no`: surely not executed, so not billed and safe to send again; `maybe`: the vendor may have worked, and bill it. */
export type Executed = 'no' | 'maybe';

/** What a kind means for the bill where the adapter does not know better. */
const EXECUTED: Readonly<Record<ProviderFaultKind, Executed>> = {
  rate_limited: 'no',
  overloaded: 'no',
  transport: 'maybe',
  timeout: 'maybe',
  server: 'maybe',
  context_length: 'no',
  content_filter: 'maybe',
  invalid_request: 'no',
  auth: 'no',
  quota_exhausted: 'no',
};

export interface ProviderFaultFacts {
  readonly provider: string;
  readonly kind: ProviderFaultKind;
  /** Default: by kind. A connection that was never made is `transport` with `no`. */
  readonly executed?: Executed;
  /** What the vendor asked for, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** HTTP status of the vendor's answer, when there was one. */
  readonly status?: number;
}

/** Why a provider gave no answer, or broke one off. Its message never holds a key. */
export class ProviderFault extends Error {
  readonly provider: string;
  readonly kind: ProviderFaultKind;
  readonly executed: Executed;
  readonly retryAfterMs?: number;
  readonly status?: number;

  constructor(fault: ProviderFaultFacts, message: string = fault.kind, options?: ErrorOptions) {
    super(`${fault.provider}: ${message}`, options);
    this.name = 'ProviderFault';
    this.provider = fault.provider;
    this.kind = fault.kind;
    this.executed = fault.executed ?? EXECUTED[fault.kind];
    this.retryAfterMs = fault.retryAfterMs;
    this.status = fault.status;
  }
}
