import type { JobInput, RenderJob } from './render-jobs.repository.js';

export type { JobInput, RenderJob } from './render-jobs.repository.js';
export type RenderJobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Seeds are unsigned 32-bit integers. */
export const SEED_RANGE = 2 ** 32;

/** How a queued job is named to the worker. */
export const RENDER_TASK = 'render';
export const FILM_TASK = 'render-film';
export const STOP_TASK = 'render-stop';
export const stopJobKey = (jobId: string) => `render-stop:${jobId}`;
export const renderJobKey = (jobId: string) => `render:${jobId}`;

/** What a submitter knows about a new job. */
export interface NewRenderJob<Input extends JobInput = JobInput> {
  readonly type: string;
  /** The operation's name in the price table. */
  readonly operation: string;
  readonly input: Input;
  /** The caller's own words, which are judged before anything is held. */
  readonly prompts: readonly string[];
  readonly provider: string;
  readonly requestedProvider: string | undefined;
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly credits: number;
  readonly estimatedMs: number;
  /** From now to the deadline, queueing included. */
  readonly budgetMs: number;
  readonly retryOf?: string;
  /** The caller named no provider: another one may do the work when this one cannot. */
  readonly mayFallBack?: boolean;
  /** Whose job it is; absent: the caller's, who pays in any case. */
  readonly userId?: string;
}

const FILMS: ReadonlySet<string> = new Set(['video', 'talking-head']);

/** Films that this machine draws itself take minutes: they have a lane of their own. */
export function renderTaskOf({ type, provider }: Pick<RenderJob, 'type' | 'provider'>): string {
  return provider === 'local' && FILMS.has(type) ? FILM_TASK : RENDER_TASK;
}

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);

export function hasEnded(status: string): boolean {
  return ENDED.has(status);
}

/** @throws Error for a job that was not claimed: a programming error */
export function fenceOf(job: RenderJob): string {
  if (job.fence === null) throw new Error(`Render job ${job.id} carries no fence`);
  return job.fence;
}
