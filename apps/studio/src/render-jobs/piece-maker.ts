import { Injectable } from '@nestjs/common';
import { LeaseLost } from '@eventzr/jobs';
import { FinishedPieces } from '../provenance/finished-pieces.js';
import { PendingTask } from '../providers/media-provider.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { MadePiece } from './piece-files.js';
import { PieceFiles } from './piece-files.js';
import type { PieceTools } from './piece-tasks.js';
import { isRefusal, mayHaveBeenBilled, pendingOf, PieceTasks } from './piece-tasks.js';
import { RECONCILE_EVERY_MS, RECONCILE_WINDOW_MS, nextLookMs, StillPending } from './polling.js';
import { SubmitUnknown } from './render-faults.js';
import type { RenderJob } from './render-job.js';
import type { RenderedPiece } from './renderer.js';
import type { PieceWork } from './submission-log.js';
import { SubmissionLog } from './submission-log.js';
import type { Submission } from './submissions.repository.js';
import { isPending } from './submissions.repository.js';

const FINISHED_WITHIN_MS = 5 * 60_000;

/** What a look at a piece came to. */
export type PieceState = MadePiece | StillPending;

/**
 * Makes one piece exactly once: the intent is written first, the vendor's task as soon as it has a name, bytes and
 * manifest before anything else is told. A later run adopts what an earlier one left.
 */
@Injectable()
export class PieceMaker {
  constructor(
    private readonly log: SubmissionLog,
    private readonly tasks: PieceTasks,
    private readonly files: PieceFiles,
    private readonly finishing: FinishedPieces,
  ) {}

  /** @throws ProviderFault, SubmitUnknown, StorageFault, LeaseLost */
  async make(work: PieceWork, tools: PieceTools): Promise<PieceState> {
    return (await this.adopt(work, tools)) ?? (await this.submit(work, tools));
  }

  private async adopt(work: PieceWork, tools: PieceTools): Promise<PieceState | undefined> {
    const { job, renderer, piece } = work;
    const earlier = await this.log.latest(work);
    if (earlier === null || earlier.state === 'failed' || earlier.state === 'stopped') return undefined;
    if (earlier.state === 'refused') throw refusedBefore(job, piece);
    if (earlier.state === 'stored') return earlier.manifest as unknown as MadePiece; // written by this class alone
    const stored = await this.files.find(job, piece, earlier.attempt);
    if (stored !== undefined) return this.note(work, earlier.attempt, stored);
    if (isPending(earlier)) return this.follow(work, earlier.attempt, earlier.taskId, tools);
    if (renderer.safeToResubmit(job.provider)) return undefined;
    return this.reconcile(work, earlier, tools);
  }

  private async submit(work: PieceWork, tools: PieceTools): Promise<PieceState> {
    await this.log.intend(work);
    const answer = await this.ask(work, tools);
    if (answer instanceof StillPending) return answer;
    if (answer instanceof PendingTask) return this.park(work, work.job.attempts, answer);
    const stored = await this.keep(work, answer, tools.signal);
    return this.note(work, work.job.attempts, stored);
  }

  private async ask(work: PieceWork, tools: PieceTools): Promise<RenderedPiece | PendingTask | StillPending> {
    const { job, renderer, piece } = work;
    try {
      return await this.tasks.render(work, tools);
    } catch (error) {
      const unknown = !renderer.safeToResubmit(job.provider) && mayHaveBeenBilled(error);
      if (unknown && !tools.signal.aborted && this.tasks.canRecall(work)) return laterAgain();
      await this.log.close(work, job.attempts, unknown ? 'submit_unknown' : outcomeOf(error));
      throw unknown ? new SubmitUnknown(job.id, piece, { cause: error }) : error;
    }
  }

  /** A task that nobody may wait for, because the job was taken over or cancelled meanwhile, is stopped. */
  private async park(work: PieceWork, attempt: number, task: PendingTask): Promise<StillPending> {
    try {
      await this.log.pend(work, attempt, task.taskId);
    } catch (error) {
      if (error instanceof LeaseLost) await this.tasks.stop(work, task.taskId);
      throw error;
    }
    return pendingOf(task);
  }

  private async follow(
    work: PieceWork,
    attempt: number,
    taskId: string,
    tools: PieceTools,
  ): Promise<PieceState> {
    const answer = await this.closing(work, attempt, tools, isFault, () =>
      this.tasks.look(work, taskId, tools),
    );
    if (answer instanceof StillPending) return answer;
    // Under the number of the submission, where a later look would search for it.
    const job = { ...work.job, attempts: attempt };
    // Of what comes now only a refusal is the end of the task: what we could not finish is fetched again, never made again.
    return this.closing(work, attempt, tools, isRefusal, async () => {
      const finished = await this.finishing.finish(job, answer, tools.signal);
      const stored = await this.files.keep(job, work.piece, finished).catch((error: unknown) => {
        return this.tasks.keepLater(error);
      });
      return stored instanceof StillPending ? stored : this.note(work, attempt, stored);
    });
  }

  /** Writes down that the task came to nothing when `step` fails of what `ends` it. */
  private async closing<R>(
    work: PieceWork,
    attempt: number,
    { signal }: PieceTools,
    ends: (error: unknown) => boolean,
    step: () => Promise<R>,
  ): Promise<R> {
    try {
      return await step();
    } catch (error) {
      if (ends(error) && !signal.aborted) await this.log.close(work, attempt, outcomeOf(error));
      throw error;
    }
  }

  /** Asks the vendor for a while what became of a submit; it is never sent again. @throws SubmitUnknown */
  private async reconcile(work: PieceWork, earlier: Submission, tools: PieceTools): Promise<PieceState> {
    const found = earlier.state === 'submitting' ? await this.tasks.recall(work, tools) : 'never';
    if (found instanceof PendingTask) return this.park(work, earlier.attempt, found);
    if (found === 'unknown' && this.log.ageMs(earlier) < RECONCILE_WINDOW_MS) return laterAgain();
    await this.log.close(work, earlier.attempt, 'submit_unknown');
    throw new SubmitUnknown(work.job.id, work.piece);
  }

  /**
   * Bytes that were billed and cannot be kept are as good as never come. They are finished also when the worker is told
   * to stop: the next one finds them.
   */
  private async keep(work: PieceWork, rendered: RenderedPiece, signal: AbortSignal): Promise<MadePiece> {
    const { job, renderer, piece } = work;
    const isBilled = !renderer.safeToResubmit(job.provider);
    const ends = isBilled ? AbortSignal.timeout(FINISHED_WITHIN_MS) : signal;
    try {
      return await this.files.keep(job, piece, await this.finishing.finish(job, rendered, ends));
    } catch (error) {
      const lost = isBilled && !isRefusal(error);
      await this.log.close(work, job.attempts, lost ? 'submit_unknown' : outcomeOf(error));
      throw lost ? new SubmitUnknown(job.id, piece, { cause: error }) : error;
    }
  }

  private async note(work: PieceWork, attempt: number, made: MadePiece): Promise<MadePiece> {
    if (!(await this.log.close(work, attempt, 'stored', made))) throw new LeaseLost();
    return made;
  }
}

function isFault(error: unknown): boolean {
  return error instanceof ProviderFault;
}

function outcomeOf(error: unknown): 'refused' | 'failed' {
  return isRefusal(error) ? 'refused' : 'failed';
}

function laterAgain(): StillPending {
  return new StillPending(nextLookMs(RECONCILE_EVERY_MS));
}

function refusedBefore({ provider }: RenderJob, piece: number): ProviderFault {
  return new ProviderFault({ provider, kind: 'moderated', message: `piece ${piece} was refused before` });
}
