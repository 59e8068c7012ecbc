import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { holdLease, JobHandler, LeaseLost, newLease } from '@eventzr/jobs';
import type { JobPayload } from '@eventzr/jobs';
import { StudioDb } from '../studio.db.js';
import { CancelSignals } from './cancel-signals.js';
import { PieceMaker } from './piece-maker.js';
import type { MadePiece } from './piece-maker.js';
import type { RenderJob } from './render-job.js';
import { fenceOf, RENDER_TASK } from './render-job.js';
import { RenderEnding } from './render-ending.js';
import { RenderEventsRepository } from './render-events.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { Renderers } from './renderers.module.js';

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 20_000;

/** The lease on a job and what may be written under it. */
@Injectable()
export class RenderClaims {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly events: RenderEventsRepository,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  async claim(tenantId: string, id: string): Promise<RenderJob | null> {
    return this.db.withTenant(async (tx) => {
      const now = this.clock.now();
      const lease = newLease(this.clock, LEASE_MS);
      const job = await this.jobs.claim(tx, id, { fence: lease.fence, now, leaseUntil: lease.until });
      if (job !== null) await this.events.append(tx, job, 'started', { status: 'running', attempt: job.attempts }, now);
      return job;
    }, tenantId);
  }

  msToDeadline(job: RenderJob): number {
    return job.deadlineAt.getTime() - this.clock.now().getTime();
  }

  async renew(job: RenderJob): Promise<boolean> {
    return this.change(job, { leaseUntil: newLease(this.clock, LEASE_MS).until });
  }

  async progress(job: RenderJob, progress: number): Promise<void> {
    const held = await this.db.withTenant(async (tx) => {
      if (!(await this.jobs.changeHeld(tx, job.id, fenceOf(job), { progress }))) return false;
      await this.events.append(tx, job, 'progress', { status: 'running', progress }, this.clock.now());
      return true;
    }, job.tenantId);
    if (!held) throw new LeaseLost();
  }

  /** The worker stops: the job goes back to the queue as it was, for the next worker. */
  async giveBack(job: RenderJob): Promise<void> {
    const given = await this.change(job, { status: 'queued', fence: null, leaseUntil: null, nextRunAt: this.clock.now() });
    if (!given) this.logger.warn({ jobId: job.id }, 'a render job was taken over while its worker stopped');
  }

  private change(job: RenderJob, change: Parameters<RenderJobsRepository['changeHeld']>[3]): Promise<boolean> {
    return this.db.withTenant((tx) => this.jobs.changeHeld(tx, job.id, fenceOf(job), change), job.tenantId);
  }
}

/** Works on one render job: lease, pieces, end. Whatever goes wrong, the job's row says so and the hold is resolved. */
@Injectable()
export class RenderWork extends JobHandler {
  readonly task = RENDER_TASK;

  constructor(
    private readonly claims: RenderClaims,
    private readonly renderers: Renderers,
    private readonly pieces: PieceMaker,
    private readonly ending: RenderEnding,
    private readonly cancels: CancelSignals,
  ) {
    super();
  }

  async run({ tenantId, id }: JobPayload, stop: AbortSignal): Promise<void> {
    const job = await this.claims.claim(tenantId, id);
    if (job === null) return;
    const deadline = AbortSignal.timeout(Math.max(0, this.claims.msToDeadline(job)));
    const signal = AbortSignal.any([stop, deadline, this.cancels.of(id)]);
    try {
      const renew = () => this.claims.renew(job);
      const made = await holdLease({ everyMs: HEARTBEAT_MS, renew, signal }, (held) => this.makeAll(job, held));
      await this.ending.succeed(job, made);
    } catch (error) {
      if (error instanceof LeaseLost || this.cancels.of(id).aborted) return;
      if (stop.aborted) return await this.claims.giveBack(job);
      await this.ending.failOrRetry(job, deadline.aborted ? 'deadline' : error, this.renderers.of(job.type));
    } finally {
      this.cancels.forget(id);
    }
  }

  private async makeAll(job: RenderJob, signal: AbortSignal): Promise<MadePiece[]> {
    const renderer = this.renderers.of(job.type);
    const count = renderer.pieces(job.input);
    const made: MadePiece[] = [];
    for (let piece = 0; piece < count; piece += 1) {
      signal.throwIfAborted();
      made.push(await this.pieces.make(job, renderer, piece, signal));
      await this.claims.progress(job, Math.round(((piece + 1) / count) * 95));
    }
    return made;
  }
}

