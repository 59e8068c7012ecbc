import { Injectable } from '@nestjs/common';
import { Clock, derivedId } from '@eventzr/config';
import { LeaseLost } from '@eventzr/jobs';
import { FinishedPieces } from '../provenance/finished-pieces.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import type { MadePiece } from './piece-files.js';
import { PieceFiles } from './piece-files.js';
import { SubmitUnknown } from './render-faults.js';
import type { RenderJob } from './render-job.js';
import { fenceOf } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import type { RenderedPiece, Renderer } from './renderer.js';
import { PendingTask } from '../providers/media-provider.js';
import type { SubmissionState } from './submissions.repository.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** What is made: one piece of a job, by the renderer of its type. */
export interface PieceWork {
  readonly job: RenderJob;
  readonly renderer: Renderer;
  readonly piece: number;
}

/**
 * Makes one piece exactly once: the intent is written first, bytes and manifest before anything else is told.
 * A later attempt adopts what an earlier one stored.
 */
@Injectable()
export class PieceMaker {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly files: PieceFiles,
    private readonly finishing: FinishedPieces,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderFault, SubmitUnknown, StorageFault, LeaseLost */
  async make(work: PieceWork, signal: AbortSignal): Promise<MadePiece> {
    return (await this.adopt(work)) ?? (await this.submit(work, signal));
  }

  /** Forgets the files of a job that came to nothing while it was worked on. */
  async discard(job: RenderJob): Promise<void> {
    await this.files.clear(job, []);
  }

  private async adopt(work: PieceWork): Promise<MadePiece | undefined> {
    const { job, renderer, piece } = work;
    const earlier = await this.inTenant(job, (tx) => this.submissions.latest(tx, job.id, piece));
    if (earlier === null || earlier.state === 'failed') return undefined;
    if (earlier.state === 'stored') return earlier.manifest as unknown as MadePiece; // written by this class alone
    const stored = await this.files.find(job, piece, earlier.attempt);
    if (stored !== undefined) return this.note(work, earlier.attempt, stored);
    if (renderer.safeToResubmit(job.provider)) return undefined;
    await this.close(work, earlier.attempt, 'submit_unknown');
    throw new SubmitUnknown(job.id, piece);
  }

  private async submit(work: PieceWork, signal: AbortSignal): Promise<MadePiece> {
    await this.intend(work);
    const rendered = await this.ask(work, signal);
    const stored = await this.keep(work, rendered);
    return this.note(work, work.job.attempts, stored);
  }

  private async intend({ job, piece }: PieceWork): Promise<void> {
    const { tenantId, id: jobId, attempts: attempt, provider } = job;
    await this.inTenant(job, async (tx) => {
      // Who lost the lease while it slept must not ask, and be billed, a second time.
      if (!(await this.jobs.lockHeld(tx, jobId, fenceOf(job)))) throw new LeaseLost();
      const createdAt = this.clock.now();
      await this.submissions.open(tx, { tenantId, jobId, variant: piece, attempt, provider, createdAt });
    });
  }

  private async ask(work: PieceWork, signal: AbortSignal): Promise<RenderedPiece> {
    const { job, renderer, piece } = work;
    const { tenantId, provider, input } = job;
    const idempotencyKey = derivedId(job.id, `piece:${piece}`);
    try {
      const task = { tenantId, input, provider, seed: Number(job.seed), piece, idempotencyKey };
      const rendered = await renderer.render(task, { signal, progress: () => undefined });
      if (rendered instanceof PendingTask) throw new Error('pending tasks are not followed yet');
      return await this.finishing.finish(job, rendered, signal);
    } catch (error) {
      const unknown = !renderer.safeToResubmit(provider) && mayHaveBeenBilled(error);
      await this.close(work, job.attempts, unknown ? 'submit_unknown' : 'failed');
      throw unknown ? new SubmitUnknown(job.id, piece, { cause: error }) : error;
    }
  }

  /** Bytes that were billed and cannot be kept are as good as never come. */
  private async keep(work: PieceWork, rendered: RenderedPiece): Promise<MadePiece> {
    const { job, renderer, piece } = work;
    try {
      return await this.files.keep(job, piece, rendered);
    } catch (error) {
      const billed = !renderer.safeToResubmit(job.provider);
      await this.close(work, job.attempts, billed ? 'submit_unknown' : 'failed');
      throw billed ? new SubmitUnknown(job.id, piece, { cause: error }) : error;
    }
  }

  private async note(work: PieceWork, attempt: number, made: MadePiece): Promise<MadePiece> {
    if (!(await this.close(work, attempt, 'stored', made))) throw new LeaseLost();
    return made;
  }

  private close(
    { job, piece }: PieceWork,
    attempt: number,
    state: SubmissionState,
    made?: MadePiece,
  ): Promise<boolean> {
    const key = { jobId: job.id, variant: piece, attempt };
    return this.inTenant(job, (tx) => this.submissions.close(tx, key, state, this.clock.now(), made));
  }

  private inTenant<R>({ tenantId }: RenderJob, work: (tx: StudioTx) => Promise<R>): Promise<R> {
    return this.db.withTenant(work, tenantId);
  }
}

function mayHaveBeenBilled(error: unknown): boolean {
  return !(error instanceof ProviderFault) || error.kind === 'unknown_outcome' || error.kind === 'timeout';
}
