import { Injectable } from '@nestjs/common';
import { Sweep, type JobReport } from '@eventzr/jobs';
import { CleanupService } from './cleanup.service.js';

/** The worker cleans up by itself what no scheduler asked for. */
@Injectable()
export class CleanupSweep extends Sweep {
  readonly name = 'cleanup-expired';
  readonly everyMs = 5 * 60_000;

  constructor(private readonly cleanup: CleanupService) {
    super();
  }

  run(): Promise<JobReport> {
    return this.cleanup.cleanupExpired();
  }
}
