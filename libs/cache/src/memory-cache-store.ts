import { EventEmitter } from 'node:events';
import type { Clock } from '@eventzr/config';
import {
  CacheStore,
  type Counter,
  type Lock,
  type ThrottleRule,
  type ThrottleState,
  type Unsubscribe,
} from './cache-store.js';
import { judge, rolledTo, type WindowCounts } from './sliding-window.js';

interface Entry {
  value: string | number | WindowCounts;
  expiresAtMs: number;
}

const DEFAULT_MAX_ENTRIES = 50_000;

/** The store of one process: bounded, the longest untouched entry leaves first. */
export class MemoryCacheStore extends CacheStore {
  // Insertion order is the order of use: whoever is touched moves to the end.
  private readonly entries = new Map<string, Entry>();
  private readonly bus = new EventEmitter().setMaxListeners(0);
  private lockCount = 0;

  constructor(
    private readonly clock: Clock,
    private readonly maxEntries: number = DEFAULT_MAX_ENTRIES,
  ) {
    super();
  }

  async increment(key: string, amount: number, ttlMs: number): Promise<Counter> {
    const entry = this.find(key);
    const value = (typeof entry?.value === 'number' ? entry.value : 0) + amount;
    const expiresAtMs = entry?.expiresAtMs ?? this.nowMs() + ttlMs;
    this.store(key, value, expiresAtMs);
    return { value, resetsAt: new Date(expiresAtMs) };
  }

  throttle(key: string, rule: ThrottleRule): ThrottleState | Promise<ThrottleState> {
    const nowMs = this.nowMs();
    const index = Math.floor(nowMs / rule.windowMs);
    const counts = rolledTo(index, this.find(key)?.value as WindowCounts | undefined);
    const state = judge(counts, nowMs, rule);
    if (state.allowed)
      this.store(key, { ...counts, current: counts.current + 1 }, (index + 2) * rule.windowMs);
    return state;
  }

  async get(key: string): Promise<string | undefined> {
    const value = this.find(key)?.value;
    return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    this.store(key, value, this.nowMs() + ttlMs);
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async acquire(key: string, ttlMs: number): Promise<Lock | null> {
    if (this.find(key) !== undefined) return null;
    this.lockCount += 1;
    const token = `lock-${this.lockCount}`;
    this.store(key, token, this.nowMs() + ttlMs);
    return {
      release: async () => {
        if (this.find(key)?.value === token) this.entries.delete(key);
      },
    };
  }

  async publish(channel: string, message: string): Promise<void> {
    // As over a network: listeners run later, and none can break the publisher.
    setImmediate(() => this.bus.emit(channel, message));
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<Unsubscribe> {
    this.bus.on(channel, listener);
    return async () => void this.bus.off(channel, listener);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.entries.clear();
    this.bus.removeAllListeners();
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }

  private find(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.expiresAtMs > this.nowMs()) return entry;
    this.entries.delete(key);
    return undefined;
  }

  private store(key: string, value: Entry['value'], expiresAtMs: number): void {
    this.entries.delete(key);
    this.entries.set(key, { value, expiresAtMs });
    if (this.entries.size <= this.maxEntries) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      if (this.entries.size <= this.maxEntries) return;
    }
  }
}
