import { HttpErrors, type AppLogger } from '@eventzr/http';
import type { FeedPage, FeedSource } from './feed-source.js';
import type { KeyTable } from './key-table.js';
import { RevocationList, type RevocableToken } from './revocation-list.js';

/** How the feed is followed; the defaults are the platform's promises. */
export interface FeedTimes {
  readonly pullEveryMs: number;
  /** Everything is read anew this often, which drops what is no longer needed. */
  readonly reloadEveryMs: number;
  /** An unknown kid may cause one early pull in this time. */
  readonly earlyPullEveryMs: number;
  /** Older than this, writes and administration are refused. */
  readonly freshForMs: number;
  /** Older than this, everything is refused. */
  readonly usableForMs: number;
}

export const FEED_TIMES: FeedTimes = {
  pullEveryMs: 2_000,
  reloadEveryMs: 600_000,
  earlyPullEveryMs: 30_000,
  freshForMs: 30_000,
  usableForMs: 300_000,
};

/** Provides elapsed real time in milliseconds to the feed of a module under test; absent everywhere else. */
export const FEED_ELAPSED = Symbol('elapsed time of the revocation feed');

export interface RevocationFeedOptions {
  readonly logger?: AppLogger;
  /** Elapsed real time, for tests of staleness. */
  readonly elapsedMs?: () => number;
  readonly times?: FeedTimes;
}

export interface FeedState {
  /** Undefined before the first successful pull. */
  readonly ageMs: number | undefined;
  readonly fresh: boolean;
  readonly lastFault: string | undefined;
}

/**
 * Follows auth's feed of public keys and revocations. Its age is real elapsed time, whatever the injected clock says:
 * it tells how long this process has not heard from auth.
 */
export class RevocationFeed {
  private readonly revoked = new RevocationList();
  private cursor: string | undefined;
  private loadedAtMs: number | undefined;
  private reloadedAtMs = 0;
  private earlyPullAtMs = Number.NEGATIVE_INFINITY;
  private lastFault: string | undefined;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly logger: AppLogger | undefined;
  private readonly elapsedMs: () => number;
  private readonly times: FeedTimes;

  constructor(
    private source: FeedSource,
    private readonly keys: KeyTable,
    options: RevocationFeedOptions = {},
  ) {
    this.logger = options.logger;
    this.elapsedMs = options.elapsedMs ?? (() => performance.now());
    this.times = options.times ?? FEED_TIMES;
  }

  /** Reads from `source` from now on: the issuer itself reads its own tables. */
  readFrom(source: FeedSource): void {
    this.source = source;
    this.cursor = undefined;
  }

  /** Pulls at once, then every two seconds until `stop()`. Does not wait: readiness does. */
  start(): void {
    this.stopped = false;
    void this.turn();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Pulls now; callers at the same time share one pull. Faults are kept in `state()`, not thrown. */
  pull(): Promise<void> {
    this.running ??= this.read().finally(() => (this.running = undefined));
    return this.running;
  }

  /** Pulls what is committed by now: a pull that is under way may have read before it was. */
  async catchUp(): Promise<void> {
    await this.running;
    await this.pull();
  }

  /** For a kid that is not known: at most one early pull per 30 s, however many such tokens arrive. */
  async pullEarly(): Promise<void> {
    const now = this.elapsedMs();
    if (now - this.earlyPullAtMs < this.times.earlyPullEveryMs) return;
    this.earlyPullAtMs = now;
    await this.pull();
  }

  isRevoked(token: RevocableToken): boolean {
    return this.revoked.covers(token);
  }

  state(): FeedState {
    const ageMs = this.loadedAtMs === undefined ? undefined : this.elapsedMs() - this.loadedAtMs;
    return { ageMs, fresh: ageMs !== undefined && ageMs <= this.times.freshForMs, lastFault: this.lastFault };
  }

  /**
   * @param sensitive writes, money and administration, which stop after 30 s without news; reads go on for 5 minutes
   * @throws UNAVAILABLE when the feed is too old to trust a token
   */
  assertUsable(sensitive: boolean): void {
    const limitMs = sensitive ? this.times.freshForMs : this.times.usableForMs;
    if (this.loadedAtMs !== undefined && this.elapsedMs() - this.loadedAtMs <= limitMs) return;
    throw HttpErrors.UNAVAILABLE(null, {
      retryAfterSeconds: 5,
      cause: new Error(`revocation feed: ${this.lastFault ?? 'not loaded yet'}`),
    });
  }

  private async turn(): Promise<void> {
    await this.pull();
    if (this.stopped) return;
    // Before the first success a service is not ready, so the wait is short.
    const waitMs = this.loadedAtMs === undefined ? this.times.pullEveryMs / 10 : this.times.pullEveryMs;
    this.timer = setTimeout(() => void this.turn(), waitMs);
    this.timer.unref();
  }

  private async read(): Promise<void> {
    const startedAtMs = this.elapsedMs();
    const whole = this.cursor === undefined || startedAtMs - this.reloadedAtMs > this.times.reloadEveryMs;
    try {
      const page = await this.source.read(whole ? undefined : this.cursor);
      this.take(page, whole);
      if (whole) this.reloadedAtMs = startedAtMs;
      this.loadedAtMs = startedAtMs;
      this.lastFault = undefined;
    } catch (fault) {
      this.note(fault instanceof Error ? fault.message : String(fault));
    }
  }

  // One line when the trouble begins and whenever it changes, not one every two seconds.
  private note(fault: string): void {
    const level = this.loadedAtMs === undefined ? 'debug' : 'warn';
    if (fault !== this.lastFault) this.logger?.[level]({ fault }, 'The revocation feed could not be read');
    this.lastFault = fault;
  }

  private take(page: FeedPage, whole: boolean): void {
    this.keys.replace(page.keys);
    if (whole) this.revoked.replace(page.revocations);
    else this.revoked.apply(page.revocations);
    this.cursor = page.cursor;
  }
}
