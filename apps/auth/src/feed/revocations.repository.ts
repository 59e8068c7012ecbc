import { Injectable } from '@nestjs/common';
import type { Revocation, RevocationKind } from '@eventzr/auth';
import { newId } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { AuthDb } from '../auth.db.js';

export interface NewRevocation {
  readonly tenantId: string;
  readonly kind: RevocationKind;
  readonly value: string;
  readonly notBefore?: number;
  /** When no token that it refuses can be alive; null holds until lifted. */
  readonly expiresAt: Date | null;
}

export interface FeedLines {
  readonly cursor: string;
  readonly lines: Revocation[];
}

/** Transactions last 15 s at most: whoever reads from this far back misses no late commit. */
const OVERLAP = `interval '20 seconds'`;

const LINE = `json_build_object('id', id, 'kind', kind, 'value', value, 'notBefore', not_before, 'lifted', lifted)`;
/** One row, whether or not anything is revoked; the cursor is read before the lines are. */
const READ = (where: string) => `
  SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint::text AS cursor,
         coalesce((SELECT json_agg(${LINE} ORDER BY changed_at) FROM revocations WHERE ${where}), '[]') AS lines`;

@Injectable()
export class RevocationsRepository {
  constructor(
    private readonly db: AuthDb,
    private readonly jobs: JobPool,
  ) {}

  async insert({ tenantId, kind, value, notBefore, expiresAt }: NewRevocation): Promise<void> {
    await this.db.withTenant(
      (tx) => tx.$executeRaw`
        INSERT INTO revocations (tenant_id, id, kind, value, not_before, expires_at)
        VALUES (${tenantId}::uuid, ${newId()}::uuid, ${kind}, ${value}, ${notBefore ?? null}::bigint, ${expiresAt}::timestamptz)`,
      tenantId,
    );
  }

  /** One line for each of these sessions. */
  async insertSessions(tenantId: string, sessionIds: readonly string[], expiresAt: Date): Promise<void> {
    const ids = sessionIds.map(() => newId());
    await this.db.withTenant(
      (tx) => tx.$executeRaw`
        INSERT INTO revocations (tenant_id, id, kind, value, expires_at)
        SELECT ${tenantId}::uuid, line.id, 'session', line.value, ${expiresAt}::timestamptz
          FROM unnest(${ids}::uuid[], ${sessionIds}::text[]) AS line (id, value)`,
      tenantId,
    );
  }

  /** Everything that holds at `now`, of all tenants. */
  listAll(now: Date): Promise<FeedLines> {
    return this.read(READ('NOT lifted AND (expires_at IS NULL OR expires_at > $1)'), [now]);
  }

  /** What changed since `cursor`, and a little before. */
  listSince(cursor: string): Promise<FeedLines> {
    return this.read(READ(`changed_at > to_timestamp($1::bigint / 1000.0) - ${OVERLAP}`), [cursor]);
  }

  /** Removes lines that refuse nothing any more. */
  async purge(now: Date): Promise<number> {
    const due = await this.jobs.query<{ tenantId: string }>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM revocations WHERE expires_at <= $1',
      [now],
    );
    let removed = 0;
    for (const { tenantId } of due) {
      removed += await this.db.withTenant(
        (tx) => tx.$executeRaw`DELETE FROM revocations WHERE expires_at <= ${now}::timestamptz`,
        tenantId,
      );
    }
    return removed;
  }

  private async read(text: string, values: unknown[]): Promise<FeedLines> {
    const rows = await this.jobs.query<FeedLines & Record<string, unknown>>(text, values);
    return rows[0] ?? { cursor: '0', lines: [] };
  }
}
