import { Controller, Post } from '@nestjs/common';
import { Job } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { JobReportView } from '@eventzr/jobs';
import { CleanupService } from './cleanup.service.js';

@Group('Jobs', 'What schedulers call with the internal key.')
@Controller('jobs')
export class CleanupController {
  constructor(private readonly cleanup: CleanupService) {}

  @Post('cleanup-expired')
  @Job()
  @Route({
    summary: 'Remove what is past its time',
    description:
      'Uploads that never ended, and trash. Safe to call again and to call twice at once. The body is empty.',
    answer: JobReportView,
  })
  cleanupExpired() {
    return this.cleanup.cleanupExpired();
  }
}
