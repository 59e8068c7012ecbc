import { Controller, Post } from '@nestjs/common';
import { Job } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { JobReportView } from '@eventzr/jobs';
import { ExpireGrants } from '../grants/grants.jobs.js';
import { ExpireHolds } from '../holds/holds.jobs.js';
import { ReconcileReportView } from '../reconciliation/reconciliation.dto.js';
import { Reconcile } from '../reconciliation/reconciliation.jobs.js';

/** What schedulers call; the worker runs the same by itself. */
@Group('Jobs', 'What schedulers call with the internal key.')
@Controller('jobs')
@Job()
export class JobsController {
  constructor(
    private readonly holds: ExpireHolds,
    private readonly grants: ExpireGrants,
    private readonly reconcile: Reconcile,
  ) {}

  @Post('expire-holds')
  @Route({ summary: 'Give back what nobody settled in time', answer: JobReportView })
  expireHolds() {
    return this.holds.run();
  }

  @Post('expire-grants')
  @Route({ summary: 'Take credits away whose time is over', answer: JobReportView })
  expireGrants() {
    return this.grants.run();
  }

  @Post('reconcile')
  @Route({ summary: 'Check every rule of every ledger', answer: ReconcileReportView })
  runReconcile() {
    return this.reconcile.run();
  }
}
