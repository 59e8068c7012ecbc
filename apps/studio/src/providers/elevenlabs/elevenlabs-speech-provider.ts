import type { MediaTools } from '../local/media-tools/ffmpeg.js';
import { AUDIO_MIME_TYPES, encodedAudio } from '../local/speech/audio-encoder.js';
import type { ProviderWork } from '../media-provider.js';
import { type MadeSpeech, SpeechProvider, type SpeechRequest, type Voice } from '../speech-provider.js';
import { at, textAt } from '../vendor/json.js';
import { trackDurationMs } from '../vendor/media-facts.js';
import type { VendorApi, VendorOptions } from '../vendor/vendor-api.js';
import { elevenLabsApi } from './elevenlabs-api.js';

export const DEFAULT_ELEVENLABS_SPEECH_MODEL = 'eleven_flash_v2_5';
const SPEEDS = { least: 0.7, most: 1.2 };

/** The vendor's premade voices that every plan has. Others are asked for by the vendor's own ids. */
const VOICES = [
  { id: 'elevenlabs-sarah', vendorId: 'EXAVITQu4vr4xnSDxMaL', name: 'Sarah (ElevenLabs)', gender: 'female' },
  { id: 'elevenlabs-george', vendorId: 'JBFqnCBsd6RMkjVDRZzb', name: 'George (ElevenLabs)', gender: 'male' },
] as const;

export interface ElevenLabsSpeechOptions extends VendorOptions {
  readonly model?: string;
  readonly tools: MediaTools;
}

/** Speech by ElevenLabs, with the time of each character. */
export class ElevenLabsSpeechProvider extends SpeechProvider {
  readonly name = 'elevenlabs';
  private readonly api: VendorApi;
  private readonly model: string;
  private readonly tools: MediaTools;

  constructor({ model, tools, ...options }: ElevenLabsSpeechOptions) {
    super();
    this.api = elevenLabsApi(options);
    this.model = model ?? DEFAULT_ELEVENLABS_SPEECH_MODEL;
    this.tools = tools;
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  voices(): readonly Voice[] {
    const common = { language: 'mul', kind: 'neural', provider: this.name } as const;
    return VOICES.map(({ vendorId: _ours, ...voice }) => ({ ...voice, ...common }));
  }

  async generate(request: SpeechRequest, { signal }: ProviderWork): Promise<MadeSpeech> {
    const { text, language, seed, format } = request;
    const speed = Math.min(SPEEDS.most, Math.max(SPEEDS.least, request.speed));
    const vendorId = VOICES.find(({ id }) => id === request.voice)?.vendorId ?? request.voice;
    const path = `/v1/text-to-speech/${encodeURIComponent(vendorId)}/with-timestamps?output_format=mp3_44100_128`;
    const body = {
      text,
      model_id: this.model,
      language_code: language.split('-')[0]?.toLowerCase(),
      seed,
      voice_settings: { speed },
    };
    const { json, status } = await this.api.call({ method: 'POST', path, body, purpose: 'work' }, signal);
    const base64 = textAt(json, 'audio_base64');
    if (base64 === undefined) throw this.api.unreadable('the answer holds no sound', 'work', status);
    const mp3 = Buffer.from(base64, 'base64');
    const durationMs = await trackDurationMs(this.name, mp3, 'audio/mpeg');
    return {
      bytes: await encodedAudio(this.tools, { bytes: mp3, format: 'mp3' }, format, signal),
      mimeType: AUDIO_MIME_TYPES[format],
      durationMs,
      words: wordsOf(at(json, 'alignment')),
      provider: this.name,
      model: this.model,
      seed,
      limits: [
        'the vendor takes the seed as a wish only',
        ...(speed === request.speed
          ? []
          : [`the vendor speaks at ${SPEEDS.least} to ${SPEEDS.most}: made at ${speed}`]),
      ],
    };
  }
}

/** Characters between blanks make a word. */
function wordsOf(alignment: unknown): MadeSpeech['words'] {
  const list = (name: string): readonly unknown[] => {
    const values = at(alignment, name);
    return Array.isArray(values) ? values : [];
  };
  const starts = list('character_start_times_seconds');
  const ends = list('character_end_times_seconds');
  const words: { word: string; startMs: number; endMs: number }[] = [];
  let inWord = false;
  list('characters').forEach((character, index) => {
    const blank = typeof character !== 'string' || character.trim() === '';
    const [startMs, endMs] = [msOf(starts[index]), msOf(ends[index])];
    const last = words.at(-1);
    if (!blank && inWord && last !== undefined)
      words[words.length - 1] = { ...last, word: last.word + character, endMs };
    else if (!blank) words.push({ word: character, startMs, endMs });
    inWord = !blank;
  });
  return words;
}

const msOf = (seconds: unknown): number => Math.round(Number(seconds) * 1000) || 0;
