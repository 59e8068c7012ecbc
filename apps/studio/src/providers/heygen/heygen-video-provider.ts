import type { CancelOutcome, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import { readFilm } from '../vendor/media-facts.js';
import type { VendorOptions } from '../vendor/vendor-api.js';
import { VendorTasks } from '../vendor/vendor-task.js';
import { type MadeVideo, VideoProvider, type VideoRequest } from '../video-provider.js';
import { HEYGEN_BASE_URL, HeyGenApi, PROMPT_FILMS } from './heygen-api.js';
import { heyGenFilmBody, heyGenFilmLimits } from './heygen-film-request.js';

export const DEFAULT_HEYGEN_VIDEO_MODEL = 'heygen-video-1';
const FOLLOWED = {
  pollAfterMs: 10_000,
  limits: { family: 'video/', maxBytes: 256 * 1024 * 1024 },
} as const;

export interface HeyGenVideoOptions extends VendorOptions {
  readonly model?: string;
}

/**
 * Films from prompts by HeyGen Video: https://developers.heygen.com/docs/models/heygen-video and `gen/model.go` of
 * https://github.com/heygen-com/heygen-cli. There is no cancelling and no list of these films.
 */
export class HeyGenVideoProvider extends VideoProvider {
  readonly name = 'heygen';
  private readonly model: string;
  private readonly api: HeyGenApi;
  private readonly tasks: VendorTasks;

  constructor({ model, ...vendor }: HeyGenVideoOptions) {
    super();
    this.model = model ?? DEFAULT_HEYGEN_VIDEO_MODEL;
    this.api = new HeyGenApi(vendor, PROMPT_FILMS);
    const { baseUrl = HEYGEN_BASE_URL, timeoutMs = 60_000 } = vendor;
    const look = (taskId: string, signal: AbortSignal) => this.api.look(taskId, signal);
    this.tasks = new VendorTasks({ ...FOLLOWED, provider: this.name, baseUrl, timeoutMs, look });
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  async generate(request: VideoRequest, { signal, callbackUrl }: ProviderWork): Promise<PendingTask> {
    signal.throwIfAborted();
    if (!this.api.configured) throw this.api.fault('auth', 'no API key is configured');
    const told = callbackUrl === undefined ? {} : { callback_url: callbackUrl };
    const body = { ...(await heyGenFilmBody(this.model, request)), ...told };
    return this.tasks.begun(await this.api.create(body, request.idempotencyKey, signal));
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
    return { ...film, ...made, limits: heyGenFilmLimits(request) };
  }

  /** The vendor stops nothing: it only tells what became of the film. */
  override cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    return this.tasks.outcome(taskId, signal);
  }

  /** "Subsequent calls within 24 hours that share this key replay the original response." */
  override recall(request: VideoRequest, work: ProviderWork): Promise<PendingTask> {
    return this.generate(request, work);
  }
}
