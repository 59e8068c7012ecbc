import { Controller, Post } from '@nestjs/common';
import { Job } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { JobReportView } from '@eventzr/jobs';
import { LlmSweep } from './llm-sweep.js';
import { RefreshProviders } from './refresh-providers.js';

/** What schedulers call; the worker runs the same by itself. */
@Group('Jobs', 'What schedulers call with the internal key.')
@Controller('jobs')
@Job()
export class JobsController {
  constructor(
    private readonly everything: LlmSweep,
    private readonly providers: RefreshProviders,
  ) {}

  @Post('sweep')
  @Route({ summary: 'End abandoned budget holds, forget old spend and usage', answer: JobReportView })
  sweep() {
    return this.everything.run();
  }

  @Post('refresh-providers')
  @Route({ summary: 'Look which models the vendors offer now', answer: JobReportView })
  refreshProviders() {
    return this.providers.run();
  }
}
