import { Controller, Post } from '@nestjs/common';
import { Job } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { JobReportView, type JobReport } from '@eventzr/jobs';
import { RotateKeysSweep } from '../keys/rotate-keys.sweep.js';
import { PurgeSessionsSweep } from '../sessions/purge-sessions.sweep.js';

@Group('Jobs', 'What schedulers call with the internal key.')
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly rotation: RotateKeysSweep,
    private readonly purge: PurgeSessionsSweep,
  ) {}

  @Post('rotate-keys')
  @Job()
  @Route({ summary: 'Replace the signing key when it is due', answer: JobReportView })
  rotateKeys(): Promise<JobReport> {
    return this.rotation.run();
  }

  @Post('purge-sessions')
  @Job()
  @Route({ summary: 'Forget sessions that ended a week ago', answer: JobReportView })
  purgeSessions(): Promise<JobReport> {
    return this.purge.run();
  }
}
