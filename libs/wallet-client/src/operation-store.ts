import { Inject, Injectable } from '@nestjs/common';
import { Clock, derivedId } from '@eventzr/config';
import { Database, type SqlTx } from '@eventzr/db';
import type { OperationClaim } from '@eventzr/idempotency';
import type { WalletChoice } from './wallet-api.js';

/** How long an operation without a sign of life keeps its hold. */
export const OPERATION_LEASE_MS = 60_000;

/** An operation's row: what it was opened with, and which hold its current attempt uses. */
export interface CreditOperation {
  readonly tenantId: string;
  readonly id: string;
  readonly attempt: number;
  readonly userId: string;
  readonly operation: string;
  readonly amountCredits: number;
  readonly walletChoice: WalletChoice | null;
  readonly holdId: string;
  readonly state: 'reserving' | 'held' | 'settled' | 'released';
  readonly fence: string;
  readonly deadlineAt: Date;
}

/** What a request would open the operation with, if there is no row yet. */
export type OperationDraft = Omit<CreditOperation, 'attempt' | 'holdId' | 'state'> & {
  readonly ceilingMicroUsd: number | null;
};

/** The operation is somebody else's by now, or over. */
export class OperationTaken extends Error {}

export function holdIdOf(operationId: string, attempt: number): string {
  return derivedId(operationId, `hold:${attempt}`);
}

/** The table of operations. Every change is a compare-and-set, so that a late process changes nothing. */
@Injectable()
export class OperationStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Commits the row before the wallet is asked, or takes over the one that an earlier request left behind.
   * @throws OperationTaken when another process runs the operation, or when it is over
   */
  async open(draft: OperationDraft, claim: OperationClaim): Promise<CreditOperation> {
    const made: CreditOperation = {
      ...draft,
      attempt: 1,
      holdId: holdIdOf(draft.id, 1),
      state: 'reserving',
    };
    if (!claim.resumed && (await this.insert(made, draft.ceilingMicroUsd))) return made;
    const taken = await this.takeOver(draft, claim);
    if (taken !== undefined) return taken;
    if (await this.insert(made, draft.ceilingMicroUsd)) return made;
    throw new OperationTaken();
  }

  /** Moves on to a fresh hold after the wallet refused the id of the current one as used up. */
  async nextAttempt(current: CreditOperation, draft: OperationDraft): Promise<CreditOperation> {
    return this.database.withTenantSql((tx) => this.advance(tx, current, draft, true), draft.tenantId);
  }

  /** Lengthens the lease of an operation that still runs here. */
  async renew({ tenantId, id, holdId, fence }: CreditOperation): Promise<void> {
    await this.database.withTenantSql(async (tx) => {
      await tx.$executeRaw`
        UPDATE platform.credit_operations SET lease_until = ${this.leaseUntil()}::timestamptz
         WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND hold_id = ${holdId}::uuid
           AND fence = ${fence}::uuid AND state = 'reserving'`;
    }, tenantId);
  }

  /** @returns false when the operation is not in one of the states `from` any more */
  async move(
    tx: SqlTx,
    operation: { operationId: string; holdId: string; walletId?: string },
    from: readonly string[],
    to: 'held' | 'settled',
  ): Promise<boolean> {
    const changed = await tx.$executeRaw`
      UPDATE platform.credit_operations
         SET state = ${to}, wallet_id = coalesce(${operation.walletId ?? null}::uuid, wallet_id), updated_at = ${this.clock.now()}::timestamptz
       WHERE id = ${operation.operationId}::uuid AND hold_id = ${operation.holdId}::uuid AND state = ANY(${from}::text[])`;
    return changed === 1;
  }

  /**
   * Ends an attempt that did not come to work.
   * @param guard `fence`: only while it is still ours; `before`: only if its lease ended by then
   */
  async giveUp(
    tx: SqlTx,
    operation: { operationId: string; holdId: string },
    guard: { fence: string } | { before: Date },
  ): Promise<boolean> {
    const fence = 'fence' in guard ? guard.fence : null;
    const before = 'before' in guard ? guard.before : null;
    const changed = await tx.$executeRaw`
      UPDATE platform.credit_operations SET state = 'released', updated_at = ${this.clock.now()}::timestamptz
       WHERE id = ${operation.operationId}::uuid AND hold_id = ${operation.holdId}::uuid AND state = 'reserving'
         AND (${fence}::uuid IS NULL OR fence = ${fence}::uuid)
         AND (${before}::timestamptz IS NULL OR lease_until < ${before}::timestamptz)`;
    return changed === 1;
  }

  /** The hold of an operation's current attempt. */
  async holdOf(tx: SqlTx, operationId: string): Promise<string | undefined> {
    return (await find(tx, operationId))?.holdId;
  }

  /** Undefined: there is nothing to take over. */
  private async takeOver(draft: OperationDraft, claim: OperationClaim): Promise<CreditOperation | undefined> {
    return this.database.withTenantSql(async (tx) => {
      const found = await find(tx, draft.id);
      if (found === undefined) return undefined;
      if (found.state === 'held' || found.state === 'settled') throw new OperationTaken();
      if (claim.keyed && !(await ownsClaim(tx, claim))) throw new OperationTaken();
      return this.advance(tx, found, draft, found.state === 'released');
    }, draft.tenantId);
  }

  /** In a transaction of its own, which is one call; false: there is a row already. */
  private async insert(row: CreditOperation, ceilingMicroUsd: number | null): Promise<boolean> {
    const { tenantId, id, userId, operation, amountCredits, walletChoice, holdId, fence, deadlineAt } = row;
    const { rows } = await this.database.pool.query<{ opened: boolean }>({
      name: 'open_credit_operation',
      text: 'SELECT platform.open_credit_operation($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS opened',
      values: [tenantId, id, userId, operation, amountCredits, walletChoice, holdId, fence, this.leaseUntil(),
        deadlineAt, ceilingMicroUsd, this.clock.now()], // prettier-ignore
    });
    return rows[0]?.opened === true;
  }

  // The amount and the wallet stay as they were first asked for: a repeated request is never priced anew.
  private async advance(
    tx: SqlTx,
    from: CreditOperation,
    draft: OperationDraft,
    fresh: boolean,
  ): Promise<CreditOperation> {
    const attempt = fresh ? from.attempt + 1 : from.attempt;
    const next: CreditOperation = {
      ...from,
      attempt,
      holdId: fresh ? holdIdOf(from.id, attempt) : from.holdId,
      state: 'reserving',
      fence: draft.fence,
      deadlineAt: fresh ? draft.deadlineAt : from.deadlineAt,
    };
    const changed = await tx.$executeRaw`
      UPDATE platform.credit_operations
         SET attempt = ${next.attempt}::int, hold_id = ${next.holdId}::uuid, state = 'reserving', fence = ${next.fence}::uuid,
             deadline_at = ${next.deadlineAt}::timestamptz, lease_until = ${this.leaseUntil()}::timestamptz,
             updated_at = ${this.clock.now()}::timestamptz
       WHERE tenant_id = ${from.tenantId}::uuid AND id = ${from.id}::uuid AND state = ${from.state}
         AND attempt = ${from.attempt}::int AND fence = ${from.fence}::uuid`;
    if (changed !== 1) throw new OperationTaken();
    return next;
  }

  private leaseUntil(): Date {
    return new Date(this.clock.now().getTime() + OPERATION_LEASE_MS);
  }
}

async function find(tx: SqlTx, id: string): Promise<CreditOperation | undefined> {
  const rows = await tx.$queryRaw<CreditOperation[]>`
    SELECT tenant_id AS "tenantId", id, attempt, user_id AS "userId", operation, amount_credits AS "amountCredits",
           wallet_choice AS "walletChoice", hold_id AS "holdId", state, fence, deadline_at AS "deadlineAt"
      FROM platform.credit_operations WHERE id = ${id}::uuid`;
  return rows[0];
}

async function ownsClaim(tx: SqlTx, { operationId, fence }: OperationClaim): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM platform.idempotency_keys
     WHERE operation_id = ${operationId}::uuid AND fence = ${fence}::uuid AND state = 'running'`;
  return rows.length > 0;
}
