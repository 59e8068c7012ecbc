import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database } from '@eventzr/db';
import { RenderedAnswer } from '@eventzr/http';
import type { ClaimScope } from './claim-scope.js';

/** How long a claim lives without a renewal: how long a killed process keeps a key from being used. */
export const LEASE_MS = 60_000;
/** How long an answer is replayed, counted from its completion. */
export const KEEP_MS = 24 * 3_600_000;

interface ClaimRow {
  readonly outcome: 'fresh' | 'resumed' | 'running' | 'other' | 'replay';
  readonly operation_id: string;
  readonly attempt: number;
  readonly status: number;
  readonly content_type: string;
  readonly location: string | null;
  readonly body: string;
}

/** What a request finds when it claims its key. */
export type ClaimResult =
  | {
      readonly outcome: 'claimed';
      readonly operationId: string;
      readonly attempt: number;
      readonly resumed: boolean;
    }
  | { readonly outcome: 'running' }
  | { readonly outcome: 'other' }
  | { readonly outcome: 'replay'; readonly answer: RenderedAnswer };

/** The table of claims. Every call is one round trip, past the typed client; those of a transaction join the open one. */
@Injectable()
export class ClaimStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Claims a key in a transaction of its own. */
  async claimOperation(
    scope: ClaimScope,
    fingerprint: Buffer,
    operationId: string,
    fence: string,
  ): Promise<ClaimResult> {
    const now = this.clock.now();
    const { rows } = await this.database.pool.query<ClaimRow>({
      name: 'idempotency_claim_operation',
      text: 'SELECT * FROM platform.idempotency_claim_operation($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      values: [...columns(scope), fingerprint, operationId, fence, now, leaseFrom(now)],
    });
    return resultOf(rows[0]);
  }

  /** Runs `work` in one transaction that begins with the claim: whoever comes meanwhile is told `running`. */
  withAtomicClaim<R>(
    scope: ClaimScope,
    fingerprint: Buffer,
    work: (claimed: ClaimResult) => Promise<R>,
  ): Promise<R> {
    const argument = { ...scope, fingerprint: fingerprint.toString('hex'), now: this.clock.now() };
    const first = { name: 'platform.idempotency_claim_atomic', argument };
    return this.database.withTenantAfter(first, (row) => work(resultOf(row as ClaimRow)), scope.tenantId);
  }

  /** Lengthens a lease; false: another process has taken the claim over. */
  async renew(scope: ClaimScope, fence: string): Promise<boolean> {
    const { rows } = await this.database.pool.query<{ renewed: boolean }>(
      'SELECT platform.idempotency_renew($1, $2, $3, $4, $5, $6, $7) AS renewed',
      [...columns(scope), fence, leaseFrom(this.clock.now())],
    );
    return rows[0]?.renewed === true;
  }

  /** Ends a claim that has no answer. */
  async free(scope: ClaimScope, fence: string): Promise<void> {
    await this.database.pool.query('SELECT platform.idempotency_free($1, $2, $3, $4, $5, $6, $7)', [
      ...columns(scope),
      fence,
      this.clock.now(),
    ]);
  }

  /** Stores the answer of a claim; false: the claim is somebody else's by now, so the caller must roll back. */
  async storeAnswer(scope: ClaimScope, fence: string, answer: RenderedAnswer): Promise<boolean> {
    const claim = JSON.stringify({ ...scope, fence });
    const rows = await this.database.statement<{ changed: number }>({
      name: 'idempotency_store_operation',
      text: 'SELECT platform.idempotency_store_operation($1, $2) AS changed',
      values: [claim, this.stored(answer)],
    });
    return rows[0]?.changed === 1;
  }

  /** Stores the answer of the write that runs within `withAtomicClaim`. */
  async storeAtomic(
    scope: ClaimScope,
    fingerprint: Buffer,
    operationId: string,
    answer: RenderedAnswer,
  ): Promise<void> {
    const claim = JSON.stringify({
      ...scope,
      fingerprint: fingerprint.toString('hex'),
      operationId,
      now: this.clock.now(),
    });
    await this.database.statement({
      name: 'idempotency_store_atomic',
      text: 'SELECT platform.idempotency_store_atomic($1, $2)',
      values: [claim, this.stored(answer)],
    });
  }

  private stored({ status, headers, body }: RenderedAnswer): string {
    return JSON.stringify({
      status,
      contentType: headers['content-type'] ?? 'application/json; charset=utf-8',
      location: headers['location'] ?? null,
      body,
      expiresAt: new Date(this.clock.now().getTime() + KEEP_MS),
    });
  }
}

function columns({ tenantId, principal, method, route, key }: ClaimScope): string[] {
  return [tenantId, principal, method, route, key];
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

function resultOf(row: ClaimRow | undefined): ClaimResult {
  switch (row?.outcome) {
    case 'fresh':
    case 'resumed':
      return {
        outcome: 'claimed',
        operationId: row.operation_id,
        attempt: row.attempt,
        resumed: row.outcome === 'resumed',
      };
    case 'replay':
      return { outcome: 'replay', answer: replayed(row) };
    case 'running':
    case 'other':
      return { outcome: row.outcome };
    default:
      throw new Error('The claim gave no answer');
  }
}

function replayed({ status, content_type, location, body }: ClaimRow): RenderedAnswer {
  const headers = {
    'content-type': content_type,
    ...(location === null ? {} : { location }),
    'idempotency-replayed': 'true',
  };
  return new RenderedAnswer(status, body, headers);
}
