import { ProviderFault } from '../provider-fault.js';

/** Ends a call that takes too long: on the whole, before it begins to answer, or in silence within its answer. */
export class CallWatch {
  /** For the call: the caller's abort, its slowness, or our own hanging up. */
  readonly signal: AbortSignal;
  readonly #caller: AbortSignal;
  readonly #own = new AbortController();
  readonly #timeout: AbortSignal;
  #timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs for the whole call, in milliseconds */
  constructor(caller: AbortSignal, timeoutMs: number) {
    this.#caller = caller;
    this.#timeout = AbortSignal.timeout(timeoutMs);
    this.signal = AbortSignal.any([caller, this.#timeout, this.#own.signal]);
  }

  /** Something must come within so many milliseconds from now. */
  expectWithin(ms: number): void {
    this.rest();
    this.#timer = setTimeout(() => this.#own.abort(), ms);
  }

  /** Something came; whoever reads it may take their time. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  /** Hangs up: leaving the stream of the vendor's client does not end its call. */
  end(): void {
    this.rest();
    this.#own.abort();
  }

  /** What to throw for an error of the call: the caller's own reason, our impatience, or the fault behind the error. */
  faultOf(provider: string, behind: () => ProviderFault): unknown {
    if (this.#caller.aborted) return this.#caller.reason;
    if (this.signal.aborted) return new ProviderFault({ provider, kind: 'timeout' });
    return behind();
  }
}
