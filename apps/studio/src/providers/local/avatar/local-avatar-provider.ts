import {
  AvatarProvider,
  type AvatarRequest,
  type AvatarResolution,
  type Presenter,
} from '../../avatar-provider.js';
import type { ProviderHealth, ProviderWork } from '../../media-provider.js';
import { ProviderFault } from '../../provider-fault.js';
import type { MadeVideo } from '../../video-provider.js';
import { cpuModule } from '../cpu-pool.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import type { SpeechEngine } from '../speech/speech-engine.js';
import { LOCAL_VOICES } from '../speech/voices.js';
import type { FilmStudio } from '../video/film-studio.js';
import type { FilmSize } from '../video/sheets.js';
import type { AvatarPlan } from './avatar-painter.js';
import type { AvatarDrawn, AvatarJob } from './avatar.worker.js';
import { captionsOf } from './captions.js';
import { type DrawnPresenter, PRESENTERS } from './presenters.js';
import { recordedVoice, spokenVoice, type Voicing } from './voicing.js';

/** What draws the presenters; raise it when the drawing changes. */
const AVATAR_VERSION = '1';

const ENGINE = cpuModule<AvatarJob, AvatarDrawn>(import.meta.url, './avatar.worker');
const AVATAR_FPS = 24;
/** Waiting for a free thread included. */
const TIMEOUT_MS = 20 * 60_000;
const LABEL = 'a drawn presenter, not footage of a person and not made by a generative model';

const FULL_HD: FilmSize = { width: 1920, height: 1080 };
const SIZES: Readonly<Record<AvatarResolution, FilmSize>> = {
  '720p': { width: 1280, height: 720 },
  '1080p': FULL_HD,
  '4k': { width: 3840, height: 2160 },
};

/** What the engine works with. */
export interface LocalAvatarOptions {
  readonly studio: FilmStudio;
  readonly tools: MediaTools;
  readonly speech: SpeechEngine;
  /** Divides the picture's sides: for specs, which have no time for large frames. */
  readonly shrink?: number;
}

/** Makes drawn presenters speak on this machine: a script by a local voice, or a given recording. */
export class LocalAvatarProvider extends AvatarProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(private readonly options: LocalAvatarOptions) {
    super();
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', `presenter-${AVATAR_VERSION}`];
  }

  presenters(): readonly Presenter[] {
    return PRESENTERS.map(({ id, name, voice }) => ({ id, name, provider: this.name, voice }));
  }

  override speaksWith(voice: string): boolean {
    return LOCAL_VOICES.some(({ id }) => id === voice);
  }

  override health(): Promise<ProviderHealth> {
    return this.options.tools.health();
  }

  async generate(request: AvatarRequest, { signal, progress }: ProviderWork): Promise<MadeVideo> {
    signal.throwIfAborted();
    const presenter = presenterNamed(request.presenter);
    const voicing = await this.voicing(request, presenter, signal);
    const { mouths, words, limits } = voicing;
    const { shrink = 1 } = this.options;
    const asked = shrunk(SIZES[request.resolution], shrink);
    const size = request.resolution === '4k' ? shrunk(FULL_HD, shrink) : asked;
    const plan: AvatarPlan = {
      looks: presenter.looks,
      mouths,
      background: request.background,
      captions: request.captions === true ? captionsOf(words) : [],
      size,
      fps: AVATAR_FPS,
      seed: request.seed,
    };
    const { bytes, drawn } = await this.options.studio.film<AvatarPlan, AvatarDrawn>(ENGINE, {
      ...{ plan, count: mouths.length, fps: AVATAR_FPS, size, enlargedTo: asked, quality: 'standard' },
      ...{ voice: voicing.sound, signal, timeoutMs: TIMEOUT_MS },
      ...(progress === undefined ? {} : { progress }),
    });
    return {
      bytes,
      mimeType: 'video/mp4',
      ...asked,
      durationMs: Math.round((mouths.length * 1000) / AVATAR_FPS),
      poster: Buffer.from(drawn.poster),
      provider: this.name,
      model: `presenter-${AVATAR_VERSION}`,
      seed: request.seed,
      limits: [LABEL, ...limits, ...(request.resolution === '4k' ? ['4k is enlarged from 1080p'] : [])],
    };
  }

  private voicing(
    { script, audio, voice }: AvatarRequest,
    presenter: DrawnPresenter,
    signal: AbortSignal,
  ): Promise<Voicing> {
    const { speech, tools } = this.options;
    if (audio !== undefined) return recordedVoice(tools, audio, AVATAR_FPS, signal);
    if (script !== undefined)
      return spokenVoice(speech, script, { voice: voice ?? presenter.voice, fps: AVATAR_FPS, signal });
    throw rejected('there is neither a script nor a recording');
  }
}

function presenterNamed(id: string): DrawnPresenter {
  const presenter = PRESENTERS.find((each) => each.id === id);
  if (presenter === undefined) throw rejected(`there is no presenter "${id}"`);
  return presenter;
}

function rejected(message: string): ProviderFault {
  return new ProviderFault({ provider: 'local', kind: 'rejected', message });
}

const shrunk = ({ width, height }: FilmSize, by: number): FilmSize => ({
  width: Math.round(width / by / 2) * 2,
  height: Math.round(height / by / 2) * 2,
});
