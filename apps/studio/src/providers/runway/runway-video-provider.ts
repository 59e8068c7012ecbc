import type { CancelOutcome, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { numberAt, textAt } from '../vendor/json.js';
import { readFilm } from '../vendor/media-facts.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { failedTask, submitted, type TaskState, VendorTasks } from '../vendor/vendor-task.js';
import { type MadeVideo, VideoProvider, type VideoRequest } from '../video-provider.js';
import { runwayBody, runwayPlan } from './runway-request.js';

export const DEFAULT_RUNWAY_MODEL = 'gen4.5';
const BASE_URL = 'https://api.dev.runwayml.com';
/** The version of the API that bodies and answers below belong to. */
const API_VERSION = '2024-11-06';
const FOLLOWED = {
  /** "Consumers of this API should not expect updates more frequent than once every five seconds." */
  pollAfterMs: 5_000,
  limits: { family: 'video/', maxBytes: 256 * 1024 * 1024 },
} as const;

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
  private readonly tasks: VendorTasks;

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
    const look = (taskId: string, signal: AbortSignal) => this.look(taskId, signal);
    this.tasks = new VendorTasks({ ...FOLLOWED, provider: this.name, baseUrl, timeoutMs, look });
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
    const call = { path, body: await runwayBody(this.model, request) };
    return this.tasks.begun(await submitted(this.api, call, ['id'], signal));
  }

  override async poll(
    taskId: string,
    request: VideoRequest,
    { signal }: ProviderWork,
  ): Promise<MadeVideo | PendingTask> {
    const seen = await this.tasks.poll(taskId, signal);
    if (seen instanceof PendingTask) return seen;
    const film = await readFilm(this.name, seen.file);
    const { limits } = runwayPlan(this.model, request);
    return { ...film, provider: this.name, model: this.model, seed: request.seed, limits };
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
      return failedTask(this.api, failureKind(code), code);
    }
    throw this.api.unreadable('the answer tells no state', 'look', status);
  }
}

function taskPath(taskId: string): string {
  return `/v1/tasks/${encodeURIComponent(taskId)}`;
}
