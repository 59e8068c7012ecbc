import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { Paged } from '@eventzr/http';
import { currentPrincipal, decodeCursor, encodeCursor, IdCursor, paged } from '@eventzr/http';
import { hasRole } from '@eventzr/auth';
import { LlmOrchDb } from '../llm-orch.db.js';
import { UsageLog } from './usage-log.js';
import type { UsageFilter } from './usage-reports.repository.js';
import { UsageReportsRepository } from './usage-reports.repository.js';
import type { UsagePeriod, UsageQuery, UsageSummaryQuery, UsageSummaryRow, UsageView } from './usage.dto.js';
import { csvOf, summaryRow, usageView } from './usage-view.js';

const DEFAULT_PERIOD_MS = 30 * 86_400_000;
const MOST_EXPORTED = 100_000;

/** What was used: an organizer sees the tenant's, everyone else their own. */
@Injectable()
export class UsageService {
  constructor(
    private readonly db: LlmOrchDb,
    private readonly reports: UsageReportsRepository,
    private readonly log: UsageLog,
    private readonly clock: Clock,
  ) {}

  async list(query: UsageQuery): Promise<Paged<UsageView>> {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const rows = await this.rows(query, query.limit + 1, before);
    const items = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? items.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
    return paged(items.map(usageView), { nextCursor, limit: query.limit });
  }

  async exported(query: UsageQuery): Promise<string> {
    return csvOf((await this.rows(query, MOST_EXPORTED)).map(usageView));
  }

  async summary(query: UsageSummaryQuery): Promise<UsageSummaryRow[]> {
    await this.log.flush();
    const rows = await this.db.withTenant((tx) => this.reports.summary(tx, this.filter(query), query.by));
    return rows.map(summaryRow);
  }

  async summaryExported(query: UsageSummaryQuery): Promise<string> {
    return csvOf(await this.summary(query));
  }

  private async rows(query: UsageQuery, limit: number, before?: string) {
    // What this process knows of is in the report that its caller asks for next.
    await this.log.flush();
    return this.db.withTenant((tx) =>
      this.reports.list(tx, this.filter(query), { limit, ...(before === undefined ? {} : { before }) }),
    );
  }

  private filter({ from, to }: UsagePeriod): UsageFilter {
    const { userId, roles } = currentPrincipal();
    const now = this.clock.now();
    return {
      ...(hasRole(roles, ['organizer']) ? {} : { userId }),
      from: from === undefined ? new Date(now.getTime() - DEFAULT_PERIOD_MS) : new Date(from),
      to: to === undefined ? new Date(now.getTime() + 1_000) : new Date(to),
    };
  }
}
