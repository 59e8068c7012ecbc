import { Injectable } from '@nestjs/common';
import { holdLease, JobHandler, LeaseLost } from '@eventzr/jobs';
import type { JobPayload } from '@eventzr/jobs';
import { CancelSignals } from './cancel-signals.js';
import type { MadePiece } from './piece-files.js';
import { PieceMaker } from './piece-maker.js';
import { RenderClaims } from './render-claims.js';
import { RenderEnding } from './render-ending.js';
import { DEADLINE, SubmitUnknown } from './render-faults.js';
import type { RenderJob } from './render-job.js';
import { RENDER_TASK } from './render-job.js';
import type { PieceMeasure } from './renderer.js';
import { Renderers } from './renderers.js';

const HEARTBEAT_MS = 20_000;
/** What is left of 100 is the end itself. */
const MADE_PERCENT = 95;

/** What may stop a run from outside. */
interface Stops {
  readonly worker: AbortSignal;
  readonly cancel: AbortSignal;
  readonly deadline: AbortSignal;
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

  async run({ tenantId, id }: JobPayload, worker: AbortSignal): Promise<void> {
    const watch = this.cancels.watch(id);
    try {
      const job = await this.claims.claim(tenantId, id);
      if (job === null) return;
      const leftMs = this.claims.msToDeadline(job);
      if (leftMs <= 0) await this.ending.expire(job, this.renderers.of(job.type));
      else await this.work(job, { worker, cancel: watch.signal, deadline: AbortSignal.timeout(leftMs) });
    } finally {
      watch.stop();
    }
  }

  private async work(job: RenderJob, stops: Stops): Promise<void> {
    const signal = AbortSignal.any([stops.worker, stops.cancel, stops.deadline]);
    const renew = () => this.claims.renew(job);
    try {
      const heartbeat = { everyMs: HEARTBEAT_MS, renew, signal };
      const made = await holdLease(heartbeat, (held) => this.makeAll(job, held));
      const used = this.renderers.of(job.type).creditsUsed(job, made.map(measureOf));
      await this.ending.succeed(job, made, used);
    } catch (error) {
      await this.endBadly(job, error, stops);
    }
  }

  private async makeAll(job: RenderJob, signal: AbortSignal): Promise<MadePiece[]> {
    const renderer = this.renderers.of(job.type);
    const count = renderer.pieces(job.input);
    const made: MadePiece[] = [];
    for (let piece = 0; piece < count; piece += 1) {
      signal.throwIfAborted();
      made.push(await this.pieces.make({ job, renderer, piece }, signal));
      await this.claims.progress(job, Math.round(((piece + 1) / count) * MADE_PERCENT));
    }
    return made;
  }

  private async endBadly(job: RenderJob, error: unknown, { worker, cancel, deadline }: Stops): Promise<void> {
    if (cancel.aborted) return this.pieces.discard(job);
    if (error instanceof LeaseLost) return;
    // A submit that the stop cut short is over: no other worker could do better.
    if (worker.aborted && !(error instanceof SubmitUnknown)) return this.ending.giveBack(job);
    const reason = deadline.aborted ? DEADLINE : error;
    await this.ending.failOrRetry(job, reason, this.renderers.of(job.type));
  }
}

function measureOf({ files, output }: MadePiece): PieceMeasure {
  return { files: files.map(({ file }) => file), ...(output === undefined ? {} : { output }) };
}
