import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { JobReport } from '@eventzr/jobs';
import { reportOf } from '@eventzr/jobs';
import { AbandonedBudgetHolds } from '../budgets/abandoned-budget-holds.js';
import { OldSpend } from '../budgets/old-spend.js';
import { ExpiredCompletions } from '../cache/expired-completions.js';
import { OldUsage } from '../usage/old-usage.js';

/** Everything that time ends here, in one run. */
@Injectable()
export class LlmSweep {
  constructor(
    private readonly holds: AbandonedBudgetHolds,
    private readonly spend: OldSpend,
    private readonly usage: OldUsage,
    private readonly cached: ExpiredCompletions,
    private readonly clock: Clock,
  ) {}

  run(): Promise<JobReport> {
    return reportOf('sweep', this.clock, async (tally) => {
      for (const sweep of [this.holds, this.spend, this.usage, this.cached]) {
        const { succeeded, skipped } = await sweep.run();
        tally.succeeded(succeeded);
        tally.skipped(skipped);
      }
    });
  }
}
