import { Injectable } from '@nestjs/common';
import { RevocationFeed, type RevocationKind } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import { AuthDb } from '../auth.db.js';
import { RevocationsRepository } from './revocations.repository.js';

/** No token lives longer than a day; the rest is grace and skew. */
const TOKEN_LIFE_MS = 25 * 3_600_000;

export interface RevocationOrder {
  readonly tenantId: string;
  readonly kind: RevocationKind & ('session' | 'token');
  readonly value: string;
}

/** Ends tokens before their time. */
@Injectable()
export class RevocationsService {
  constructor(
    private readonly repository: RevocationsRepository,
    private readonly feed: RevocationFeed,
    private readonly db: AuthDb,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a line into the feed that all services follow.
   * @param change what ends with it, in the same transaction; false means it had ended before, and no line is needed
   */
  async revoke(
    { tenantId, kind, value }: RevocationOrder,
    change: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<void> {
    const expiresAt = new Date(this.clock.now().getTime() + TOKEN_LIFE_MS);
    const changed = await this.db.withTenant(async () => {
      if (!(await change())) return false;
      await this.repository.insert({ tenantId, kind, value, expiresAt });
      return true;
    }, tenantId);
    // This process need not wait for its own next look.
    if (changed) await this.feed.pull();
  }

  /** Puts sessions that end into the feed, in the caller's transaction, which ends them. */
  async revokeSessions(tenantId: string, sessionIds: readonly string[]): Promise<void> {
    const expiresAt = new Date(this.clock.now().getTime() + TOKEN_LIFE_MS);
    if (sessionIds.length === 0) return;
    await this.repository.insertSessions(tenantId, sessionIds, expiresAt);
    this.db.afterCommit(() => this.feed.pull());
  }
}
