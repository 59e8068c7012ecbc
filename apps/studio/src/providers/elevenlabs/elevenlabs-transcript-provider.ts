import type { ProviderWork } from '../media-provider.js';
import { type Transcript, TranscriptProvider, type TranscriptRequest } from '../transcript-provider.js';
import { meanConfidence, probabilityOf, segmentsOfWords } from '../transcript-words.js';
import { at, numberAt, textAt } from '../vendor/json.js';
import type { VendorApi, VendorOptions } from '../vendor/vendor-api.js';
import { elevenLabsApi } from './elevenlabs-api.js';

export const DEFAULT_ELEVENLABS_TRANSCRIPT_MODEL = 'scribe_v2';

export interface ElevenLabsTranscriptOptions extends VendorOptions {
  readonly model?: string;
}

/** Transcripts by ElevenLabs, in one answer. */
export class ElevenLabsTranscriptProvider extends TranscriptProvider {
  readonly name = 'elevenlabs';
  private readonly api: VendorApi;
  private readonly model: string;

  constructor({ model, ...options }: ElevenLabsTranscriptOptions) {
    super();
    this.api = elevenLabsApi({ timeoutMs: 300_000, ...options });
    this.model = model ?? DEFAULT_ELEVENLABS_TRANSCRIPT_MODEL;
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
      path: '/v1/speech-to-text',
      body: this.form(request),
      purpose: 'work',
    } as const;
    const { json, status } = await this.api.call(call, signal);
    const listed = at(json, 'words');
    const text = at(json, 'text');
    if (!Array.isArray(listed) || typeof text !== 'string')
      throw this.api.unreadable('the answer holds no transcript', 'work', status);
    const words = listed.filter((word) => textAt(word, 'type') === 'word').map(wordOf);
    return {
      text: text.trim(),
      language: tagOf(textAt(json, 'language_code')) ?? request.languageHint ?? 'und',
      confidence: meanConfidence(words),
      segments: segmentsOfWords(words),
      provider: this.name,
      model: this.model,
      limits: [],
    };
  }

  private form({ audio, mimeType, languageHint }: TranscriptRequest): FormData {
    const form = new FormData();
    form.append('model_id', this.model);
    form.append('file', new Blob([new Uint8Array(audio)], { type: mimeType }), 'recording');
    form.append('timestamps_granularity', 'word');
    form.append('tag_audio_events', 'false');
    const [language] = languageHint?.split('-') ?? [];
    if (language !== undefined) form.append('language_code', language.toLowerCase());
    return form;
  }
}

function wordOf(word: unknown) {
  const ms = (key: string) => Math.round((numberAt(word, key) ?? 0) * 1000);
  return {
    word: textAt(word, 'text') ?? '',
    startMs: ms('start'),
    endMs: ms('end'),
    confidence: probabilityOf(numberAt(word, 'logprob')),
  };
}

/** The vendor says `eng`, BCP 47 says `en`. */
function tagOf(code: string | undefined): string | undefined {
  return code !== undefined && /^[a-z]{2,3}$/i.test(code) ? Intl.getCanonicalLocales(code)[0] : undefined;
}
