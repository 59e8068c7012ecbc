import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AbandonedJobs } from './abandoned-jobs.js';
import { JobQueue, PostgresJobQueue } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import { SweepRunner } from './sweep-runner.js';

/** The queue and its runners. Handlers and sweeps need no registration: they are found among the providers. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    PostgresJobQueue,
    { provide: JobQueue, useExisting: PostgresJobQueue },
    JobRunner,
    SweepRunner,
    AbandonedJobs,
  ],
  exports: [JobQueue, JobRunner, SweepRunner],
})
export class JobsModule {}
