import type { ErrorFactory } from '@eventzr/http';
import type { Parent } from '../provenance/parent.js';
import type { CancelOutcome, PendingTask } from '../providers/media-provider.js';
import type { RenderJob } from './render-job.js';

/** One piece of a job: a variant of a picture, all files of a poster. */
export interface RenderTask<Input> {
  readonly tenantId: string;
  readonly input: Input;
  readonly provider: string;
  /** Unsigned 32-bit; the job's, the same for all its pieces. */
  readonly seed: number;
  /** From 0. */
  readonly piece: number;
  /** Stable over the attempts of this piece. */
  readonly idempotencyKey: string;
}

/** What a renderer may use while it works on a piece. */
export interface RenderWorkTools {
  /** Aborts the work: the job was cancelled, its deadline passed, or the worker stops. */
  readonly signal: AbortSignal;
  /** Where the vendor may tell us that it is done; absent: it is only polled. */
  readonly callbackUrl?: string;
  /** Tells how far this piece is, 0-100. */
  readonly progress: (percent: number) => void;
}

/** A finished file, before it is an asset. */
export interface RenderedFile {
  readonly bytes: Buffer;
  readonly mimeType: string;
  /** Without the dot. */
  readonly extension: string;
  /** What the file is within its piece, e.g. `a4`, `subtitles`, `calendar`; absent: the piece itself. */
  readonly role?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  readonly pages?: number;
  /** A small picture of it, as WebP, where one can be had. */
  readonly thumbnail?: Buffer;
  readonly provider: string;
  readonly model: string;
  readonly seed: number;
  readonly provenance: Readonly<Record<string, unknown>>;
  /** Who found the picture fit to be shown (`ImageModeration`); absent: nobody yet. */
  readonly judgedBy?: string;
}

/** What a piece came to. */
export interface RenderedPiece {
  /** The first is what the job was asked for. */
  readonly files: readonly RenderedFile[];
  /** What the job shows besides files: a transcript's text and segments. Plain JSON. */
  readonly output?: Readonly<Record<string, unknown>>;
  /** Whether people must see on its pictures and films that a machine made them. */
  readonly label?: boolean;
  /** What the piece was made from; absent: from words alone. */
  readonly parent?: Parent;
}

/** What a job measures when it is done: durations and outputs of its pieces, for the final price. */
export type PieceMeasure = Pick<RenderedPiece, 'output'> & {
  readonly files: readonly Omit<RenderedFile, 'bytes' | 'thumbnail'>[];
};

/** Makes one kind of media; a job's `type` picks it. */
export abstract class Renderer<Input = unknown> {
  abstract readonly type: string;
  /** The operation's name in the price table and on the ledger. */
  abstract readonly operation: string;
  /** The catalogue's words for a provider that failed, was too slow, or refused. */
  abstract readonly providerError: ErrorFactory;
  abstract readonly timeoutError: ErrorFactory;
  abstract readonly refusalError: ErrorFactory;

  /** How many pieces the job has. */
  abstract pieces(input: Input): number;

  /** Whether a job of several pieces succeeds with those that were made when others were refused. */
  readonly deliversPart: boolean = false;

  /** Before the job is asked for once more: what it needs may be gone. @throws the catalogue's words for that */
  assertRepeatable(_input: Input): Promise<void> {
    return Promise.resolve();
  }

  /** The most that the job could cost us, in micro-USD, whatever happens to it. */
  abstract maxCostMicroUsd(input: Input, provider: string): number;

  /** Whether a piece whose outcome is unknown may simply be asked for again: not where a submit is billed. */
  abstract safeToResubmit(provider: string): boolean;

  /** @throws ProviderFault */
  abstract render(task: RenderTask<Input>, tools: RenderWorkTools): Promise<RenderedPiece | PendingTask>;

  /** Looks at a vendor's task that `render` left pending. @throws ProviderFault */
  resume(
    taskId: string,
    task: RenderTask<Input>,
    _tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    return Promise.reject(new Error(`${this.type} of ${task.provider} leaves no tasks such as ${taskId}`));
  }

  /** Whether the provider can be asked what became of a submit whose answer never came. */
  recalls(_provider: string): boolean {
    return false;
  }

  /** Asks for the task of a lost submit by its idempotency key; undefined: the vendor knows none. @throws ProviderFault */
  recall(_task: RenderTask<Input>, _tools: RenderWorkTools): Promise<PendingTask | undefined> {
    return Promise.resolve(undefined);
  }

  /** Stops a vendor's task, as far as that is possible. */
  stop(_taskId: string, _task: RenderTask<Input>, _tools: RenderWorkTools): Promise<CancelOutcome> {
    return Promise.resolve('unknown');
  }

  /** Who may do the work when the job's provider cannot: the next one that costs neither its owner nor us more. */
  fallback(_job: RenderJob): string | undefined {
    return undefined;
  }

  /** What is charged in the end, at most what was reserved; by default exactly that. */
  creditsUsed(job: RenderJob, _made: readonly PieceMeasure[]): number {
    return job.creditsReserved;
  }
}
