import type { CancelOutcome, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { numberAt, textAt } from '../vendor/json.js';
import { filmFacts } from '../vendor/media-facts.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { VendorResults } from '../vendor/vendor-results.js';
import { lookAtTask, type TaskState } from '../vendor/vendor-task.js';
import { type MadeVideo, VideoProvider, type VideoRequest } from '../video-provider.js';
import { runwayBody, runwayPlan } from './runway-request.js';

export const DEFAULT_RUNWAY_MODEL = 'gen4.5';
const BASE_URL = 'https://api.dev.runwayml.com';
/** The version of the API that bodies and answers below belong to. */
const API_VERSION = '2024-11-06';
/** "Consumers of this API should not expect updates more frequent than once every five seconds." */
const POLL_AFTER_MS = 5_000;
const LARGEST_FILM_BYTES = 256 * 1024 * 1024;

export interface RunwayOptions extends VendorOptions {
  readonly model?: string;
}

/** Codes of failed tasks: https://docs.dev.runwayml.com/errors/task-failures/ ("You should not retry" for SAFETY). */
function failureKind(code: string): ProviderFaultKind {
  if (/(^|\.)SAFETY\./.test(code)) return 'moderated';
  return /^ASSET\.|^INPUT_PREPROCESSING\.(?!INTERNAL)/.test(code) ? 'rejected' : 'unavailable';
}

/**
 * Films by Runway's API: https://docs.dev.runwayml.com/api/ and the types of `@runwayml/sdk` 4.20. There is no
 * idempotency key and no list of tasks, so a lost submit cannot be found again.
 */
export class RunwayVideoProvider extends VideoProvider {
  readonly name = 'runway';
  private readonly model: string;
  private readonly api: VendorApi;
  private readonly results: VendorResults;

  constructor({ apiKey, baseUrl = BASE_URL, timeoutMs = 60_000, model }: RunwayOptions) {
    super();
    this.model = model ?? DEFAULT_RUNWAY_MODEL;
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: 1024 * 1024,
      credentials: (key) => ({ authorization: `Bearer ${key}`, 'x-runway-version': API_VERSION }),
      faults: {
        provider: this.name,
        complaint: (body) => ({ code: '', message: textAt(body, 'error') ?? '' }),
        // "Runway is shedding load": the request was not taken. https://docs.dev.runwayml.com/errors/errors
        kind: (status) => (status === 502 || status === 504 ? 'unavailable' : undefined),
      },
    });
    this.results = new VendorResults({ provider: this.name, baseUrl, timeoutMs, lost: 'unavailable' });
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  async generate(request: VideoRequest, { signal }: ProviderWork): Promise<PendingTask> {
    signal.throwIfAborted();
    const path = request.images.length > 0 ? '/v1/image_to_video' : '/v1/text_to_video';
    const body = await runwayBody(this.model, request);
    const answer = await this.api.call({ method: 'POST', path, body, purpose: 'work' }, signal);
    const taskId = textAt(answer.json, 'id');
    if (taskId === undefined) throw this.api.unreadable('the answer names no task', 'work', answer.status);
    return new PendingTask(taskId, POLL_AFTER_MS);
  }

  override async poll(
    taskId: string,
    request: VideoRequest,
    { signal }: ProviderWork,
  ): Promise<MadeVideo | PendingTask> {
    const look = (): Promise<TaskState> => this.look(taskId, signal);
    const limits = { family: 'video/', maxBytes: LARGEST_FILM_BYTES } as const;
    const results = this.results;
    const seen = await lookAtTask({ taskId, pollAfterMs: POLL_AFTER_MS, look, results, limits, signal });
    if (seen instanceof PendingTask) return seen;
    const { bytes, mimeType } = seen.file;
    const facts = await filmFacts(this.name, bytes);
    const { limits: left } = runwayPlan(this.model, request);
    const { seed } = request;
    return { bytes, mimeType, ...facts, provider: this.name, model: this.model, seed, limits: left };
  }

  /** A task that waits costs nothing; one that runs may be billed; `DELETE` on a finished one would lose its film. */
  override async cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    const path = taskPath(taskId);
    const status = textAt((await this.api.call({ path, purpose: 'look' }, signal)).json, 'status');
    if (status === 'SUCCEEDED') return 'charged';
    if (status === 'FAILED' || status === 'CANCELLED') return 'stopped';
    await this.api.call({ method: 'DELETE', path, purpose: 'look' }, signal);
    return status === 'PENDING' || status === 'THROTTLED' ? 'stopped' : 'unknown';
  }

  private async look(taskId: string, signal: AbortSignal): Promise<TaskState> {
    const { json, status } = await this.api.call({ path: taskPath(taskId), purpose: 'look' }, signal);
    const state = textAt(json, 'status') ?? '';
    // THROTTLED is our own limit of tasks at once: it waits, and needs no care of ours.
    if (state === 'PENDING' || state === 'THROTTLED') return { kind: 'pending' };
    if (state === 'RUNNING')
      return { kind: 'pending', progress: Math.round(100 * (numberAt(json, 'progress') ?? 0)) };
    const url = textAt(json, 'output', 0);
    if (state === 'SUCCEEDED' && url !== undefined) return { kind: 'done', url };
    if (state === 'CANCELLED')
      return { kind: 'failed', fault: this.api.failed('rejected', 'the task was cancelled') };
    if (state === 'FAILED') {
      const code = textAt(json, 'failureCode') ?? '';
      const fault = this.api.failed(failureKind(code), `the task failed (${code.slice(0, 60)})`);
      return { kind: 'failed', fault };
    }
    throw this.api.unreadable('the answer tells no state', 'look', status);
  }
}

function taskPath(taskId: string): string {
  return `/v1/tasks/${encodeURIComponent(taskId)}`;
}
