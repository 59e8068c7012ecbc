import { Injectable } from '@nestjs/common';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { RENDER_CANCEL_CHANNEL } from './cancel-signals.js';
import { JobViews } from './job-views.js';
import { RenderClosing } from './render-closing.js';
import type { JobView } from './render-jobs.dto.js';
import { RenderJobsService } from './render-jobs.service.js';

/** Stops a job at its owner's wish: nothing is charged. */
@Injectable()
export class RenderCancel {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsService,
    private readonly closing: RenderClosing,
    private readonly views: JobViews,
  ) {}

  async cancel(id: string): Promise<JobView> {
    return this.db.withTenant(async (tx) => {
      const job = await this.jobs.visible(tx, id);
      const cancelled = await this.closing.cancelled(tx, job);
      const now = await this.jobs.visible(tx, id);
      if (!cancelled) throw StudioErrors.RENDER_JOB_ENDED({ status: now.status });
      await tx.$queryRaw`SELECT pg_notify(${RENDER_CANCEL_CHANNEL}, ${id})::text`;
      return this.views.one(tx, now);
    });
  }
}
