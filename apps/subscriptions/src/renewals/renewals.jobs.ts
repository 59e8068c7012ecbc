import { Injectable } from '@nestjs/common';
import { Sweep, type JobReport } from '@eventzr/jobs';
import { RenewalsService } from './renewals.service.js';

/** The worker renews by itself what no scheduler asked for. */
@Injectable()
export class RenewalSweep extends Sweep {
  readonly name = 'process-renewals';
  readonly everyMs = 5 * 60_000;

  constructor(private readonly renewals: RenewalsService) {
    super();
  }

  run(): Promise<JobReport> {
    return this.renewals.processRenewals();
  }
}
