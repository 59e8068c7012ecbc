import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { WalletDb } from '../wallet.db.js';
import type { QuoteView, ServiceHoldView } from './holds.dto.js';
import type { ReserveItem, ReserveOutcome } from './reserve-item.js';

export type HoldOutcome = 'done' | 'not_found' | 'released' | 'captured' | 'conflict' | 'exceeds' | 'found';

/** A hold after a call on it; without a hold only the outcome. */
export type HoldAnswer = ServiceHoldView & { readonly outcome: HoldOutcome };

export interface QuoteItem {
  readonly tenantId: string;
  readonly userId: string;
  readonly userWallet: string;
  readonly teamWallet: string;
  readonly choice: 'user' | 'team' | null;
  readonly roles: readonly string[];
  readonly amount: number;
}

export interface DueHold {
  readonly tenant_id: string;
  readonly id: string;
  readonly due: string;
}

const UNIQUE_VIOLATION = '23505';

/**
 * The hot path of the platform: every call is one round trip to a function that sets the tenant, locks the wallet and
 * does everything under that lock.
 */
@Injectable()
export class HoldsRepository {
  constructor(
    private readonly db: WalletDb,
    private readonly jobs: JobPool,
    private readonly clock: Clock,
  ) {}

  /** Reserves items that share their first wallet. */
  async reserve(tenantId: string, items: readonly ReserveItem[]): Promise<readonly ReserveOutcome[]> {
    const numbered = JSON.stringify(items.map((item, n) => ({ ...item, n })));
    const call = () => this.call<ReserveOutcome[]>('reserve', [tenantId, this.clock.now(), numbered]);
    if (items.length > 1) return call();
    // The id was taken by a transaction that this one could not see yet; now it is there to be found.
    return call().catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return call();
      throw error;
    });
  }

  capture(tenantId: string, service: string, id: string, amount: number): Promise<HoldAnswer> {
    return this.call('capture', [tenantId, this.clock.now(), service, id, amount]);
  }

  release(tenantId: string, service: string, id: string): Promise<HoldAnswer> {
    return this.call('release', [tenantId, this.clock.now(), service, id]);
  }

  find(tenantId: string, id: string): Promise<HoldAnswer | null> {
    return this.call('find_hold', [tenantId, id]);
  }

  quote({ tenantId, userId, userWallet, teamWallet, choice, roles, amount }: QuoteItem): Promise<QuoteView> {
    return this.call('quote', [
      tenantId,
      this.clock.now(),
      userId,
      userWallet,
      teamWallet,
      choice,
      roles,
      amount,
    ]);
  }

  /** One page of the open holds whose time is over, in the order in which it ended. */
  listDue(now: Date, after: DueHold | undefined, limit: number): Promise<DueHold[]> {
    return this.jobs.query<DueHold & Record<string, unknown>>(
      `SELECT tenant_id, id, expires_at::text AS due FROM holds
        WHERE state = 'open' AND expires_at <= $1 AND ($2::timestamptz IS NULL OR (expires_at, id) > ($2::timestamptz, $3::uuid))
        ORDER BY expires_at, id LIMIT $4`,
      [now, after?.due ?? null, after?.id ?? null, limit],
    );
  }

  /** False when the hold was settled meanwhile. */
  expire(tenantId: string, id: string): Promise<boolean> {
    return this.call('expire_hold', [tenantId, this.clock.now(), id]);
  }

  private async call<T>(name: string, values: readonly unknown[]): Promise<T> {
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    const text = `SELECT wallet.${name}(${places}) AS answer`;
    const { rows } = await this.db.pool.query<{ answer: T }>({
      name: `wallet_${name}`,
      text,
      values: [...values],
    });
    const [row] = rows;
    if (row === undefined) throw new Error(`${name} gave no answer`);
    return row.answer;
  }
}
