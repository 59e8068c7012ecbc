import { PendingTask } from '../media-provider.js';
import type { ProviderFault } from '../provider-fault.js';
import type { ResultLimits, VendorFile, VendorResults } from './vendor-results.js';

/** What a vendor says about a task. `progress` 0-100. */
export type TaskState =
  | { readonly kind: 'pending'; readonly progress?: number }
  | { readonly kind: 'done'; readonly url: string; readonly posterUrl?: string; readonly title?: string }
  | { readonly kind: 'failed'; readonly fault: ProviderFault };

export type DoneTask = Extract<TaskState, { kind: 'done' }>;

export interface TaskLook {
  readonly taskId: string;
  readonly pollAfterMs: number;
  /** Asks the vendor. */
  readonly look: () => Promise<TaskState>;
  readonly results: VendorResults;
  readonly limits: ResultLimits;
  readonly signal: AbortSignal;
}

/** A fetched result and what the vendor said with it. */
export interface TaskResult {
  readonly file: VendorFile;
  readonly done: DoneTask;
}

async function doneTask(look: () => Promise<TaskState>): Promise<DoneTask | PendingState> {
  const state = await look();
  if (state.kind === 'failed') throw state.fault;
  return state;
}

type PendingState = Extract<TaskState, { kind: 'pending' }>;

/**
 * One look at a task: still pending, or its file. An address that ran out is asked for once more.
 * @throws ProviderFault
 */
export async function lookAtTask(task: TaskLook): Promise<PendingTask | TaskResult> {
  const { taskId, pollAfterMs, look, results, limits, signal } = task;
  signal.throwIfAborted();
  const state = await doneTask(look);
  if (state.kind === 'pending') return new PendingTask(taskId, pollAfterMs, state.progress);
  const renew = async (): Promise<string> => {
    const again = await doneTask(look);
    return again.kind === 'done' ? again.url : state.url;
  };
  return { file: await results.fetch({ url: state.url, renew }, limits, signal), done: state };
}
