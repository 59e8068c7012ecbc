import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { JobReport } from '@eventzr/jobs';
import { LlmOrchConfig } from '../config.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import { InferencesRepository } from './inferences.repository.js';

const DAY_MS = 86_400_000;
const TENANTS_PER_RUN = 500;
/** So that no transaction takes long. */
const ROWS_PER_SLICE = 1_000;

/** Removes usage records whose time is over, slice by slice. */
@Injectable()
export class OldUsage extends Sweep {
  readonly name = 'old-usage';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly pool: JobPool,
    private readonly db: LlmOrchDb,
    private readonly inferences: InferencesRepository,
    private readonly clock: Clock,
    private readonly config: LlmOrchConfig,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const before = new Date(this.clock.now().getTime() - this.config.usageRetentionDays * DAY_MS);
      const tenants = await this.pool.query<{ tenant_id: string }>(
        'SELECT DISTINCT tenant_id FROM inferences WHERE created_at < $1 LIMIT $2',
        [before, TENANTS_PER_RUN],
      );
      for (const { tenant_id: tenantId } of tenants) {
        for (let removed = ROWS_PER_SLICE; removed === ROWS_PER_SLICE;) {
          removed = await this.db.withTenant(
            (tx) => this.inferences.removeOlderThan(tx, before, ROWS_PER_SLICE),
            tenantId,
          );
          tally.succeeded(removed);
        }
      }
    });
  }
}
