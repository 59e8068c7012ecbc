import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { WalletTx } from '../wallet.db.js';
import { WalletErrors } from '../wallet.errors.js';
import type { WalletIdentity } from '../wallets/wallets.repository.js';

export interface Issue {
  readonly tenantId: string;
  readonly wallet: WalletIdentity;
  /** The same id brings the same credits in once. */
  readonly transferId: string;
  readonly kind: 'grant' | 'top_up';
  readonly amount: number;
  readonly source: 'plan' | 'trial' | 'top_up';
  readonly sourceId?: string | undefined;
  readonly priority?: number | undefined;
  readonly promotional?: boolean | undefined;
  readonly expiresAt?: Date | undefined;
  readonly actor: string;
  readonly description?: string | undefined;
}

const DEFAULT_PRIORITY = 100;

/** Brings credits into wallets. */
@Injectable()
export class GrantsRepository {
  constructor(private readonly clock: Clock) {}

  /** @throws WalletErrors.IDEMPOTENCY_CONFLICT when the transfer id brought other credits in before */
  async issue(tx: WalletTx, issue: Issue): Promise<void> {
    const { tenantId, wallet, transferId, kind, amount, source, actor } = issue;
    const rows = await tx.$queryRaw<{ answer: { outcome: string; field: string | null } }[]>`
      SELECT wallet.issue(${tenantId}::uuid, ${this.clock.now()}::timestamptz, ${wallet.id}::uuid, ${wallet.kind}, ${wallet.ownerId}::uuid,
             ${transferId}::uuid, ${kind}, ${amount}::bigint, ${source}, ${issue.sourceId ?? null}::text,
             ${issue.priority ?? DEFAULT_PRIORITY}::int, ${issue.promotional ?? false}::boolean,
             ${issue.expiresAt ?? null}::timestamptz, ${actor}, ${issue.description ?? null}::text) AS answer`;
    const answer = rows[0]?.answer;
    if (answer?.outcome === 'conflict') throw WalletErrors.IDEMPOTENCY_CONFLICT({ field: answer.field });
  }
}
