import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { currentPrincipal, decodeCursor, encodeCursor, paged, reply } from '@eventzr/http';
import type { Principal } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { JobQueue } from '@eventzr/jobs';
import { Credits } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import type { Prisma } from '../generated/prisma/client.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type { RenderJobCreated } from '../studio.events.js';
import { JobViews, jobPath, receiptOf } from './job-views.js';
import { RenderEventsRepository } from './render-events.repository.js';
import type { NewRenderJob, RenderJob } from './render-job.js';
import { RENDER_TASK, renderJobKey } from './render-job.js';
import { JobCursor } from './job-cursor.js';
import type { JobView, ListJobsQuery } from './render-jobs.dto.js';
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

  async create(tx: StudioTx, row: Prisma.RenderJobUncheckedCreateInput): Promise<RenderJob> {
    const job = await this.jobs.insert(tx, row);
    await this.events.append(tx, job, 'queued', { status: 'queued', progress: 0 }, this.clock.now());
    const { tenantId, userId, id, type, provider, creditsReserved } = job;
    const data: RenderJobCreated = { tenantId, userId, jobId: id, type, provider, creditsReserved };
    await this.outbox.append(tx, { type: 'eventzr.studio.render-job.created.v1', aggregateId: id, tenantId, data });
    return job;
  }
}

/** Writes new jobs: hold, row, queue entry, first event, outbox and answer, the last five in one transaction. */
@Injectable()
export class RenderIntake {
  constructor(
    private readonly operations: Operations<StudioTx>,
    private readonly credits: Credits,
    private readonly queue: JobQueue,
    private readonly records: RenderRecords,
    private readonly clock: Clock,
  ) {}

  async submit(request: NewRenderJob) {
    const principal = currentPrincipal();
    const now = this.clock.now();
    const deadline = new Date(now.getTime() + request.budgetMs);
    const operation = await this.credits.open({ operation: request.operation, credits: request.credits, deadline });
    try {
      return await this.operations.finish(async (tx) => {
        await this.credits.markHeld(tx, operation);
        const job = await this.records.create(tx, rowOf(request, operation, principal, now, deadline));
        await this.queue.enqueue(tx, RENDER_TASK, { tenantId: job.tenantId, id: job.id }, { jobKey: renderJobKey(job.id) });
        return reply(receiptOf(job), { status: 202, location: jobPath(job.id) });
      });
    } catch (error) {
      await this.credits.release(operation);
      throw error;
    }
  }
}

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
  submit<Input extends Prisma.InputJsonObject>(job: NewRenderJob<Input>) {
    return this.intake.submit(job);
  }

  async list(query: ListJobsQuery) {
    const before = decodeCursor(query.cursor, JobCursor)?.id;
    const filter = { userId: ownOnly(currentPrincipal()), status: query.status, type: query.type, before };
    return this.db.withTenant(async (tx) => {
      const rows = await this.jobs.list(tx, { ...filter, limit: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
      return paged(await this.views.of(tx, page), { nextCursor, limit: query.limit });
    });
  }

  async get(id: string): Promise<JobView> {
    return this.db.withTenant(async (tx) => {
      const [view] = await this.views.of(tx, [await this.visible(tx, id)]);
      if (view === undefined) throw StudioErrors.RENDER_JOB_NOT_FOUND();
      return view;
    });
  }

  /** A new job with the same input and seed, priced as the old one was, for one that came to nothing. */
  async retry(id: string) {
    const job = await this.db.withTenant((tx) => this.visible(tx, id));
    if (job.status !== 'failed' && job.status !== 'cancelled') throw StudioErrors.RENDER_JOB_NOT_RETRYABLE();
    return this.submit({
      type: job.type,
      operation: `${job.type}s.generate`,
      input: job.input as Prisma.InputJsonObject,
      provider: job.provider,
      requestedProvider: job.requestedProvider ?? undefined,
      seed: Number(job.seed),
      credits: job.creditsReserved,
      estimatedMs: job.estimatedCompletionAt.getTime() - job.createdAt.getTime(),
      budgetMs: job.deadlineAt.getTime() - job.createdAt.getTime(),
      retryOf: job.id,
    });
  }

  /** A job that the caller may see: their own, or any of the tenant for organizers and admins. */
  async visible(tx: StudioTx, id: string): Promise<RenderJob> {
    const job = await this.jobs.find(tx, id);
    const owner = ownOnly(currentPrincipal());
    if (job === null || (owner !== undefined && job.userId !== owner)) throw StudioErrors.RENDER_JOB_NOT_FOUND();
    return job;
  }
}

function rowOf(
  request: NewRenderJob,
  operation: OpenOperation,
  principal: Principal,
  now: Date,
  deadlineAt: Date,
): Prisma.RenderJobUncheckedCreateInput {
  return {
    tenantId: principal.tenantId,
    id: newId(),
    userId: principal.userId,
    type: request.type,
    status: 'queued',
    provider: request.provider,
    requestedProvider: request.requestedProvider ?? null,
    seed: BigInt(request.seed),
    input: request.input,
    operationId: operation.operationId,
    holdId: operation.holdId,
    creditsReserved: operation.credits,
    retryOf: request.retryOf ?? null,
    nextRunAt: now,
    deadlineAt,
    estimatedCompletionAt: new Date(now.getTime() + request.estimatedMs),
    createdAt: now,
  };
}

/** Users see their own jobs; organizers and admins the tenant's. */
function ownOnly({ roles, userId }: Principal): string | undefined {
  return roles.includes('organizer') || roles.includes('admin') ? undefined : userId;
}
