import type { ProviderHealth, ProviderWork } from '../../media-provider.js';
import {
  type MadeVideo,
  type VideoAspect,
  VideoProvider,
  type VideoRequest,
  type VideoResolution,
} from '../../video-provider.js';
import { cpuModule } from '../cpu-pool.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import type { FilmPlan } from './film-painter.js';
import type { FilmStudio } from './film-studio.js';
import type { FilmDrawn, FilmJob } from './film.worker.js';
import type { FilmSize } from './sheets.js';
import type { Sound, Soundtrack, SoundWish } from './soundtrack.js';
import { storyboard } from './storyboard.js';

/** What draws the frames; raise it when the drawing changes. */
const FILM_VERSION = '2';

const ENGINE = cpuModule<FilmJob, FilmDrawn>(import.meta.url, './film.worker');
const FPS = 24;
const VOICE_DELAY_MS = 450;
const FASTEST_SPEECH = 1.35;
/** Waiting for a free thread included. */
const TIMEOUT_MS = 12 * 60_000;
const LABEL =
  'storyboard film: vector illustrations under a moving camera, not footage and not made by a generative model';

/** The shorter side, in pixels. */
const LINES: Readonly<Record<VideoResolution, number>> = { '480p': 480, '720p': 720, '1080p': 1080 };

/** What the engine works with. */
export interface LocalVideoOptions {
  readonly studio: FilmStudio;
  readonly tools: MediaTools;
  readonly soundtrack: Soundtrack;
  /** Divides the picture's sides: for specs, which have no time for large frames. */
  readonly shrink?: number;
}

/** Makes films on this machine: drawn, animated, spoken and accompanied, no key and no network. */
export class LocalVideoProvider extends VideoProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(private readonly options: LocalVideoOptions) {
    super();
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', `storyboard-${FILM_VERSION}`];
  }

  override health(): Promise<ProviderHealth> {
    return this.options.tools.health();
  }

  async generate(request: VideoRequest, { signal, progress }: ProviderWork): Promise<MadeVideo> {
    const { prompt, durationSeconds, quality, seed, images } = request;
    const count = Math.round(durationSeconds * FPS);
    const size = sizeOf(request.resolution, request.aspect, this.options.shrink ?? 1);
    const board = storyboard({ prompt, frames: count, fps: FPS, images: images.length });
    const plan: FilmPlan = { board, size, fps: FPS, seed, images };
    const sounds = await this.soundsFor(request, signal);
    const { bytes, drawn } = await this.options.studio.film<FilmPlan, FilmDrawn>(ENGINE, {
      ...{ plan, count, fps: FPS, size, quality, signal, timeoutMs: TIMEOUT_MS },
      ...(sounds.voice === undefined ? {} : { voice: sounds.voice.bytes, voiceDelayMs: sounds.delayMs }),
      ...(sounds.music === undefined ? {} : { music: sounds.music.bytes }),
      ...(progress === undefined ? {} : { progress }),
    });
    return {
      bytes,
      mimeType: 'video/mp4',
      ...size,
      durationMs: Math.round((count * 1000) / FPS),
      poster: Buffer.from(drawn.poster),
      provider: this.name,
      model: `storyboard-${FILM_VERSION}`,
      seed,
      limits: [...new Set([LABEL, ...drawn.limits, ...sounds.limits])],
    };
  }

  private async soundsFor(request: VideoRequest, signal: AbortSignal) {
    const { idempotencyKey, seed, durationSeconds, voiceover, music, prompt } = request;
    const wish: SoundWish = { idempotencyKey, seed, signal };
    const spoken =
      voiceover === undefined ? undefined : await this.spoken(voiceover, durationSeconds * 1000, wish);
    const played = music ? await this.options.soundtrack.accompany(prompt, durationSeconds, wish) : undefined;
    return {
      ...(spoken === undefined ? {} : { voice: spoken.sound }),
      ...(played === undefined ? {} : { music: played }),
      delayMs: spoken?.delayMs ?? 0,
      limits: [...(spoken?.limits ?? []), ...(spoken?.sound.limits ?? []), ...(played?.limits ?? [])],
    };
  }

  /** A text that is too long for the film is said faster, then cut. */
  private async spoken(
    text: string,
    filmMs: number,
    wish: SoundWish,
  ): Promise<{ sound: Sound; delayMs: number; limits: string[] }> {
    const { soundtrack } = this.options;
    const natural = await soundtrack.speak(text, 1, wish);
    const delayMs = natural.durationMs + VOICE_DELAY_MS <= filmMs ? VOICE_DELAY_MS : 0;
    if (natural.durationMs <= filmMs) return { sound: natural, delayMs, limits: [] };
    const speed = Math.min(FASTEST_SPEECH, natural.durationMs / (filmMs - 150));
    const sound = await soundtrack.speak(text, speed, wish);
    const limits = [`the voice-over is spoken ${speed.toFixed(2)} times as fast to fit the film`];
    if (sound.durationMs > filmMs)
      limits.push(
        `the voice-over is cut: ${Math.ceil((sound.durationMs - filmMs) / 1000)} s of it are left out`,
      );
    return { sound, delayMs, limits };
  }
}

/** Even sides, as H.264 in this colour format needs. */
function sizeOf(resolution: VideoResolution, aspect: VideoAspect, shrink: number): FilmSize {
  const short = LINES[resolution] / shrink;
  const even = (value: number): number => Math.round(value / 2) * 2;
  if (aspect === '1:1') return { width: even(short), height: even(short) };
  const long = even((short * 16) / 9);
  return aspect === '16:9' ? { width: long, height: even(short) } : { width: even(short), height: long };
}
