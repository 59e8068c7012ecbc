import { languageTagNamed } from '../languages.js';
import type { ProviderWork } from '../media-provider.js';
import {
  type Transcript,
  TranscriptProvider,
  type TranscriptRequest,
  type TranscriptSegment,
} from '../transcript-provider.js';
import { meanConfidence, probabilityOf } from '../transcript-words.js';
import { at, numberAt, textAt } from '../vendor/json.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { openAiFaultTable } from './openai-faults.js';

/** The one whose answer tells times: the newer models answer with the text alone. */
export const DEFAULT_OPENAI_TRANSCRIPT_MODEL = 'whisper-1';
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
/** The vendor goes by the file's name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/webm': 'webm',
  'audio/flac': 'flac',
};

export interface OpenAiTranscriptOptions extends VendorOptions {
  /** A model that answers `verbose_json`. */
  readonly model?: string;
}

/** Transcripts by OpenAI, in one answer. */
export class OpenAiTranscriptProvider extends TranscriptProvider {
  readonly name = 'openai';
  private readonly api: VendorApi;
  private readonly model: string;

  constructor({
    apiKey,
    baseUrl = 'https://api.openai.com/v1',
    timeoutMs = 300_000,
    model,
  }: OpenAiTranscriptOptions) {
    super();
    this.model = model ?? DEFAULT_OPENAI_TRANSCRIPT_MODEL;
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

  languages(): readonly string[] {
    return ['*'];
  }

  async generate(request: TranscriptRequest, { signal }: ProviderWork): Promise<Transcript> {
    const call = {
      method: 'POST',
      path: '/audio/transcriptions',
      body: this.form(request),
      purpose: 'work',
    } as const;
    const { json, status } = await this.api.call(call, signal);
    const [text, listed] = [at(json, 'text'), at(json, 'segments')];
    if (typeof text !== 'string' || !Array.isArray(listed))
      throw this.api.unreadable('the answer holds no transcript', 'work', status);
    const words = wordsOf(at(json, 'words'));
    const segments = listed.map((segment) => segmentOf(segment, words));
    return {
      text: text.trim(),
      language: request.languageHint ?? languageTagNamed(textAt(json, 'language') ?? '') ?? 'und',
      confidence: meanConfidence(segments),
      segments,
      provider: this.name,
      model: this.model,
      limits: ['the vendor tells how sure it is of segments, not of words'],
    };
  }

  private form({ audio, mimeType, languageHint }: TranscriptRequest): FormData {
    const form = new FormData();
    const name = `recording.${EXTENSIONS[mimeType] ?? 'mp3'}`;
    form.append('file', new Blob([new Uint8Array(audio)], { type: mimeType }), name);
    form.append('model', this.model);
    form.append('response_format', 'verbose_json');
    form.append('timestamp_granularities[]', 'segment');
    form.append('timestamp_granularities[]', 'word');
    const [language] = languageHint?.split('-') ?? [];
    if (language !== undefined) form.append('language', language.toLowerCase());
    return form;
  }
}

interface TimedWord {
  readonly word: string;
  readonly startMs: number;
  readonly endMs: number;
}

const msAt = (value: unknown, key: string): number => Math.round((numberAt(value, key) ?? 0) * 1000);

function wordsOf(listed: unknown): TimedWord[] {
  return (Array.isArray(listed) ? listed : []).map((word: unknown) => ({
    word: textAt(word, 'word') ?? '',
    startMs: msAt(word, 'start'),
    endMs: msAt(word, 'end'),
  }));
}

function segmentOf(segment: unknown, words: readonly TimedWord[]): TranscriptSegment {
  const [startMs, endMs] = [msAt(segment, 'start'), msAt(segment, 'end')];
  const confidence = probabilityOf(numberAt(segment, 'avg_logprob'));
  const own = words.filter((word) => word.startMs >= startMs && word.startMs < endMs);
  return {
    text: (textAt(segment, 'text') ?? '').trim(),
    startMs,
    endMs,
    confidence,
    ...(own.length === 0 ? {} : { words: own.map((word) => ({ ...word, confidence })) }),
  };
}
