import { Controller, Post } from '@nestjs/common';
import { Job } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { JobReportView } from '@eventzr/jobs';
import { RenewalsService } from './renewals.service.js';

@Group('Jobs', 'What schedulers call with the internal key.')
@Controller('jobs')
export class RenewalsController {
  constructor(private readonly renewals: RenewalsService) {}

  @Post('process-renewals')
  @Job()
  @Route({
    summary: 'Renew what is due',
    description:
      'Issues one invoice per period, exactly once, and collects it. Safe to call again and to call twice at once. The body is empty.',
    answer: JobReportView,
  })
  processRenewals() {
    return this.renewals.processRenewals();
  }
}
