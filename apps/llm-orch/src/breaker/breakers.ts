import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { BreakerChange, BreakerPermit, BreakerState } from './breaker.js';
import { Breaker, BREAKER_LIMITS } from './breaker.js';
import { BreakerCall } from './breaker-call.js';
import type { Turn } from './breaker-signals.js';
import { BreakerSignals } from './breaker-signals.js';
import { OutageReports } from './outage-reports.js';

/** A model at a provider. */
export interface BreakerTarget {
  readonly provider: string;
  readonly model: string;
}

/**
 * One breaker for each model at each provider, shared with the other processes: what one finds out holds for all, one
 * call over all tries, each change is told of once. Bounded by the models that are configured.
 */
@Injectable()
export class Breakers implements BeforeApplicationShutdown {
  private readonly breakers = new Map<string, Breaker>();
  // One after the other: what changed first is told first.
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly signals: BreakerSignals,
    private readonly outages: OutageReports,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    signals.onChange(({ key, ...told }) => this.at(key).adopt(told));
  }

  state(target: BreakerTarget): BreakerState {
    return this.breakers.get(keyOf(target))?.state(this.nowMs()) ?? 'closed';
  }

  waitMs(target: BreakerTarget): number {
    return this.breakers.get(keyOf(target))?.waitMs(this.nowMs()) ?? 0;
  }

  /** Lets a call to `target` out; undefined: it must not go out. Whoever gets it ends it. */
  async enter(target: BreakerTarget): Promise<BreakerCall | undefined> {
    const key = keyOf(target);
    const breaker = this.breakers.get(key) ?? (await this.known(key));
    const permit = breaker.enter(this.nowMs());
    if (permit === undefined) return undefined;
    if (breaker.probes(permit)) return this.probe(target, breaker, permit);
    return new BreakerCall(breaker, permit, this.nowMs, (change) => this.changed(target, change));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.telling;
  }

  private async probe(
    target: BreakerTarget,
    breaker: Breaker,
    permit: BreakerPermit,
  ): Promise<BreakerCall | undefined> {
    const key = keyOf(target);
    const turn = await this.signals.turn(key);
    if (turn === undefined) {
      breaker.abandoned(permit);
      return undefined;
    }
    // Whoever had the turn before may have found out what has not come here yet.
    await this.catchUp(key, breaker);
    if (!breaker.probes(permit)) {
      await turn.end();
      return this.enter(target);
    }
    this.changed(target, breaker.tries(permit));
    return new BreakerCall(breaker, permit, this.nowMs, (change) => this.tried(target, change, turn));
  }

  /** The others hear of the outcome before one of them gets the turn. */
  private tried(target: BreakerTarget, change: BreakerChange | undefined, turn: Turn): void {
    this.changed(target, change);
    this.telling = this.telling.then(() => turn.end());
  }

  private async known(key: string): Promise<Breaker> {
    const breaker = this.at(key);
    await this.catchUp(key, breaker);
    return breaker;
  }

  private async catchUp(key: string, breaker: Breaker): Promise<void> {
    const told = await this.signals.last(key);
    if (told !== undefined) breaker.adopt(told);
  }

  private at(key: string): Breaker {
    const known = this.breakers.get(key);
    if (known !== undefined) return known;
    const breaker = new Breaker(BREAKER_LIMITS);
    this.breakers.set(key, breaker);
    return breaker;
  }

  private changed(target: BreakerTarget, change: BreakerChange | undefined): void {
    if (change === undefined) return;
    this.telling = this.telling.then(() => this.tell(target, change));
  }

  private async tell(target: BreakerTarget, change: BreakerChange): Promise<void> {
    const { from, left, ...told } = change;
    // Another process may have found out the same at the same moment: then its version is the one to go by.
    if (!(await this.signals.leave(keyOf(target), left))) return;
    this.logger.warn({ ...target, from, to: told.state, untilMs: told.untilMs }, 'a breaker changed');
    await this.signals.tell({ key: keyOf(target), ...told });
    await this.outages.report(target, change);
  }

  private readonly nowMs = (): number => this.clock.now().getTime();
}

function keyOf({ provider, model }: BreakerTarget): string {
  return `${provider}/${model}`;
}
