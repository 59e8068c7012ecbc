import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Unsubscribe } from '@eventzr/cache';
import { CacheStore } from '@eventzr/cache';
import { AppLogger } from '@eventzr/http';
import type { BreakerState } from './breaker.js';

const CHANNEL = 'llm-orch:breakers';
const KEPT_MS = 3_600_000;

/** A breaker's state as processes tell each other. */
export interface SharedState {
  readonly key: string;
  readonly state: BreakerState;
  readonly untilMs: number;
  /** Who found out, so that it does not take over from itself. */
  readonly sender: string;
}

/** Tells the other processes what this one found out, through the cache; without it each finds out by itself. */
@Injectable()
export class BreakerSignals implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listeners: ((shared: SharedState) => void)[] = [];
  private unsubscribe: Unsubscribe | undefined;

  constructor(
    private readonly cache: CacheStore,
    private readonly logger: AppLogger,
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
      this.cache.set(`${CHANNEL}:${shared.key}`, message, KEPT_MS),
      this.cache.publish(CHANNEL, message),
    ]);
    await told.catch((error: unknown) => this.alone(error));
  }

  /** What was told last, for a process that starts later. */
  async last(key: string): Promise<SharedState | undefined> {
    const message = await this.cache.get(`${CHANNEL}:${key}`).catch((error: unknown) => this.alone(error));
    return message === undefined ? undefined : (JSON.parse(message) as SharedState);
  }

  private alone(error: unknown): undefined {
    this.logger.warn({ err: error }, 'breakers work without the other processes');
    return undefined;
  }
}
