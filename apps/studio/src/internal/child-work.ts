import { Injectable } from '@nestjs/common';
import { currentContext, HttpErrors } from '@eventzr/http';
import type { ParentOperation } from '@eventzr/wallet-client';
import { ParentHolds, parentOperation } from '@eventzr/wallet-client';
import { FinishedPieces } from '../provenance/finished-pieces.js';
import { PendingTask } from '../providers/media-provider.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { DEADLINE, errorFor } from '../render-jobs/render-faults.js';
import type { RenderedPiece, Renderer, RenderTask } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';

export const MICROS_PER_USD = 1_000_000;
const SHORTEST_POLL_MS = 250;
const FINISH_TIMEOUT_MS = 30_000;

/** Work inside another service's operation: that one holds the credits, this one only tells what it cost. */
@Injectable()
export class ChildWork {
  constructor(
    private readonly holds: ParentHolds,
    private readonly finishing: FinishedPieces,
  ) {}

  /**
   * @param maxCostMicroUsd what the call could cost at most
   * @throws BUDGET_EXCEEDED 402 above the parent's ceiling; PARENT_NOT_OPEN 409 when its hold is not open, not this
   * user's, or not the calling service's
   */
  async open(maxCostMicroUsd: number): Promise<ParentOperation> {
    const parent = parentOperation();
    if (maxCostMicroUsd > parent.maxMicroUsd)
      throw HttpErrors.BUDGET_EXCEEDED({
        estimateUsd: maxCostMicroUsd / MICROS_PER_USD,
        ceilingUsd: parent.maxMicroUsd / MICROS_PER_USD,
      });
    if (!(await this.holds.isOpenForCaller(parent.holdId))) throw StudioErrors.PARENT_NOT_OPEN();
    return parent;
  }

  /**
   * The piece at once, following a vendor's task to its end; whoever asked and leaves ends it.
   * @throws the renderer's errors: 502 the provider failed, 504 not within `timeoutMs`, 422 it refused
   */
  async piece<Input>(
    renderer: Renderer<Input>,
    task: RenderTask<Input>,
    timeoutMs: number,
  ): Promise<RenderedPiece> {
    const [limit, caller] = [AbortSignal.timeout(timeoutMs), currentContext()?.signal];
    const signal = caller === undefined ? limit : AbortSignal.any([limit, caller]);
    const tools = { signal, progress: () => undefined };
    try {
      let made = await renderer.render(task, tools);
      while (made instanceof PendingTask) {
        await pause(Math.max(SHORTEST_POLL_MS, made.pollAfterMs), signal);
        made = await renderer.resume(made.taskId, task, tools);
      }
      return made;
    } catch (cause) {
      const reason = signal.aborted ? DEADLINE : cause;
      if (reason instanceof ProviderFault && reason.kind === 'auth')
        throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: reason.provider }, { cause });
      throw errorFor(reason, renderer)(null, { cause });
    }
  }

  /** A piece that is to be kept, marked as a job's would be. */
  finished(jobId: string, piece: RenderedPiece): Promise<RenderedPiece> {
    return this.finishing.finish({ id: jobId }, piece, AbortSignal.timeout(FINISH_TIMEOUT_MS));
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abandon = () => {
      clearTimeout(timer);
      reject(new Error('the deadline passed'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abandon);
      resolve();
    }, ms);
    signal.addEventListener('abort', abandon, { once: true });
  });
}
