import { Injectable } from '@nestjs/common';
import { holdLease, JobHandler, LeaseLost } from '@eventzr/jobs';
import type { JobPayload } from '@eventzr/jobs';
import { CancelSignals } from './cancel-signals.js';
import type { MadePiece } from './piece-files.js';
import { PieceFiles } from './piece-files.js';
import { PieceRound } from './piece-round.js';
import { RenderClaims } from './render-claims.js';
import { RenderEnding } from './render-ending.js';
import { DEADLINE, SubmitUnknown } from './render-faults.js';
import type { RenderJob } from './render-job.js';
import { RENDER_TASK } from './render-job.js';
import type { PieceMeasure } from './renderer.js';
import { Renderers } from './renderers.js';
import { VendorStop } from './vendor-stop.js';

const HEARTBEAT_MS = 20_000;

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
    private readonly pieces: PieceRound,
    private readonly vendors: VendorStop,
    private readonly files: PieceFiles,
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
      if (job.cancelRequestedAt !== null) return await this.stop(job);
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
    const renderer = this.renderers.of(job.type);
    try {
      const heartbeat = { everyMs: HEARTBEAT_MS, renew, signal };
      const round = await holdLease(heartbeat, (held) => this.pieces.run(job, renderer, held));
      if (round.lookAfterMs !== undefined) return await this.ending.park(job, round.lookAfterMs);
      await this.ending.succeed(job, round, renderer.creditsUsed(job, round.made.map(measureOf)));
    } catch (error) {
      await this.endBadly(job, error, stops);
    }
  }

  private async endBadly(job: RenderJob, error: unknown, { worker, cancel, deadline }: Stops): Promise<void> {
    if (await this.claims.isUnwanted(job)) return this.stop(job);
    if (cancel.aborted) return this.files.clear(job, []);
    if (error instanceof LeaseLost) return;
    // A submit that the stop cut short is over: no other worker could do better.
    if (worker.aborted && !(error instanceof SubmitUnknown)) return this.ending.giveBack(job);
    const reason = deadline.aborted ? DEADLINE : error;
    await this.ending.failOrRetry(job, reason, this.renderers.of(job.type));
  }

  /** The owner wished it cancelled while vendors worked on it: they are asked to stop, under the job's lease. */
  private async stop(job: RenderJob): Promise<void> {
    await this.ending.cancel(job, await this.vendors.all(job));
  }
}

function measureOf({ files, output }: MadePiece): PieceMeasure {
  return { files: files.map(({ file }) => file), ...(output === undefined ? {} : { output }) };
}
