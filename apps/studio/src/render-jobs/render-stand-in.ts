import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioDb } from '../studio.db.js';
import { RenderEventsRepository } from './render-events.repository.js';
import type { RenderJob } from './render-job.js';
import { fenceOf } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderOutcome } from './render-outcome.js';
import type { Renderer } from './renderer.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** Kinds after which the provider has done nothing, and another one may. */
const NOT_STARTED: ReadonlySet<string> = new Set(['unavailable', 'rate_limited', 'auth']);

/** Gives a job whose provider cannot work to the next one, as long as no work began anywhere. */
@Injectable()
export class RenderStandIn {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly events: RenderEventsRepository,
    private readonly outcome: RenderOutcome,
    private readonly clock: Clock,
  ) {}

  /** True: the job is queued again, for another provider. */
  async takesOver(job: RenderJob, reason: unknown, renderer: Renderer): Promise<boolean> {
    if (!job.mayFallBack || !(reason instanceof ProviderFault) || !NOT_STARTED.has(reason.kind)) return false;
    const provider = renderer.fallback(job);
    if (provider === undefined) return false;
    const now = this.clock.now();
    const requestedProvider = job.requestedProvider ?? job.provider;
    const lease = { status: 'queued', fence: null, leaseUntil: null, nextRunAt: now };
    return this.db.withTenant(async (tx) => {
      if (!(await this.submissions.nothingBegan(tx, job.id))) return false;
      const change = { ...lease, provider, requestedProvider };
      if (!(await this.jobs.changeWanted(tx, job.id, fenceOf(job), change))) return false;
      const data = { status: 'queued', from: job.provider, provider };
      await this.events.append(tx, job, 'fallback', data, now);
      await this.outcome.requeue(tx, job, now);
      return true;
    }, job.tenantId);
  }
}
