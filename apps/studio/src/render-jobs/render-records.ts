import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import type { StudioTx } from '../studio.db.js';
import type { RenderJobCreated } from '../studio.events.js';
import { RenderEventsRepository } from './render-events.repository.js';
import type { RenderJob, RenderJobRow } from './render-jobs.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';

/** The rows that a new job brings along. */
@Injectable()
export class RenderRecords {
  constructor(
    private readonly jobs: RenderJobsRepository,
    private readonly events: RenderEventsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async create(tx: StudioTx, row: RenderJobRow): Promise<RenderJob> {
    const job = await this.jobs.insert(tx, row);
    await this.events.append(tx, job, 'queued', { status: 'queued', progress: 0 }, this.clock.now());
    const { tenantId, userId, id, type, provider, creditsReserved } = job;
    const data: RenderJobCreated = { tenantId, userId, jobId: id, type, provider, creditsReserved };
    await this.outbox.append(tx, {
      type: 'eventzr.studio.render-job.created.v1',
      aggregateId: id,
      tenantId,
      data,
    });
    return job;
  }
}
