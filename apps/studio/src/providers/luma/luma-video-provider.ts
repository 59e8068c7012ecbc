import type { CancelOutcome, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { at, textAt } from '../vendor/json.js';
import { filmFacts } from '../vendor/media-facts.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { VendorResults } from '../vendor/vendor-results.js';
import { lookAtTask, type TaskState } from '../vendor/vendor-task.js';
import { type MadeVideo, VideoProvider, type VideoRequest } from '../video-provider.js';
import { lumaBody, lumaLimits } from './luma-request.js';

export const DEFAULT_LUMA_MODEL = 'ray-3.2';
const BASE_URL = 'https://agents.lumalabs.ai/v1';
const POLL_AFTER_MS = 5_000;
const LARGEST_FILM_BYTES = 256 * 1024 * 1024;

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
  private readonly results: VendorResults;

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
    const body = await lumaBody(this.model, request);
    const answer = await this.api.call(
      { method: 'POST', path: '/generations', body, purpose: 'work' },
      signal,
    );
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
    const made = { provider: this.name, model: this.model, seed: request.seed };
    return { bytes, mimeType, ...facts, ...made, limits: lumaLimits(request) };
  }

  /** The vendor stops nothing: it only tells what became of the task. */
  override async cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    const state = await this.look(taskId, signal);
    if (state.kind === 'done') return 'charged';
    return state.kind === 'failed' ? 'stopped' : 'unknown';
  }

  private async look(taskId: string, signal: AbortSignal): Promise<TaskState> {
    const path = `/generations/${encodeURIComponent(taskId)}`;
    const { json, status } = await this.api.call({ path, purpose: 'look' }, signal);
    const state = textAt(json, 'state');
    if (state === 'queued' || state === 'processing') return { kind: 'pending' };
    if (state === 'failed') {
      const code = textAt(json, 'failure_code') ?? '';
      const fault = this.api.failed(
        FAILURES[code] ?? 'unavailable',
        `the task failed (${code.slice(0, 60)})`,
      );
      return { kind: 'failed', fault };
    }
    const outputs = at(json, 'output');
    const film: unknown = Array.isArray(outputs)
      ? outputs.find((output) => textAt(output, 'type') === 'video')
      : undefined;
    const url = textAt(film, 'url');
    if (state === 'completed' && url !== undefined) return { kind: 'done', url };
    throw this.api.unreadable('the answer tells no state', 'look', status);
  }
}
