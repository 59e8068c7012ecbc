import type { ProviderHealth, ProviderWork } from '../../media-provider.js';
import { SpeechProvider } from '../../speech-provider.js';
import type { MadeSpeech, SpeechRequest, Voice } from '../../speech-provider.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { AUDIO_MIME_TYPES, encodedAudio } from './audio-encoder.js';
import type { SpeechEngine } from './speech-engine.js';
import { LOCAL_VOICES } from './voices.js';

/** Speaks on this machine: no key, no network, the same sound for the same text. */
export class LocalSpeechProvider extends SpeechProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(
    private readonly engine: SpeechEngine,
    private readonly tools: MediaTools,
  ) {
    super();
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', 'flite', 'espeak-ng'];
  }

  voices(): readonly Voice[] {
    return LOCAL_VOICES.map(({ engine: _engine, engineVoice: _engineVoice, ...voice }) => voice);
  }

  async generate(request: SpeechRequest, { signal }: ProviderWork): Promise<MadeSpeech> {
    signal.throwIfAborted();
    const { text, voice, speed, format, seed } = request;
    const { wav, durationMs, words, engine, limits } = await this.engine.say(text, { voice, speed }, signal);
    return {
      bytes: await encodedAudio(this.tools, { bytes: wav, format: 'wav' }, format, signal),
      mimeType: AUDIO_MIME_TYPES[format],
      durationMs,
      words,
      provider: this.name,
      model: engine,
      seed,
      limits: [...limits, 'nothing is left to chance, the seed changes nothing'],
    };
  }

  override async health(): Promise<ProviderHealth> {
    const encoders = await this.tools.health(['ffmpeg']);
    if (encoders.status === 'missing') return { status: 'degraded', detail: `wav only: ${encoders.detail}` };
    const espeak = await this.tools.health(['espeak-ng']);
    return espeak.status === 'missing'
      ? { status: 'degraded', detail: `English only: ${espeak.detail}` }
      : espeak;
  }
}
