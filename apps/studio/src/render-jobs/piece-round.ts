import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { MadePiece } from './piece-files.js';
import type { PieceState } from './piece-maker.js';
import { PieceMaker } from './piece-maker.js';
import { isRefusal } from './piece-tasks.js';
import { StillPending } from './polling.js';
import { ProgressMeter } from './progress-meter.js';
import { SubmitUnknown } from './render-faults.js';
import { RenderClaims } from './render-claims.js';
import type { RenderJob } from './render-job.js';
import type { Renderer } from './renderer.js';

/** Two pieces of one job at once: enough for a vendor's round trip, few enough to be fair to other jobs. */
const PARALLEL = 2;

/** What one round over a job's pieces came to. */
export interface Round {
  readonly made: readonly MadePiece[];
  readonly refused: number;
  /** When the vendor wants to be asked again, in milliseconds; absent: all pieces are decided. */
  readonly lookAfterMs?: number;
}

interface Progress {
  readonly job: RenderJob;
  readonly meter: ProgressMeter;
}

/** Goes over all pieces of a job once: makes them, or looks at those that a vendor is making. */
@Injectable()
export class PieceRound {
  constructor(
    private readonly pieces: PieceMaker,
    private readonly claims: RenderClaims,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** @throws ProviderFault, SubmitUnknown, StorageFault, LeaseLost: one of the faults, once no piece is worked on */
  async run(job: RenderJob, renderer: Renderer, signal: AbortSignal): Promise<Round> {
    const count = renderer.pieces(job.input);
    const states = new Array<PieceState | Error>(count);
    const progress = { job, meter: new ProgressMeter(count, job.progress, this.clock) };
    const turns = Array.from({ length: count }, (_, piece) => piece).values();
    await inParallel(turns, async (piece) => {
      signal.throwIfAborted();
      states[piece] = await this.one({ job, renderer, piece }, progress, signal);
    });
    return summary(states, renderer);
  }

  private async one(
    work: { job: RenderJob; renderer: Renderer; piece: number },
    progress: Progress,
    signal: AbortSignal,
  ): Promise<PieceState | Error> {
    const { piece, renderer } = work;
    const tools = { signal, progress: (percent: number) => this.tick(progress, piece, percent) };
    try {
      const state = await this.pieces.make(work, tools);
      await this.tell(progress, progress.meter.piece(piece, state));
      return state;
    } catch (error) {
      if (renderer.deliversPart && isRefusal(error)) return error;
      throw error;
    }
  }

  /** Whoever works must not wait for it, nor fail of it: the lease is checked when something is written that counts. */
  private tick(progress: Progress, piece: number, percent: number): void {
    this.tell(progress, progress.meter.tick(piece, percent)).catch((error: unknown) => {
      this.logger.warn({ err: error, jobId: progress.job.id }, 'progress could not be told');
    });
  }

  private async tell({ job }: Progress, percent: number | undefined): Promise<void> {
    if (percent !== undefined) await this.claims.progress(job, percent);
  }
}

/** After the first fault no further piece begins; those under way end as they will, since they may be billed. */
async function inParallel(pieces: Iterable<number>, make: (piece: number) => Promise<void>): Promise<void> {
  const faults: Error[] = [];
  const worker = async () => {
    for (const piece of pieces) {
      if (faults.length > 0) return;
      await make(piece).catch((error: unknown) => faults.push(asError(error)));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const worst = faults.find((fault) => fault instanceof SubmitUnknown) ?? faults[0];
  if (worst !== undefined) throw worst;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A piece failed', { cause: error });
}

function summary(states: readonly (PieceState | Error)[], renderer: Renderer): Round {
  const pending = states.filter((state) => state instanceof StillPending);
  const refusals = states.filter((state) => state instanceof Error);
  const made = states.filter(
    (state): state is MadePiece => !(state instanceof StillPending) && !(state instanceof Error),
  );
  const [refusal] = refusals;
  if (refusal !== undefined && (refusals.length === states.length || !renderer.deliversPart)) throw refusal;
  if (pending.length === 0) return { made, refused: refusals.length };
  return {
    made,
    refused: refusals.length,
    lookAfterMs: Math.min(...pending.map(({ lookAfterMs }) => lookAfterMs)),
  };
}
