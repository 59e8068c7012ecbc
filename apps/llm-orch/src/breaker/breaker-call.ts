import type { ProviderFault } from '../providers/provider-fault.js';
import type { Breaker, BreakerChange, BreakerPermit } from './breaker.js';

/** A spent quota does not come back by itself. */
const QUOTA_OPEN_MS = 600_000;

/** Kinds of failure that say the model is ill; 4xx and cancelled calls say nothing. */
const SAYS_ILL = new Set(['rate_limited', 'overloaded', 'transport', 'timeout', 'server', 'quota_exhausted']);

/** A call that a breaker let out. Whoever makes it tells once how it ended. */
export class BreakerCall {
  constructor(
    private readonly breaker: Breaker,
    private readonly permit: BreakerPermit,
    private readonly nowMs: () => number,
    private readonly ended: (change: BreakerChange | undefined) => void,
  ) {}

  succeeded(): void {
    this.ended(this.breaker.succeeded(this.permit));
  }

  failed({ kind }: Pick<ProviderFault, 'kind'>): void {
    if (!SAYS_ILL.has(kind)) return this.abandoned();
    const openMs = kind === 'quota_exhausted' ? QUOTA_OPEN_MS : undefined;
    this.ended(this.breaker.failed(this.permit, this.nowMs(), openMs));
  }

  /** It ended without telling anything about the model. */
  abandoned(): void {
    this.breaker.abandoned(this.permit);
    this.ended(undefined);
  }
}
