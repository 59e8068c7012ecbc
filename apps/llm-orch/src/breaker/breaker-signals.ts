import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Unsubscribe } from '@eventzr/cache';
import { CacheStore } from '@eventzr/cache';
import { AppLogger } from '@eventzr/http';
import { LlmOrchConfig } from '../config.js';
import type { BreakerVersion } from './breaker.js';

const CHANNEL = 'llm-orch:breakers';
/** For processes that start later; longer than it is known which versions were left. */
const STATE_KEPT_MS = 86_400_000;
const LEFT_KEPT_MS = 3_600_000;
/** A call may take so much longer than its deadline to end. */
const GRACE_MS = 5_000;

/** A breaker's state as processes tell each other. */
export interface SharedState extends BreakerVersion {
  readonly key: string;
}

/** The right to try a model that is out of service, which one call over all processes has. */
export interface Turn {
  end(): Promise<void>;
}

/** Nobody to share with. */
const ALONE: Turn = { end: () => Promise.resolve() };

/** Tells the other processes what this one found out, through the cache; without it each finds out by itself. */
@Injectable()
export class BreakerSignals implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listeners: ((shared: SharedState) => void)[] = [];
  private unsubscribe: Unsubscribe | undefined;

  constructor(
    private readonly cache: CacheStore,
    private readonly logger: AppLogger,
    private readonly config: LlmOrchConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = await this.cache
      .subscribe(CHANNEL, (message) => {
        const shared = JSON.parse(message) as SharedState;
        for (const listener of this.listeners) listener(shared);
      })
      .catch((error: unknown) => this.alone(error));
  }

  async onModuleDestroy(): Promise<void> {
    await this.unsubscribe?.().catch(() => undefined);
  }

  onChange(listener: (shared: SharedState) => void): void {
    this.listeners.push(listener);
  }

  async tell(shared: SharedState): Promise<void> {
    const message = JSON.stringify(shared);
    const told = Promise.all([
      this.cache.set(`${CHANNEL}:${shared.key}`, message, STATE_KEPT_MS),
      this.cache.publish(CHANNEL, message),
    ]);
    await told.catch((error: unknown) => this.alone(error));
  }

  /** What was told last, for a process that starts later. */
  async last(key: string): Promise<SharedState | undefined> {
    const message = await this.cache.get(`${CHANNEL}:${key}`).catch((error: unknown) => this.alone(error));
    return message === undefined ? undefined : (JSON.parse(message) as SharedState);
  }

  /** The right to try, until it is given back or a call's longest time is over; undefined: someone else has it. */
  async turn(key: string): Promise<Turn | undefined> {
    const ttlMs = this.config.inferenceTimeoutMs + GRACE_MS;
    const lock = await this.cache
      .acquire(`${CHANNEL}:${key}:turn`, ttlMs)
      .catch((error: unknown) => this.alone(error));
    if (lock === null) return undefined;
    if (lock === undefined) return ALONE;
    return { end: () => lock.release().catch((error: unknown) => this.alone(error)) };
  }

  /** Whether this process is the first that leaves a version: it is left once, and told of once. */
  async leave(key: string, version: string): Promise<boolean> {
    const claim = `${CHANNEL}:${key}:left:${version}`;
    const lock = await this.cache.acquire(claim, LEFT_KEPT_MS).catch((error: unknown) => this.alone(error));
    return lock !== null;
  }

  private alone(error: unknown): undefined {
    this.logger.warn({ err: error }, 'breakers work without the other processes');
    return undefined;
  }
}
