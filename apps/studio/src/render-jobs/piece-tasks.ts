import { Injectable } from '@nestjs/common';
import { derivedId } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { StorageFault } from '@eventzr/storage';
import type { CancelOutcome } from '../providers/media-provider.js';
import { PendingTask } from '../providers/media-provider.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { CallbackUrls } from './callback-urls.js';
import { afterFaultMs, looksAgain, nextLookMs, StillPending } from './polling.js';
import type { RenderJob } from './render-job.js';
import type { RenderedPiece, RenderTask, RenderWorkTools } from './renderer.js';
import type { PieceWork } from './submission-log.js';

const STOP_TIMEOUT_MS = 15_000;
const RECALL_TIMEOUT_MS = 30_000;
/** A task that is finished can be fetched again when its bytes could not be kept. */
const AFTER_STORAGE_FAULT_MS = 30_000;

/** How one run follows its pieces. */
export interface PieceTools {
  readonly signal: AbortSignal;
  readonly progress: (percent: number) => void;
}

/** The calls to a renderer for one piece; knows nothing of rows. */
@Injectable()
export class PieceTasks {
  constructor(
    private readonly callbacks: CallbackUrls,
    private readonly logger: AppLogger,
  ) {}

  /** @throws ProviderFault */
  render(work: PieceWork, tools: PieceTools): Promise<RenderedPiece | PendingTask> {
    return work.renderer.render(taskOf(work), this.toolsOf(work, tools));
  }

  /** Looks at a vendor's task; a look that fails is no failure of the task. @throws ProviderFault */
  async look(work: PieceWork, taskId: string, tools: PieceTools): Promise<RenderedPiece | StillPending> {
    try {
      const answer = await work.renderer.resume(taskId, taskOf(work), this.toolsOf(work, tools));
      return answer instanceof PendingTask ? pendingOf(answer) : answer;
    } catch (error) {
      if (tools.signal.aborted || !looksAgain(error)) throw error;
      this.logger.warn({ err: error, jobId: work.job.id }, 'a vendor’s task could not be looked at');
      return new StillPending(nextLookMs(afterFaultMs(error)));
    }
  }

  /** A storage that fails keeps a finished task waiting: it is fetched again. @throws what is no StorageFault */
  keepLater(error: unknown): StillPending {
    if (!(error instanceof StorageFault)) throw error;
    return new StillPending(AFTER_STORAGE_FAULT_MS);
  }

  /** Asks the vendor by our key for a submit whose answer never came. `never`: it cannot be asked. */
  async recall(work: PieceWork, { signal }: PieceTools): Promise<PendingTask | 'unknown' | 'never'> {
    if (!this.canRecall(work)) return 'never';
    const ends = AbortSignal.any([signal, AbortSignal.timeout(RECALL_TIMEOUT_MS)]);
    try {
      const found = await work.renderer.recall(taskOf(work), { signal: ends, progress: () => undefined });
      return found ?? 'unknown';
    } catch (error) {
      signal.throwIfAborted();
      this.logger.warn({ err: error, jobId: work.job.id }, 'a vendor could not be asked for a lost submit');
      return 'unknown';
    }
  }

  canRecall({ renderer, job }: PieceWork): boolean {
    return renderer.recalls(job.provider);
  }

  /** Never throws: what cannot be stopped is `unknown`. */
  async stop(work: PieceWork, taskId: string): Promise<CancelOutcome> {
    const signal = AbortSignal.timeout(STOP_TIMEOUT_MS);
    try {
      return await work.renderer.stop(taskId, taskOf(work), { signal, progress: () => undefined });
    } catch (error) {
      this.logger.warn({ err: error, jobId: work.job.id, taskId }, 'a vendor’s task could not be stopped');
      return 'unknown';
    }
  }

  private toolsOf({ job, piece }: PieceWork, { signal, progress }: PieceTools): RenderWorkTools {
    const callbackUrl = this.callbacks.of(job, piece);
    return { signal, progress, ...(callbackUrl === undefined ? {} : { callbackUrl }) };
  }
}

export function pendingOf({ pollAfterMs, progress }: PendingTask): StillPending {
  return new StillPending(nextLookMs(pollAfterMs), progress);
}

/** The outcome is open: the request went out, and nothing tells what became of it. */
export function mayHaveBeenBilled(error: unknown): boolean {
  return !(error instanceof ProviderFault) || error.kind === 'unknown_outcome' || error.kind === 'timeout';
}

export function isRefusal(error: unknown): error is ProviderFault {
  return error instanceof ProviderFault && error.kind === 'moderated';
}

function taskOf({ job, piece }: PieceWork): RenderTask<RenderJob['input']> {
  const { tenantId, provider, input } = job;
  const idempotencyKey = derivedId(job.id, `piece:${piece}`);
  return { tenantId, input, provider, seed: Number(job.seed), piece, idempotencyKey };
}
