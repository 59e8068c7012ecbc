import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, type SqlTx } from '@eventzr/db';
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

/** The table of claims. Every call is one round trip. */
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

  /** Claims a key inside the transaction of the work: whoever comes meanwhile is told `running`. */
  async claimAtomic(tx: SqlTx, scope: ClaimScope, fingerprint: Buffer): Promise<ClaimResult> {
    const { tenantId, principal, method, route, key } = scope;
    const rows = await tx.$queryRaw<ClaimRow[]>`
      SELECT outcome, operation_id, attempt, status, content_type, location, body
        FROM platform.idempotency_claim_atomic(${tenantId}::uuid, ${principal}, ${method}, ${route}, ${key},
             ${fingerprint}::bytea, ${this.clock.now()}::timestamptz)`;
    return resultOf(rows[0]);
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
  async storeAnswer(tx: SqlTx, scope: ClaimScope, fence: string, answer: RenderedAnswer): Promise<boolean> {
    const { tenantId, principal, method, route, key } = scope;
    const { status, contentType, location, body, expiresAt } = this.stored(answer);
    const changed = await tx.$executeRaw`
      UPDATE platform.idempotency_keys
         SET state = 'stored', status = ${status}::int, content_type = ${contentType}, location = ${location}::text,
             body = ${body}, expires_at = ${expiresAt}::timestamptz
       WHERE tenant_id = ${tenantId}::uuid AND principal = ${principal} AND method = ${method} AND route = ${route}
         AND key = ${key} AND fence = ${fence}::uuid AND state = 'running'`;
    return changed === 1;
  }

  /** Stores the answer of a write that claimed its key with `claimAtomic`. */
  async storeAtomic(
    tx: SqlTx,
    scope: ClaimScope,
    fingerprint: Buffer,
    operationId: string,
    answer: RenderedAnswer,
  ): Promise<void> {
    const { tenantId, principal, method, route, key } = scope;
    const { status, contentType, location, body, expiresAt } = this.stored(answer);
    const now = this.clock.now();
    await tx.$executeRaw`
      INSERT INTO platform.idempotency_keys AS i (tenant_id, principal, method, route, key, fingerprint, operation_id, attempt, fence,
             state, lease_until, status, content_type, location, body, expires_at, created_at)
      VALUES (${tenantId}::uuid, ${principal}, ${method}, ${route}, ${key}, ${fingerprint}::bytea, ${operationId}::uuid, 1,
             ${operationId}::uuid, 'stored', ${now}::timestamptz, ${status}::int, ${contentType}, ${location}::text, ${body},
             ${expiresAt}::timestamptz, ${now}::timestamptz)
      ON CONFLICT (tenant_id, principal, method, route, key) DO UPDATE
         SET fingerprint = excluded.fingerprint, operation_id = excluded.operation_id, attempt = 1, fence = excluded.fence,
             state = 'stored', lease_until = excluded.lease_until, status = excluded.status, content_type = excluded.content_type,
             location = excluded.location, body = excluded.body, expires_at = excluded.expires_at, created_at = excluded.created_at`;
  }

  private stored({ status, headers, body }: RenderedAnswer) {
    return {
      status,
      contentType: headers['content-type'] ?? 'application/json; charset=utf-8',
      location: headers['location'] ?? null,
      body,
      expiresAt: new Date(this.clock.now().getTime() + KEEP_MS),
    };
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
