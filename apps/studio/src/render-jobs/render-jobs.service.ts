import { Injectable } from '@nestjs/common';
import { hasRole } from '@eventzr/auth';
import { currentPrincipal, decodeCursor, encodeCursor, HttpErrors, IdCursor, paged } from '@eventzr/http';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { maySee, ownerFilter } from '../visibility.js';
import { JobViews } from './job-views.js';
import { RenderIntake } from './render-intake.js';
import { hasEnded } from './render-job.js';
import type { JobInput, NewRenderJob, RenderJob } from './render-job.js';
import type { JobView, ListJobsQuery } from './render-jobs.dto.js';
import { RenderJobsRepository } from './render-jobs.repository.js';

/** Takes render jobs in, shows them; their work and their end are `RenderWork`'s. */
@Injectable()
export class RenderJobsService {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly views: JobViews,
    private readonly intake: RenderIntake,
  ) {}

  /** Prices are settled, now the credits are held and the job is written with everything that belongs to it. */
  submit<Input extends JobInput>(job: NewRenderJob<Input>) {
    return this.intake.submit(job);
  }

  async list(query: ListJobsQuery) {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const deadLetter = query.deadLetter === 'true';
    if (deadLetter && !hasRole(currentPrincipal().roles, ['admin'])) throw HttpErrors.FORBIDDEN();
    const filter = { userId: ownerFilter(), status: query.status, type: query.type, deadLetter, before };
    return this.db.withTenant(async (tx) => {
      const rows = await this.jobs.list(tx, { ...filter, limit: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
      return paged(await this.views.of(tx, page), { nextCursor, limit: query.limit });
    });
  }

  async get(id: string): Promise<JobView> {
    return this.db.withTenant(async (tx) => this.views.one(tx, await this.visible(tx, id)));
  }

  /** Undefined: it has not ended. */
  async ended(id: string): Promise<JobView | undefined> {
    return this.db.withTenant(async (tx) => {
      const job = await this.visible(tx, id);
      return hasEnded(job.status) ? this.views.one(tx, job) : undefined;
    });
  }

  /** @throws RENDER_JOB_NOT_FOUND */
  row(id: string): Promise<RenderJob> {
    return this.db.withTenant((tx) => this.visible(tx, id));
  }

  /** A job that the caller may see: their own, or any of the tenant for organizers and admins. */
  async visible(tx: StudioTx, id: string): Promise<RenderJob> {
    const job = await this.jobs.find(tx, id);
    if (job === null || !maySee(job)) throw StudioErrors.RENDER_JOB_NOT_FOUND();
    return job;
  }
}
