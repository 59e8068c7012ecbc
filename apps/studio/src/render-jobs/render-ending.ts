import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { ErrorFactory } from '@eventzr/http';
import { AppLogger } from '@eventzr/http';
import { LeaseLost } from '@eventzr/jobs';
import { StudioDb } from '../studio.db.js';
import type { CancelOutcome } from '../providers/media-provider.js';
import { creditsForCancelled } from './cancel-policy.js';
import type { Round } from './piece-round.js';
import { RenderClosing } from './render-closing.js';
import { DEADLINE, errorFor } from './render-faults.js';
import type { JobInput, RenderJob } from './render-job.js';
import { fenceOf } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderOutcome } from './render-outcome.js';
import { RenderStandIn } from './render-stand-in.js';
import type { Renderer } from './renderer.js';
import { nextDelayMs } from './retry-policy.js';

/** The ends of a render job. Each is one transaction: state, money, events; or none of them. */
@Injectable()
export class RenderEnding {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly closing: RenderClosing,
    private readonly outcome: RenderOutcome,
    private readonly standIn: RenderStandIn,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** Assets, success and charge together. @throws LeaseLost when another worker or a cancel was first */
  async succeed(job: RenderJob, { made, refused }: Round, creditsCharged: number): Promise<void> {
    const finishedAt = this.clock.now();
    const output =
      refused > 0
        ? { delivered: made.length, refused }
        : made.find((piece) => piece.output !== undefined)?.output;
    const change = {
      status: 'succeeded',
      progress: 100,
      fence: null,
      leaseUntil: null,
      finishedAt,
      creditsCharged,
      model: made[0]?.files[0]?.file.model ?? null,
      ...(output === undefined ? {} : { output: output as JobInput }),
    };
    await this.db.withTenant(async (tx) => {
      if (!(await this.jobs.changeWanted(tx, job.id, fenceOf(job), change))) throw new LeaseLost();
      await this.closing.completed(tx, job, made, { creditsCharged, finishedAt });
    }, job.tenantId);
  }

  /** Tries again later while that can help, else ends the job and gives the credits back. */
  async failOrRetry(job: RenderJob, reason: unknown, renderer: Renderer): Promise<void> {
    const delayMs = reason === DEADLINE ? undefined : nextDelayMs(reason, job.attempts);
    const nextRunAt = new Date(this.clock.now().getTime() + (delayMs ?? 0));
    if (delayMs !== undefined && nextRunAt < job.deadlineAt) return this.again(job, nextRunAt);
    if (await this.standIn.takesOver(job, reason, renderer)) return;
    const error = errorFor(reason, renderer);
    this.logger.warn({ jobId: job.id, code: error.entry.code, err: reason }, 'a render job failed');
    await this.fail(job, error);
  }

  /** The worker stops: the job goes back to the queue as it was, for the next worker. */
  async giveBack(job: RenderJob): Promise<void> {
    await this.again(job, this.clock.now());
  }

  /** Nobody works on it until its next look: the vendor does. @throws LeaseLost when a cancel was first */
  async park(job: RenderJob, lookAfterMs: number): Promise<void> {
    const wishedMs = this.clock.now().getTime() + lookAfterMs;
    const nextRunAt = new Date(Math.min(wishedMs, job.deadlineAt.getTime()));
    const change = { fence: null, leaseUntil: null, nextRunAt };
    await this.db.withTenant(async (tx) => {
      if (!(await this.jobs.changeWanted(tx, job.id, fenceOf(job), change))) throw new LeaseLost();
      await this.outcome.requeue(tx, job, nextRunAt);
    }, job.tenantId);
  }

  /** Ends a job at its owner's wish, once its vendors were asked to stop. */
  async cancel(job: RenderJob, outcomes: readonly CancelOutcome[]): Promise<void> {
    const credits = creditsForCancelled(job.creditsReserved, outcomes);
    await this.db.withTenant(async (tx) => {
      if (await this.jobs.lockHeld(tx, job.id, fenceOf(job))) await this.closing.cancelled(tx, job, credits);
    }, job.tenantId);
  }

  isLate(job: RenderJob): boolean {
    return job.deadlineAt <= this.clock.now();
  }

  /** Ends a job whose time is over, whoever works on it. False: it had ended before. */
  async expire(job: RenderJob, renderer: Renderer): Promise<boolean> {
    return this.db.withTenant((tx) => {
      if (job.cancelRequestedAt !== null) return this.closing.cancelled(tx, job, 0);
      return this.closing.failed(tx, job, renderer.timeoutError);
    }, job.tenantId);
  }

  private async fail(job: RenderJob, error: ErrorFactory): Promise<void> {
    await this.db.withTenant(async (tx) => {
      if (await this.jobs.lockHeld(tx, job.id, fenceOf(job))) await this.closing.failed(tx, job, error);
    }, job.tenantId);
  }

  private async again(job: RenderJob, nextRunAt: Date): Promise<void> {
    const change = { status: 'queued', fence: null, leaseUntil: null, nextRunAt };
    await this.db.withTenant(async (tx) => {
      if (await this.jobs.changeHeld(tx, job.id, fenceOf(job), change))
        await this.closing.requeued(tx, job, nextRunAt);
    }, job.tenantId);
  }
}
