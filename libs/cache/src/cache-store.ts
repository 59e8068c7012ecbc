export interface Counter {
  readonly value: number;
  /** When the counter starts again at zero. */
  readonly resetsAt: Date;
}

/** A lock that may be lost: it saves work, it never guards a rule. */
export interface Lock {
  /** Gives the lock back, unless it has passed to someone else meanwhile. */
  release(): Promise<void>;
}

export interface ThrottleRule {
  readonly limit: number;
  readonly windowMs: number;
}

export interface ThrottleState {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the whole allowance is back. */
  readonly resetMs: number;
  /** Until the next call may succeed; 0 when this one was allowed. */
  readonly retryAfterMs: number;
}

export type Unsubscribe = () => Promise<void>;

/**
 * What may be lost: counters, cached values, soft locks, signals. Everything that must survive is in Postgres.
 * Every method throws `CacheUnavailable` within a bounded time when the store cannot be reached.
 */
export abstract class CacheStore {
  /** Adds to a counter; its lifetime starts with the first call. */
  abstract increment(key: string, amount: number, ttlMs: number): Promise<Counter>;
  /**
   * Sliding-window allowance: counts the call when it is allowed, else leaves the count alone. A store in this process
   * answers at once, since every request asks.
   */
  abstract throttle(key: string, rule: ThrottleRule): ThrottleState | Promise<ThrottleState>;
  abstract get(key: string): Promise<string | undefined>;
  abstract set(key: string, value: string, ttlMs: number): Promise<void>;
  abstract delete(key: string): Promise<void>;
  /** Takes a lock, or null when someone holds it. */
  abstract acquire(key: string, ttlMs: number): Promise<Lock | null>;
  /** Tells whoever listens now; nothing is kept for later listeners. */
  abstract publish(channel: string, message: string): Promise<void>;
  abstract subscribe(channel: string, listener: (message: string) => void): Promise<Unsubscribe>;
  /** Round trip to the store. */
  abstract ping(): Promise<void>;
  abstract close(): Promise<void>;
}

/** The store could not be reached in time; callers go on without it. */
export class CacheUnavailable extends Error {
  constructor(cause?: unknown) {
    super('The cache cannot be reached', { cause });
    this.name = 'CacheUnavailable';
  }
}
