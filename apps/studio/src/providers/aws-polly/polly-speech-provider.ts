import {
  PollyClient,
  SynthesizeSpeechCommand,
  type Engine,
  type LanguageCode,
  type VoiceId,
} from '@aws-sdk/client-polly';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsFault } from '../aws/aws-faults.js';
import type { MediaTools } from '../local/media-tools/ffmpeg.js';
import { AUDIO_MIME_TYPES, encodedAudio } from '../local/speech/audio-encoder.js';
import { piecesOf } from '../local/speech/text.js';
import { wavOf } from '../local/speech/wav.js';
import type { ProviderWork } from '../media-provider.js';
import { ProviderFault } from '../provider-fault.js';
import { type MadeSpeech, SpeechProvider, type SpeechRequest, type Voice } from '../speech-provider.js';

/** Billed characters of one call. */
const LONGEST_TEXT = 2_900;
/** The best raw sound that the vendor has. */
const SAMPLE_RATE = 16_000;

const VOICES: readonly (readonly [VoiceId, LanguageCode, 'female' | 'male'])[] = [
  ['Joanna', 'en-US', 'female'],
  ['Matthew', 'en-US', 'male'],
  ['Amy', 'en-GB', 'female'],
  ['Arthur', 'en-GB', 'male'],
  ['Kajal', 'en-IN', 'female'],
  ['Olivia', 'en-AU', 'female'],
  ['Vicki', 'de-DE', 'female'],
  ['Daniel', 'de-DE', 'male'],
  ['Lucia', 'es-ES', 'female'],
  ['Sergio', 'es-ES', 'male'],
  ['Mia', 'es-MX', 'female'],
  ['Lea', 'fr-FR', 'female'],
  ['Remi', 'fr-FR', 'male'],
  ['Bianca', 'it-IT', 'female'],
  ['Camila', 'pt-BR', 'female'],
  ['Laura', 'nl-NL', 'female'],
  ['Ola', 'pl-PL', 'female'],
  ['Elin', 'sv-SE', 'female'],
  ['Takumi', 'ja-JP', 'male'],
  ['Seoyeon', 'ko-KR', 'female'],
];

export interface PollyOptions {
  readonly region: string;
  /** Without both the provider counts as not configured. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Another address than the region's own. */
  readonly endpoint?: string;
  readonly timeoutMs?: number;
  readonly engine?: Engine;
  readonly tools: MediaTools;
}

/** Speech by Amazon Polly. */
export class PollySpeechProvider extends SpeechProvider {
  readonly name = 'aws-polly';
  private readonly client: PollyClient | undefined;
  private readonly engine: Engine;
  private readonly timeoutMs: number;
  private readonly tools: MediaTools;

  constructor(options: PollyOptions) {
    super();
    const { accessKeyId = '', secretAccessKey = '', region, endpoint } = options;
    this.engine = options.engine ?? 'neural';
    this.timeoutMs = options.timeoutMs ?? 60_000;
    this.tools = options.tools;
    if (accessKeyId === '' || secretAccessKey === '') return;
    this.client = new PollyClient({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // The job's own retries count and wait; the SDK must not add to them.
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000 }),
      ...(endpoint === undefined ? {} : { endpoint }),
    });
  }

  configured(): boolean {
    return this.client !== undefined;
  }

  models(): readonly string[] {
    return [`polly-${this.engine}`];
  }

  voices(): readonly Voice[] {
    const kind = this.engine === 'standard' ? 'standard' : 'neural';
    return VOICES.map(([voice, language, gender]) => ({
      id: `polly-${voice.toLowerCase()}`,
      name: `${voice} (Amazon Polly)`,
      language,
      gender,
      kind,
      provider: this.name,
    }));
  }

  async generate(request: SpeechRequest, { signal }: ProviderWork): Promise<MadeSpeech> {
    signal.throwIfAborted();
    const { text, language, format, seed } = request;
    const parts: Buffer[] = [];
    for (const piece of piecesOf(text, language, LONGEST_TEXT))
      parts.push(await this.spoken(piece, request, signal));
    const bytes = Buffer.concat(parts);
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const wav = wavOf({ samples, sampleRate: SAMPLE_RATE });
    return {
      bytes: await encodedAudio(this.tools, { bytes: wav, format: 'wav' }, format, signal),
      mimeType: AUDIO_MIME_TYPES[format],
      durationMs: Math.round((samples.length * 1000) / SAMPLE_RATE),
      provider: this.name,
      model: `polly-${this.engine}`,
      seed,
      limits: ['the vendor takes no seed; the times of words are not asked for, they would be billed again'],
    };
  }

  private async spoken(piece: string, { voice, speed }: SpeechRequest, signal: AbortSignal): Promise<Buffer> {
    const found = VOICES.find(([name]) => `polly-${name.toLowerCase()}` === voice);
    if (this.client === undefined) throw this.fault('auth', 'no access key is configured');
    if (found === undefined) throw this.fault('rejected', `there is no voice "${voice}"`);
    const [VoiceId, LanguageCode] = found;
    const command = new SynthesizeSpeechCommand({
      Engine: this.engine,
      VoiceId,
      LanguageCode,
      OutputFormat: 'pcm',
      SampleRate: String(SAMPLE_RATE),
      TextType: 'ssml',
      Text: `<speak><prosody rate="${Math.round(speed * 100)}%">${escaped(piece)}</prosody></speak>`,
    });
    const deadline = AbortSignal.timeout(this.timeoutMs);
    try {
      const answer = await this.client.send(command, { abortSignal: AbortSignal.any([signal, deadline]) });
      const bytes = await answer.AudioStream?.transformToByteArray();
      const isSound = answer.ContentType === 'audio/pcm' && bytes !== undefined && bytes.length > 0;
      if (!isSound || bytes.length % 2 !== 0) throw this.fault('unknown_outcome', 'the answer is no sound');
      return Buffer.from(bytes);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderFault) throw error;
      throw awsFault(this.name, error, { purpose: 'work', deadlinePassed: deadline.aborted });
    }
  }

  private fault(kind: ProviderFault['kind'], message: string): ProviderFault {
    return new ProviderFault({ provider: this.name, kind, message });
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
