import type { CancelOutcome } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import type { ProviderFault } from '../provider-fault.js';
import { at, textAt } from './json.js';
import type { VendorAnswer, VendorApi, VendorCall } from './vendor-api.js';
import { type ResultLimits, type VendorFile, VendorResults } from './vendor-results.js';

/** What a vendor says about a task. `progress` 0-100. */
export type TaskState =
  | { readonly kind: 'pending'; readonly progress?: number }
  | { readonly kind: 'done'; readonly url: string; readonly posterUrl?: string; readonly title?: string }
  | { readonly kind: 'failed'; readonly fault: ProviderFault };

export type DoneTask = Extract<TaskState, { kind: 'done' }>;
type PendingState = Extract<TaskState, { kind: 'pending' }>;

/** A fetched result and what the vendor said with it. */
export interface TaskResult {
  readonly file: VendorFile;
  readonly done: DoneTask;
}

/** How one vendor's tasks are followed. */
export interface VendorTaskOptions {
  readonly provider: string;
  readonly baseUrl: string;
  /** Deadline of fetching a result. */
  readonly timeoutMs: number;
  readonly pollAfterMs: number;
  readonly limits: ResultLimits;
  /** Asks the vendor what became of a task. @throws ProviderFault */
  readonly look: (taskId: string, signal: AbortSignal) => Promise<TaskState>;
}

/** The frame of a vendor that takes work as a task: begun, looked at until it has ended, its file fetched. */
export class VendorTasks {
  private readonly results: VendorResults;

  constructor(private readonly options: VendorTaskOptions) {
    const { provider, baseUrl, timeoutMs } = options;
    this.results = new VendorResults({ provider, baseUrl, timeoutMs, lost: 'unavailable' });
  }

  begun(taskId: string): PendingTask {
    return new PendingTask(taskId, this.options.pollAfterMs);
  }

  /**
   * One look at a task: still pending, or its file. An address that ran out is asked for once more.
   * @throws ProviderFault
   */
  async poll(taskId: string, signal: AbortSignal): Promise<PendingTask | TaskResult> {
    const { pollAfterMs, limits } = this.options;
    signal.throwIfAborted();
    const state = await this.unfailed(taskId, signal);
    if (state.kind === 'pending') return new PendingTask(taskId, pollAfterMs, state.progress);
    const renew = async (): Promise<string> => {
      const again = await this.unfailed(taskId, signal);
      return again.kind === 'done' ? again.url : state.url;
    };
    return { file: await this.results.fetch({ url: state.url, renew }, limits, signal), done: state };
  }

  /** What a task that its vendor does not stop came to, or `unknown` while it is under way. */
  async outcome(taskId: string, signal: AbortSignal): Promise<CancelOutcome> {
    const state = await this.options.look(taskId, signal);
    if (state.kind === 'done') return 'charged';
    return state.kind === 'failed' ? 'stopped' : 'unknown';
  }

  /** A file that comes along with a result and is not worth failing for, e.g. its poster. */
  async extra(
    url: string | undefined,
    limits: ResultLimits,
    signal: AbortSignal,
  ): Promise<Buffer | undefined> {
    if (url === undefined) return undefined;
    const file = await this.results.fetch({ url }, limits, signal).catch(() => undefined);
    signal.throwIfAborted();
    return file?.bytes;
  }

  private async unfailed(taskId: string, signal: AbortSignal): Promise<DoneTask | PendingState> {
    const state = await this.options.look(taskId, signal);
    if (state.kind === 'failed') throw state.fault;
    return state;
  }
}

/** Submits work and answers the id of its task, which stands at `path` in the answer. @throws ProviderFault */
export async function submitted(
  api: VendorApi,
  call: Pick<VendorCall, 'path' | 'body' | 'headers'>,
  path: readonly (string | number)[],
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const answer = await api.call({ ...call, method: 'POST', purpose: 'work' }, signal);
  return taskIdIn(api, answer, path);
}

/** @throws ProviderFault `unknown_outcome`: the vendor may work on something that nobody can name */
export function taskIdIn(
  api: VendorApi,
  { json, status }: VendorAnswer,
  path: readonly (string | number)[],
): string {
  const id = textAt(json, ...path);
  if (id === undefined) throw api.unreadable('the answer names no task', 'work', status);
  return id;
}

/** A failure in the vendor's own words, shortened. */
export function failedTask(api: VendorApi, kind: ProviderFault['kind'], code: string): TaskState {
  return { kind: 'failed', fault: api.failed(kind, `the task failed (${code.slice(0, 60)})`) };
}

/** The first entry of a list whose `key` is `value`; undefined where there is no list, or none. */
export function entryWith(list: unknown, key: string, value: string): unknown {
  return Array.isArray(list) ? list.find((entry: unknown) => at(entry, key) === value) : undefined;
}
