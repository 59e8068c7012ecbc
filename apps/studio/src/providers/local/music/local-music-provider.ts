import type { ProviderHealth, ProviderWork } from '../../media-provider.js';
import { type MadeMusic, MusicProvider, type MusicRequest } from '../../music-provider.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { AUDIO_MIME_TYPES, encodeAudio } from './encode-audio.js';
import { MUSIC_VERSION } from './music-brief.js';
import type { MusicEngine } from './music-engine.js';
import type { RenderedMusic } from './render-music.js';

const HONEST_LABEL =
  'composed by rules and played by a software synthesizer on this machine, not made by a generative model';
const NO_VOCALS = 'no vocals: the local composer cannot sing, an instrumental was made';

/** Composes and plays instrumental tracks on this machine: no key, no network, the same track for the same request. */
export class LocalMusicProvider extends MusicProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(
    private readonly engine: MusicEngine,
    private readonly tools: MediaTools,
  ) {
    super();
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', `score-composer-${MUSIC_VERSION}`];
  }

  /** Without ffmpeg it still makes WAV. */
  override async health(): Promise<ProviderHealth> {
    const { status, detail } = await this.tools.health(['ffmpeg']);
    return status === 'ready'
      ? { status }
      : { status: 'degraded', detail: `only wav can be made: ${detail ?? ''}` };
  }

  async generate(request: MusicRequest, { signal, progress }: ProviderWork): Promise<MadeMusic> {
    const { prompt, genre, mood, durationSeconds, seed, format, instrumental } = request;
    const wish = {
      prompt,
      durationSeconds,
      seed,
      ...(genre === undefined ? {} : { genre }),
      ...(mood === undefined ? {} : { mood }),
    };
    const music = await this.engine.compose(wish, signal);
    progress?.(80);
    return {
      bytes: await encodeAudio(this.tools, music.wav, { format, title: music.title, signal }),
      mimeType: AUDIO_MIME_TYPES[format],
      durationMs: durationSeconds * 1_000,
      title: music.title,
      midi: Buffer.from(music.midi),
      provider: this.name,
      model: `score-composer-${MUSIC_VERSION}`,
      seed,
      limits: limitsOf(music, instrumental),
    };
  }
}

function limitsOf({ remarks, genre, mood, key, tempoBpm }: RenderedMusic, instrumental: boolean): string[] {
  const made = `made as ${genre}, mood ${mood}, ${key}, ${Math.round(tempoBpm)} bpm`;
  return [HONEST_LABEL, ...(instrumental ? [] : [NO_VOCALS]), made, ...remarks];
}
