import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { JobReport } from '@eventzr/jobs';
import { LlmOrchDb } from '../llm-orch.db.js';
import { CachedCompletionsRepository } from './cached-completions.repository.js';

const TENANTS_PER_RUN = 500;

/** Removes cached answers that nobody may be given any more. */
@Injectable()
export class ExpiredCompletions extends Sweep {
  readonly name = 'expired-completions';
  readonly everyMs = 5 * 60_000;

  constructor(
    private readonly pool: JobPool,
    private readonly db: LlmOrchDb,
    private readonly entries: CachedCompletionsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const tenants = await this.pool.query<{ tenant_id: string }>(
        'SELECT DISTINCT tenant_id FROM cached_completions WHERE expires_at <= $1 LIMIT $2',
        [this.clock.now(), TENANTS_PER_RUN],
      );
      for (const { tenant_id } of tenants) {
        tally.succeeded(await this.db.withTenant((tx) => this.entries.removeExpired(tx), tenant_id));
      }
    });
  }
}
