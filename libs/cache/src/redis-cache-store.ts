import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Clock } from '@eventzr/config';
import {
  CacheStore,
  CacheUnavailable,
  type Counter,
  type Lock,
  type ThrottleRule,
  type ThrottleState,
  type Unsubscribe,
} from './cache-store.js';
import { INCREMENT, RELEASE, THROTTLE } from './redis-scripts.js';
import { judge } from './sliding-window.js';

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 2_000;

export interface RedisCacheOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Keeps services on one Redis apart. */
  readonly prefix: string;
  readonly onError?: (error: Error) => void;
}

/** The store of a fleet. A lost connection costs callers at most a second and is retried for ever in the background. */
export class RedisCacheStore extends CacheStore {
  private readonly redis: Redis;
  private readonly listeners = new Map<string, Set<(message: string) => void>>();
  private subscriber: Redis | undefined;

  constructor(private readonly options: RedisCacheOptions) {
    super();
    this.redis = this.connect();
  }

  async increment(key: string, amount: number, ttlMs: number): Promise<Counter> {
    const [value, leftMs] = (await this.run(() =>
      this.redis.eval(INCREMENT, 1, this.named(key), amount, ttlMs),
    )) as [number, number];
    return { value, resetsAt: new Date(this.options.clock.now().getTime() + leftMs) };
  }

  async throttle(key: string, rule: ThrottleRule): Promise<ThrottleState> {
    const nowMs = this.options.clock.now().getTime();
    const index = Math.floor(nowMs / rule.windowMs);
    const elapsedMs = nowMs - index * rule.windowMs;
    const [current, previous] = (await this.run(() =>
      this.redis.eval(THROTTLE, 1, this.named(key), index, elapsedMs, rule.windowMs, rule.limit),
    )) as [number, number, number];
    return judge({ index, current, previous }, nowMs, rule);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.run(() => this.redis.get(this.named(key)))) ?? undefined;
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    await this.run(() => this.redis.set(this.named(key), value, 'PX', ttlMs));
  }

  async delete(key: string): Promise<void> {
    await this.run(() => this.redis.del(this.named(key)));
  }

  async acquire(key: string, ttlMs: number): Promise<Lock | null> {
    const token = randomUUID();
    const taken = await this.run(() => this.redis.set(this.named(key), token, 'PX', ttlMs, 'NX'));
    if (taken === null) return null;
    return {
      release: async () => void (await this.run(() => this.redis.eval(RELEASE, 1, this.named(key), token))),
    };
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.run(() => this.redis.publish(this.named(channel), message));
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<Unsubscribe> {
    const name = this.named(channel);
    const subscriber = (this.subscriber ??= this.connectSubscriber());
    const known = this.listeners.get(name);
    if (known !== undefined) known.add(listener);
    else {
      this.listeners.set(name, new Set([listener]));
      await this.run(() => subscriber.subscribe(name));
    }
    return () => this.unsubscribe(name, listener);
  }

  async ping(): Promise<void> {
    await this.run(() => this.redis.ping());
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    this.subscriber?.disconnect();
    await Promise.resolve();
  }

  private async unsubscribe(name: string, listener: (message: string) => void): Promise<void> {
    const known = this.listeners.get(name);
    known?.delete(listener);
    if (known?.size !== 0) return;
    this.listeners.delete(name);
    await this.run(async () => this.subscriber?.unsubscribe(name));
  }

  private connect(): Redis {
    const redis = new Redis(this.options.url, {
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 1,
      autoResubscribe: true,
      retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS),
    });
    // Without a listener ioredis writes to the console.
    redis.on('error', (error: Error) => this.options.onError?.(error));
    return redis;
  }

  private connectSubscriber(): Redis {
    const subscriber = this.connect();
    subscriber.on('message', (name: string, message: string) => {
      for (const listener of this.listeners.get(name) ?? []) listener(message);
    });
    // The driver renews what was subscribed to; what could not be, while the server was away, it forgets.
    subscriber.on('ready', () => {
      const names = [...this.listeners.keys()];
      if (names.length === 0) return;
      subscriber.subscribe(...names).catch((error: Error) => this.options.onError?.(error));
    });
    return subscriber;
  }

  private named(key: string): string {
    return `${this.options.prefix}:${key}`;
  }

  private async run<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (cause) {
      throw new CacheUnavailable(cause);
    }
  }
}
