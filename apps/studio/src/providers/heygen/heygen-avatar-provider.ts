import { AvatarProvider, type AvatarRequest, type Presenter } from '../avatar-provider.js';
import type { CancelOutcome, ProviderHealth, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import { inputJpeg } from '../vendor/input-picture.js';
import { readFilm } from '../vendor/media-facts.js';
import type { VendorOptions } from '../vendor/vendor-api.js';
import { VendorTasks } from '../vendor/vendor-task.js';
import type { MadeVideo } from '../video-provider.js';
import { HEYGEN_BASE_URL, HeyGenApi } from './heygen-api.js';
import { AVATARS_OWN_VOICE, heyGenPresenters } from './heygen-presenters.js';

/** The vendor's default engine. */
export const DEFAULT_HEYGEN_ENGINE = 'avatar_iv';
const FOLLOWED = {
  pollAfterMs: 10_000,
  limits: { family: 'video/', maxBytes: 512 * 1024 * 1024 },
} as const;
/** A film is worth keeping without it. */
const POSTER = { family: 'image/', maxBytes: 8 * 1024 * 1024 } as const;
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
  private readonly tasks: VendorTasks;

  constructor({ engine, presenters = '', ...vendor }: HeyGenOptions) {
    super();
    this.engine = engine ?? DEFAULT_HEYGEN_ENGINE;
    this.people = heyGenPresenters(presenters);
    this.api = new HeyGenApi(vendor);
    const { baseUrl = HEYGEN_BASE_URL, timeoutMs = 60_000 } = vendor;
    const look = (taskId: string, signal: AbortSignal) => this.api.look(taskId, signal);
    this.tasks = new VendorTasks({ ...FOLLOWED, provider: this.name, baseUrl, timeoutMs, look });
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
    return this.tasks.begun(await this.api.create(body, request.idempotencyKey, signal));
  }

  override async poll(
    taskId: string,
    request: AvatarRequest,
    { signal }: ProviderWork,
  ): Promise<MadeVideo | PendingTask> {
    const seen = await this.tasks.poll(taskId, signal);
    if (seen instanceof PendingTask) return seen;
    const film = await readFilm(this.name, seen.file);
    const poster = await this.tasks.extra(seen.done.posterUrl, POSTER, signal);
    const made = { provider: this.name, model: this.engine, seed: request.seed, limits: limitsOf(request) };
    return { ...film, ...made, ...(poster === undefined ? {} : { poster }) };
  }

  /** Removing a film that is being made is not documented to save its price. */
  override async cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    const outcome = await this.tasks.outcome(taskId, signal);
    if (outcome === 'unknown') await this.api.remove(taskId, signal);
    return outcome;
  }

  override async recall(
    { idempotencyKey }: AvatarRequest,
    { signal }: ProviderWork,
  ): Promise<PendingTask | undefined> {
    const taskId = await this.api.findByTitle(idempotencyKey, signal);
    return taskId === undefined ? undefined : this.tasks.begun(taskId);
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
}

function limitsOf({ background }: AvatarRequest): string[] {
  const limits = ['the vendor takes no seed: the film cannot be reproduced'];
  if (typeof background === 'string' && !COLOUR.test(background))
    limits.push(`the vendor knows no setting "${background}": the avatar stands before its own`);
  return limits;
}
