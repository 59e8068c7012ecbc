import { AvatarProvider, type AvatarRequest, type Presenter } from '../avatar-provider.js';
import type { CancelOutcome, ProviderHealth, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import { inputJpeg } from '../vendor/input-picture.js';
import { filmFacts } from '../vendor/media-facts.js';
import type { VendorOptions } from '../vendor/vendor-api.js';
import { VendorResults } from '../vendor/vendor-results.js';
import { lookAtTask, type TaskState } from '../vendor/vendor-task.js';
import type { MadeVideo } from '../video-provider.js';
import { HEYGEN_BASE_URL, HeyGenApi } from './heygen-api.js';
import { AVATARS_OWN_VOICE, heyGenPresenters } from './heygen-presenters.js';

/** The vendor's default engine. */
export const DEFAULT_HEYGEN_ENGINE = 'avatar_iv';
const POLL_AFTER_MS = 10_000;
const LARGEST_FILM_BYTES = 512 * 1024 * 1024;
const LARGEST_POSTER_BYTES = 8 * 1024 * 1024;
const LARGEST_ASSET_BYTES = 32 * 1024 * 1024;
const COLOUR = /^#[0-9a-f]{6}$/i;
/** Other names of what the vendor takes. */
const AUDIO_TYPES: Readonly<Record<string, string>> = {
  'audio/mpeg': 'audio/mpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/wav': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
};

export interface HeyGenOptions extends VendorOptions {
  /** `avatar_iii`, `avatar_iv` or `avatar_v`, as far as the avatars can. */
  readonly engine?: string;
  /** See {@link heyGenPresenters}. */
  readonly presenters?: string;
}

/** Speaking people by HeyGen's API v3. */
export class HeyGenAvatarProvider extends AvatarProvider {
  readonly name = 'heygen';
  private readonly engine: string;
  private readonly people: readonly Presenter[];
  private readonly api: HeyGenApi;
  private readonly results: VendorResults;

  constructor({ engine, presenters = '', ...vendor }: HeyGenOptions) {
    super();
    this.engine = engine ?? DEFAULT_HEYGEN_ENGINE;
    this.people = heyGenPresenters(presenters);
    this.api = new HeyGenApi(vendor);
    const { baseUrl = HEYGEN_BASE_URL, timeoutMs = 60_000 } = vendor;
    this.results = new VendorResults({ provider: this.name, baseUrl, timeoutMs, lost: 'unavailable' });
  }

  configured(): boolean {
    return this.api.configured && this.people.length > 0;
  }

  models(): readonly string[] {
    return [this.engine];
  }

  presenters(): readonly Presenter[] {
    return this.people;
  }

  override health(): Promise<ProviderHealth> {
    if (this.api.configured && this.people.length === 0)
      return Promise.resolve({ status: 'missing', detail: 'HEYGEN_PRESENTERS names no avatar' });
    return super.health();
  }

  async generate(request: AvatarRequest, { signal, callbackUrl }: ProviderWork): Promise<PendingTask> {
    signal.throwIfAborted();
    if (!this.api.configured) throw this.api.fault('auth', 'no API key is configured');
    const body = {
      type: 'avatar',
      avatar_id: request.presenter,
      engine: { type: this.engine },
      resolution: request.resolution,
      aspect_ratio: '16:9',
      output_format: 'mp4',
      // The one field that the list of films gives back: `recall` finds a lost submit by it.
      title: request.idempotencyKey,
      callback_id: request.idempotencyKey,
      ...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
      ...(await this.speech(request, signal)),
      ...(await this.background(request, signal)),
    };
    return new PendingTask(await this.api.create(body, request.idempotencyKey, signal), POLL_AFTER_MS);
  }

  override async poll(
    taskId: string,
    request: AvatarRequest,
    { signal }: ProviderWork,
  ): Promise<MadeVideo | PendingTask> {
    const look = (): Promise<TaskState> => this.api.look(taskId, signal);
    const limits = { family: 'video/', maxBytes: LARGEST_FILM_BYTES } as const;
    const results = this.results;
    const seen = await lookAtTask({ taskId, pollAfterMs: POLL_AFTER_MS, look, results, limits, signal });
    if (seen instanceof PendingTask) return seen;
    const { bytes, mimeType } = seen.file;
    const facts = await filmFacts(this.name, bytes);
    const poster = await this.poster(seen.done.posterUrl, signal);
    const made = { provider: this.name, model: this.engine, seed: request.seed, limits: limitsOf(request) };
    return { bytes, mimeType, ...facts, ...made, ...(poster === undefined ? {} : { poster }) };
  }

  /** Removing a film that is being made is not documented to save its price. */
  override async cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    const state = await this.api.look(taskId, signal);
    if (state.kind === 'done') return 'charged';
    if (state.kind === 'failed') return 'stopped';
    await this.api.remove(taskId, signal);
    return 'unknown';
  }

  override async recall(idempotencyKey: string, { signal }: ProviderWork): Promise<PendingTask | undefined> {
    const taskId = await this.api.findByTitle(idempotencyKey, signal);
    return taskId === undefined ? undefined : new PendingTask(taskId, POLL_AFTER_MS);
  }

  private async speech(
    { script, audio, voice, presenter }: AvatarRequest,
    signal: AbortSignal,
  ): Promise<object> {
    if (audio === undefined) {
      const wanted = voice ?? this.people.find(({ id }) => id === presenter)?.voice;
      const own = wanted === undefined || wanted === AVATARS_OWN_VOICE;
      return { script: script ?? '', ...(own ? {} : { voice_id: wanted }) };
    }
    const mimeType = AUDIO_TYPES[audio.mimeType];
    if (mimeType === undefined) throw this.api.fault('rejected', 'the vendor takes MP3 and WAV only');
    if (audio.bytes.length > LARGEST_ASSET_BYTES)
      throw this.api.fault('rejected', 'the vendor takes recordings of at most 32 MB');
    return { audio_asset_id: await this.api.upload(audio.bytes, mimeType, signal) };
  }

  private async background({ background }: AvatarRequest, signal: AbortSignal): Promise<object> {
    if (Buffer.isBuffer(background)) {
      const picture = await inputJpeg(background, 3840);
      return {
        background: { type: 'image', asset_id: await this.api.upload(picture, 'image/jpeg', signal) },
      };
    }
    return COLOUR.test(background) ? { background: { type: 'color', value: background } } : {};
  }

  /** A film is worth keeping without its poster. */
  private async poster(url: string | undefined, signal: AbortSignal): Promise<Buffer | undefined> {
    if (url === undefined) return undefined;
    const limits = { family: 'image/', maxBytes: LARGEST_POSTER_BYTES } as const;
    const file = await this.results.fetch({ url }, limits, signal).catch(() => undefined);
    signal.throwIfAborted();
    return file?.bytes;
  }
}

function limitsOf({ background }: AvatarRequest): string[] {
  const limits = ['the vendor takes no seed: the film cannot be reproduced'];
  if (typeof background === 'string' && !COLOUR.test(background))
    limits.push(`the vendor knows no setting "${background}": the avatar stands before its own`);
  return limits;
}
