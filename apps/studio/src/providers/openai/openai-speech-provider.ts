import type { MediaTools } from '../local/media-tools/ffmpeg.js';
import { AUDIO_MIME_TYPES, encodedAudio } from '../local/speech/audio-encoder.js';
import { piecesOf } from '../local/speech/text.js';
import { wavOf } from '../local/speech/wav.js';
import type { ProviderWork } from '../media-provider.js';
import { type MadeSpeech, SpeechProvider, type SpeechRequest, type Voice } from '../speech-provider.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { openAiFaultTable } from './openai-faults.js';

export const DEFAULT_OPENAI_SPEECH_MODEL = 'gpt-4o-mini-tts';
const LONGEST_INPUT = 4_096;
/** The vendor's raw sound: 16-bit mono, which can be joined where a text takes several calls. */
const SAMPLE_RATE = 24_000;
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const VOICES = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'fable',
  'nova',
  'onyx',
  'sage',
  'shimmer',
  'verse',
];

export interface OpenAiSpeechOptions extends VendorOptions {
  readonly model?: string;
  readonly tools: MediaTools;
}

/** Speech by OpenAI. */
export class OpenAiSpeechProvider extends SpeechProvider {
  readonly name = 'openai';
  private readonly api: VendorApi;
  private readonly model: string;
  private readonly tools: MediaTools;

  constructor({
    apiKey,
    baseUrl = 'https://api.openai.com/v1',
    timeoutMs = 120_000,
    model,
    tools,
  }: OpenAiSpeechOptions) {
    super();
    this.model = model ?? DEFAULT_OPENAI_SPEECH_MODEL;
    this.tools = tools;
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: LARGEST_ANSWER_BYTES,
      credentials: (key) => ({ authorization: `Bearer ${key}` }),
      faults: openAiFaultTable(this.name),
    });
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  voices(): readonly Voice[] {
    const common = { language: 'mul', kind: 'neural', provider: this.name } as const;
    return VOICES.map((voice) => ({ ...common, id: `openai-${voice}`, name: `${voice} (OpenAI)` }));
  }

  async generate(request: SpeechRequest, { signal }: ProviderWork): Promise<MadeSpeech> {
    const { text, language, format, seed } = request;
    const parts: Buffer[] = [];
    for (const input of piecesOf(text, language, LONGEST_INPUT))
      parts.push(await this.spoken(input, request, signal));
    const bytes = Buffer.concat(parts);
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const wav = wavOf({ samples, sampleRate: SAMPLE_RATE });
    return {
      bytes: await encodedAudio(this.tools, { bytes: wav, format: 'wav' }, format, signal),
      mimeType: AUDIO_MIME_TYPES[format],
      durationMs: Math.round((samples.length * 1000) / SAMPLE_RATE),
      provider: this.name,
      model: this.model,
      seed,
      limits: ['the vendor takes no seed and tells no times of words'],
    };
  }

  private async spoken(input: string, { voice, speed }: SpeechRequest, signal: AbortSignal): Promise<Buffer> {
    const body = {
      model: this.model,
      input,
      voice: voice.replace(/^openai-/, ''),
      response_format: 'pcm',
      speed,
    };
    const headers = { accept: 'application/octet-stream, application/json' };
    const call = { method: 'POST', path: '/audio/speech', body, headers, purpose: 'work' } as const;
    const { bytes, contentType, status } = await this.api.call(call, signal);
    const isSound = /^(audio\/|application\/octet-stream)/.test(contentType);
    if (!isSound || bytes.length === 0 || bytes.length % 2 !== 0)
      throw this.api.unreadable('the answer is no sound', 'work', status);
    return bytes;
  }
}
