import { Injectable } from '@nestjs/common';
import { Prisma } from '../generated/prisma/client.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import type { Grouping } from './usage.dto.js';

export type { Inference as UsageRow } from '../generated/prisma/client.js';

/** Whose calls, and from when to when. */
export interface UsageFilter {
  /** Absent: the whole tenant's. */
  readonly userId?: string;
  readonly from: Date;
  readonly to: Date;
}

export interface SummaryRow {
  readonly group: string;
  readonly calls: number;
  readonly input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly cached_tokens: bigint;
  readonly cost_micro_usd: bigint;
  readonly credits: bigint;
}

const COLUMNS: Readonly<Record<Grouping, Prisma.Sql>> = {
  day: Prisma.sql`to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
  model: Prisma.sql`provider || '/' || model`,
  provider: Prisma.sql`provider`,
  useCase: Prisma.sql`use_case`,
  user: Prisma.sql`user_id::text`,
};

/** Reads `inferences` for reports. */
@Injectable()
export class UsageReportsRepository {
  /** Latest first; ids are time-ordered. */
  list(tx: LlmOrchTx, { userId, from, to }: UsageFilter, page: { before?: string; limit: number }) {
    return tx.inference.findMany({
      where: {
        ...(userId === undefined ? {} : { userId }),
        ...(page.before === undefined ? {} : { id: { lt: page.before } }),
        createdAt: { gte: from, lt: to },
      },
      orderBy: { id: 'desc' },
      take: page.limit,
    });
  }

  summary(tx: LlmOrchTx, { userId, from, to }: UsageFilter, by: Grouping): Promise<SummaryRow[]> {
    const own = userId === undefined ? Prisma.empty : Prisma.sql`AND user_id = ${userId}::uuid`;
    return tx.$queryRaw<SummaryRow[]>`
      SELECT ${COLUMNS[by]} AS "group", count(*)::int AS calls, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
             sum(cached_tokens) AS cached_tokens, sum(cost_micro_usd)::bigint AS cost_micro_usd, sum(credits_charged) AS credits
        FROM inferences WHERE created_at >= ${from}::timestamptz AND created_at < ${to}::timestamptz ${own}
       GROUP BY 1 ORDER BY 1 LIMIT 10000`;
  }
}
