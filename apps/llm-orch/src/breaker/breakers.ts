import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { ProviderFault } from '../providers/provider-fault.js';
import type { BreakerChange, BreakerState } from './breaker.js';
import { Breaker, BREAKER_LIMITS } from './breaker.js';
import { BreakerSignals } from './breaker-signals.js';
import { OutageReports } from './outage-reports.js';

/** A spent quota does not come back by itself. */
const QUOTA_OPEN_MS = 600_000;

/** Kinds of failure that say the model is ill; 4xx and cancelled calls say nothing. */
const SAYS_ILL = new Set(['rate_limited', 'overloaded', 'transport', 'timeout', 'server', 'quota_exhausted']);

/** A model at a provider. */
export interface BreakerTarget {
  readonly provider: string;
  readonly model: string;
}

/** One breaker for each model at each provider, shared with the other processes. Bounded by the models that are configured. */
@Injectable()
export class Breakers {
  private readonly breakers = new Map<string, Breaker>();
  private readonly self = newId();

  constructor(
    private readonly signals: BreakerSignals,
    private readonly outages: OutageReports,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    signals.onChange(({ key, state, untilMs, sender }) => {
      if (sender !== this.self) this.breakers.get(key)?.adopt(state, untilMs);
    });
  }

  state(target: BreakerTarget): BreakerState {
    return this.breakers.get(keyOf(target))?.state(this.now()) ?? 'closed';
  }

  waitMs(target: BreakerTarget): number {
    return this.breakers.get(keyOf(target))?.waitMs(this.now()) ?? 0;
  }

  /** Counts a call to `target` in; false: it must not go out. */
  async enter(target: BreakerTarget): Promise<boolean> {
    const breaker = this.breakers.get(keyOf(target)) ?? (await this.known(target));
    if (!breaker.admits(this.now())) return false;
    this.changed(target, breaker.enter(this.now()));
    return true;
  }

  succeeded(target: BreakerTarget): void {
    this.changed(target, this.breakers.get(keyOf(target))?.succeeded());
  }

  failed(target: BreakerTarget, fault: ProviderFault): void {
    const breaker = this.breakers.get(keyOf(target));
    if (!SAYS_ILL.has(fault.kind)) return breaker?.abandoned();
    const openMs = fault.kind === 'quota_exhausted' ? QUOTA_OPEN_MS : undefined;
    this.changed(target, breaker?.failed(this.now(), openMs));
  }

  abandoned(target: BreakerTarget): void {
    this.breakers.get(keyOf(target))?.abandoned();
  }

  private async known(target: BreakerTarget): Promise<Breaker> {
    const key = keyOf(target);
    const told = await this.signals.last(key);
    const breaker = this.breakers.get(key) ?? new Breaker(BREAKER_LIMITS);
    this.breakers.set(key, breaker);
    if (told !== undefined && told.state !== 'closed') breaker.adopt('open', told.untilMs);
    return breaker;
  }

  private changed(target: BreakerTarget, change: BreakerChange | undefined): void {
    if (change === undefined) return;
    const { to, untilMs = 0 } = change;
    this.logger.warn({ ...target, ...change }, 'a breaker changed');
    // One process tries at a time only within itself: half-open is not told.
    if (to !== 'half-open')
      void this.signals.tell({ key: keyOf(target), state: to, untilMs, sender: this.self });
    void this.outages.report(target, change);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function keyOf({ provider, model }: BreakerTarget): string {
  return `${provider}/${model}`;
}
