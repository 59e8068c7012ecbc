import { Injectable } from '@nestjs/common';
import { RevocationFeed, type RevocationKind } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import { AuthDb } from '../auth.db.js';
import { RevocationsRepository } from './revocations.repository.js';

/** No token lives longer than a day; the rest is grace and skew. */
const TOKEN_LIFE_MS = 25 * 3_600_000;

export interface RevocationOrder {
  readonly tenantId: string;
  readonly kind: RevocationKind;
  readonly value: string;
}

/** Ends tokens before their time: within two seconds of the commit no service takes them. */
@Injectable()
export class RevocationsService {
  constructor(
    private readonly repository: RevocationsRepository,
    private readonly feed: RevocationFeed,
    private readonly db: AuthDb,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses the tokens there are, for as long as they could live.
   * @param change what ends with it, in the same transaction; false means it had ended before, and no line is needed
   * @returns what `change` said
   */
  async revoke(
    order: RevocationOrder,
    change: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<boolean> {
    const changed = await this.db.withTenant(async () => {
      if (!(await change())) return false;
      await this.repository.insert({ ...order, expiresAt: this.lastTokenAt() });
      return true;
    }, order.tenantId);
    if (changed) await this.spread();
    return changed;
  }

  /**
   * The same for several sessions at once.
   * @param change ends them, in the same transaction, and tells which they were
   */
  async revokeSessions(tenantId: string, change: () => Promise<string[]>): Promise<string[]> {
    const ended = await this.db.withTenant(async () => {
      const ids = await change();
      await this.repository.insertSessions(tenantId, ids, this.lastTokenAt());
      return ids;
    }, tenantId);
    await this.spread();
    return ended;
  }

  /** Refuses all tokens, those that are still to come too, until `reinstate`. */
  async suspend(order: RevocationOrder): Promise<void> {
    await this.repository.insert({ ...order, expiresAt: null });
    await this.spread();
  }

  /** Takes a suspension back. */
  async reinstate(order: RevocationOrder): Promise<void> {
    await this.repository.lift(order, this.lastTokenAt());
    await this.spread();
  }

  // This process need not wait for its own next look; inside a transaction there is nothing to see yet.
  private async spread(): Promise<void> {
    if (this.db.inTransaction()) this.db.afterCommit(() => this.feed.catchUp());
    else await this.feed.catchUp();
  }

  private lastTokenAt(): Date {
    return new Date(this.clock.now().getTime() + TOKEN_LIFE_MS);
  }
}
