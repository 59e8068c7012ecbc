import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import type { ErrorFactory } from '@eventzr/http';
import { AppLogger } from '@eventzr/http';
import { JobQueue, LeaseLost } from '@eventzr/jobs';
import { Credits } from '@eventzr/wallet-client';
import { AssetsService } from '../assets/assets.service.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type { RenderJobFailed } from '../studio.events.js';
import type { MadePiece } from './piece-maker.js';
import { SubmitUnknown } from './piece-maker.js';
import type { RenderJob } from './render-job.js';
import { fenceOf, RENDER_TASK, renderJobKey } from './render-job.js';
import { RenderEventsRepository } from './render-events.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import type { Renderer } from './renderer.js';
import { nextDelayMs } from './retry-policy.js';

/** The money and the messages of an end. */
@Injectable()
export class RenderOutcome {
  constructor(
    private readonly credits: Credits,
    private readonly outbox: Outbox,
    private readonly queue: JobQueue,
  ) {}

  async charge(tx: StudioTx, job: RenderJob, outputUrl: string, finishedAt: Date): Promise<void> {
    await this.credits.settle(tx, job, { capture: job.creditsReserved });
    const { tenantId, userId, id, type, provider, creditsReserved } = job;
    const durationMs = finishedAt.getTime() - (job.startedAt ?? finishedAt).getTime();
    const data = { tenantId, userId, jobId: id, type, provider, outputUrl, durationMs, creditsUsed: creditsReserved };
    await this.outbox.append(tx, { type: 'eventzr.studio.render-job.completed.v1', aggregateId: id, tenantId, data });
  }

  async release(tx: StudioTx, job: RenderJob, errorCode: string | undefined): Promise<void> {
    await this.credits.settle(tx, job, { release: true });
    if (errorCode === undefined) return;
    const { tenantId, userId, id, type, provider, attempts } = job;
    const data: RenderJobFailed = { tenantId, userId, jobId: id, type, provider, errorCode, attempts };
    await this.outbox.append(tx, { type: 'eventzr.studio.render-job.failed.v1', aggregateId: id, tenantId, data });
  }

  async requeue(tx: StudioTx, { tenantId, id }: RenderJob, runAt: Date): Promise<void> {
    await this.queue.enqueue(tx, RENDER_TASK, { tenantId, id }, { jobKey: renderJobKey(id), runAt });
  }
}

/** What belongs to an end besides the row's state. */
@Injectable()
export class RenderClosing {
  constructor(
    private readonly jobs: RenderJobsRepository,
    private readonly events: RenderEventsRepository,
    private readonly assets: AssetsService,
    private readonly outcome: RenderOutcome,
    private readonly clock: Clock,
  ) {}

  async completed(tx: StudioTx, job: RenderJob, made: readonly MadePiece[], finishedAt: Date): Promise<void> {
    await this.assets.add(tx, job, made);
    const assetIds = made.map(({ assetId }) => assetId);
    await this.events.append(tx, job, 'succeeded', { status: 'succeeded', progress: 100, assetIds }, finishedAt);
    await this.outcome.charge(tx, job, this.assets.addressOf(assetIds[0] ?? job.id), finishedAt);
  }

  /** False: the job had ended before, nothing was written. */
  async failed(tx: StudioTx, job: RenderJob, error: ErrorFactory): Promise<boolean> {
    const { code, message } = error.entry;
    const finishedAt = this.clock.now();
    if (!(await this.jobs.end(tx, job.id, 'failed', { finishedAt, errorCode: code, errorMessage: message }))) return false;
    await this.events.append(tx, job, 'failed', { status: 'failed', error: { code, message } }, finishedAt);
    await this.outcome.release(tx, job, code);
    return true;
  }

  /** False: the job had ended before, nothing was written. */
  async cancelled(tx: StudioTx, job: RenderJob): Promise<boolean> {
    const finishedAt = this.clock.now();
    if (!(await this.jobs.end(tx, job.id, 'cancelled', { finishedAt }))) return false;
    await this.events.append(tx, job, 'cancelled', { status: 'cancelled' }, finishedAt);
    await this.outcome.release(tx, job, undefined);
    return true;
  }

  async requeued(tx: StudioTx, job: RenderJob, nextRunAt: Date): Promise<void> {
    const data = { status: 'queued', attempt: job.attempts, nextRunAt: nextRunAt.toISOString() };
    await this.events.append(tx, job, 'retrying', data, this.clock.now());
    await this.outcome.requeue(tx, job, nextRunAt);
  }
}

/** The ends of a render job. Each is one transaction: state, money, events; or none of them. */
@Injectable()
export class RenderEnding {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly closing: RenderClosing,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** Assets, success and charge together. @throws LeaseLost when another worker or a cancel was first */
  async succeed(job: RenderJob, made: readonly MadePiece[]): Promise<void> {
    const finishedAt = this.clock.now();
    await this.db.withTenant(async (tx) => {
      const change = {
        status: 'succeeded',
        progress: 100,
        fence: null,
        leaseUntil: null,
        finishedAt,
        creditsCharged: job.creditsReserved,
        model: made[0]?.file.model ?? null,
      };
      if (!(await this.jobs.changeHeld(tx, job.id, fenceOf(job), change))) throw new LeaseLost();
      await this.closing.completed(tx, job, made, finishedAt);
    }, job.tenantId);
  }

  /** Tries again later while that can help, else ends the job and gives the credits back. */
  async failOrRetry(job: RenderJob, reason: unknown, renderer: Renderer): Promise<void> {
    const delayMs = reason === 'deadline' ? undefined : nextDelayMs(reason, job.attempts);
    const now = this.clock.now();
    const nextRunAt = new Date(now.getTime() + (delayMs ?? 0));
    if (delayMs !== undefined && nextRunAt < job.deadlineAt) return this.again(job, nextRunAt);
    const error = errorFor(reason, renderer);
    this.logger.warn({ jobId: job.id, code: error.entry.code, err: reason }, 'a render job failed');
    await this.fail(job, error);
  }

  /** Ends a job that nobody works on any more. False: it had ended before. */
  async expire(job: RenderJob, renderer: Renderer): Promise<boolean> {
    return this.db.withTenant((tx) => this.closing.failed(tx, job, renderer.timeoutError), job.tenantId);
  }

  private async fail(job: RenderJob, error: ErrorFactory): Promise<void> {
    await this.db.withTenant(async (tx) => {
      // Locks the row, so that nobody can take the job over between this look and its end.
      const held = await this.jobs.changeHeld(tx, job.id, fenceOf(job), { leaseUntil: job.leaseUntil });
      if (held) await this.closing.failed(tx, job, error);
    }, job.tenantId);
  }

  private async again(job: RenderJob, nextRunAt: Date): Promise<void> {
    await this.db.withTenant(async (tx) => {
      const change = { status: 'queued', fence: null, leaseUntil: null, nextRunAt };
      if (await this.jobs.changeHeld(tx, job.id, fenceOf(job), change)) await this.closing.requeued(tx, job, nextRunAt);
    }, job.tenantId);
  }
}

/** The catalogue entry that tells the owner why; the details stay in the log. */
function errorFor(reason: unknown, renderer: Renderer): ErrorFactory {
  if (reason === 'deadline') return renderer.timeoutError;
  if (reason instanceof SubmitUnknown) return StudioErrors.SUBMIT_UNKNOWN;
  if (reason instanceof ProviderFault && reason.kind === 'moderated') return renderer.refusalError;
  if (reason instanceof ProviderFault && reason.kind === 'timeout') return renderer.timeoutError;
  return renderer.providerError;
}
