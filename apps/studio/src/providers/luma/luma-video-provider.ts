import type { CancelOutcome, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { at, textAt } from '../vendor/json.js';
import { readFilm } from '../vendor/media-facts.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { entryWith, failedTask, submitted, type TaskState, VendorTasks } from '../vendor/vendor-task.js';
import { type MadeVideo, VideoProvider, type VideoRequest } from '../video-provider.js';
import { lumaBody, lumaLimits } from './luma-request.js';

export const DEFAULT_LUMA_MODEL = 'ray-3.2';
const BASE_URL = 'https://agents.lumalabs.ai/v1';
const FOLLOWED = {
  pollAfterMs: 5_000,
  limits: { family: 'video/', maxBytes: 256 * 1024 * 1024 },
} as const;

export interface LumaOptions extends VendorOptions {
  readonly model?: string;
}

/** `budget_exhausted`: our account there is empty. */
const FAILURES: Readonly<Record<string, ProviderFaultKind>> = {
  content_moderated: 'moderated',
  budget_exhausted: 'auth',
};

/**
 * Films by Luma's agents API (the older `dream-machine` API takes other keys and models):
 * https://docs.agents.lumalabs.ai/ and `src/luma_agents/types` of https://github.com/lumalabs/luma-agents-python.
 * There is no cancelling, no idempotency key and no list of generations.
 */
export class LumaVideoProvider extends VideoProvider {
  readonly name = 'luma';
  private readonly model: string;
  private readonly api: VendorApi;
  private readonly tasks: VendorTasks;

  constructor({ apiKey, baseUrl = BASE_URL, timeoutMs = 60_000, model }: LumaOptions) {
    super();
    this.model = model ?? DEFAULT_LUMA_MODEL;
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: 1024 * 1024,
      credentials: (key) => ({ authorization: `Bearer ${key}` }),
      faults: {
        provider: this.name,
        complaint: (body) => ({
          code: textAt(body, 'failure_code') ?? textAt(body, 'code') ?? '',
          message: textAt(body, 'detail') ?? textAt(body, 'message') ?? '',
        }),
        kind: (status, { code }) => (status === 400 || status === 422 ? FAILURES[code] : undefined),
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
    const call = { path: '/generations', body: await lumaBody(this.model, request) };
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
    const made = { provider: this.name, model: this.model, seed: request.seed };
    return { ...film, ...made, limits: lumaLimits(request) };
  }

  /** The vendor stops nothing: it only tells what became of the task. */
  override cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    return this.tasks.outcome(taskId, signal);
  }

  private async look(taskId: string, signal: AbortSignal): Promise<TaskState> {
    const path = `/generations/${encodeURIComponent(taskId)}`;
    const { json, status } = await this.api.call({ path, purpose: 'look' }, signal);
    const state = textAt(json, 'state');
    if (state === 'queued' || state === 'processing') return { kind: 'pending' };
    if (state === 'failed') {
      const code = textAt(json, 'failure_code') ?? '';
      return failedTask(this.api, FAILURES[code] ?? 'unavailable', code);
    }
    const url = textAt(entryWith(at(json, 'output'), 'type', 'video'), 'url');
    if (state === 'completed' && url !== undefined) return { kind: 'done', url };
    throw this.api.unreadable('the answer tells no state', 'look', status);
  }
}
