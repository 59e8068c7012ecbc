import { MediaFormat, type TranscriptionJob } from '@aws-sdk/client-transcribe';
import { type CancelOutcome, PendingTask, type ProviderWork } from '../media-provider.js';
import { ProviderFault } from '../provider-fault.js';
import { type Transcript, TranscriptProvider, type TranscriptRequest } from '../transcript-provider.js';
import { meanConfidence } from '../transcript-words.js';
import { parsedJson } from '../vendor/json.js';
import { TranscribeApi } from './transcribe-api.js';
import { TranscribeBucket } from './transcribe-bucket.js';
import { transcribeDocument } from './transcribe-document.js';
import { TRANSCRIBE_LANGUAGES, transcribeLanguage } from './transcribe-languages.js';

const MODEL = 'transcribe-standard';
const POLL_AFTER_MS = 5_000;
const FOLDER = 'eventzr-transcripts';
const FORMATS: Readonly<Record<string, MediaFormat>> = {
  'audio/mpeg': MediaFormat.MP3,
  'audio/wav': MediaFormat.WAV,
  'audio/mp4': MediaFormat.MP4,
  'audio/ogg': MediaFormat.OGG,
  'audio/webm': MediaFormat.WEBM,
  'audio/flac': MediaFormat.FLAC,
};

export interface AwsTranscribeOptions {
  readonly region: string;
  /** Without bucket and both keys the provider counts as not configured. */
  readonly bucket?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Other addresses than the region's own. */
  readonly endpoint?: string;
  readonly storageEndpoint?: string;
  readonly timeoutMs?: number;
}

/**
 * Transcripts by Amazon Transcribe. A job bears our key as its name, so that a lost submit is found again and a second
 * one adopts it. The recording is removed when the job has ended; the transcript stays, since a look must be repeatable,
 * until the bucket's own rule removes it.
 */
export class AwsTranscribeProvider extends TranscriptProvider {
  readonly name = 'aws-transcribe';
  private readonly vendor: { readonly api: TranscribeApi; readonly bucket: TranscribeBucket } | undefined;

  constructor(private readonly options: AwsTranscribeOptions) {
    super();
    const { region, bucket = '', accessKeyId = '', secretAccessKey = '', timeoutMs = 60_000 } = options;
    if (bucket === '' || accessKeyId === '' || secretAccessKey === '') return;
    const { endpoint, storageEndpoint } = options;
    const access = { provider: this.name, region, accessKeyId, secretAccessKey };
    this.vendor = {
      api: new TranscribeApi({ ...access, timeoutMs, ...(endpoint === undefined ? {} : { endpoint }) }),
      bucket: new TranscribeBucket({
        ...access,
        bucket,
        ...(storageEndpoint === undefined ? {} : { endpoint: storageEndpoint }),
      }),
    };
  }

  configured(): boolean {
    return this.vendor !== undefined;
  }

  models(): readonly string[] {
    return [MODEL];
  }

  languages(): readonly string[] {
    return TRANSCRIBE_LANGUAGES;
  }

  async generate(request: TranscriptRequest, { signal }: ProviderWork): Promise<PendingTask> {
    signal.throwIfAborted();
    const { api, bucket } = this.reached();
    const { audio, mimeType, languageHint, idempotencyKey } = request;
    const format = FORMATS[mimeType];
    if (format === undefined) throw api.fault('rejected', `the vendor takes no ${mimeType}`);
    const language = languageHint === undefined ? undefined : transcribeLanguage(languageHint);
    if (languageHint !== undefined && language === undefined)
      throw api.fault('rejected', `the vendor does not write down "${languageHint}"`);
    const name = jobName(idempotencyKey);
    await bucket.put(recordingKey(name), audio, mimeType, signal);
    const job = {
      TranscriptionJobName: name,
      Media: { MediaFileUri: bucket.uri(recordingKey(name)) },
      MediaFormat: format,
      OutputBucketName: this.options.bucket,
      OutputKey: transcriptKey(name),
      ...(language === undefined ? { IdentifyLanguage: true } : { LanguageCode: language }),
    };
    await api.start(job, signal).catch(async (error: unknown) => {
      // A job whose start is unknown may still read its recording.
      if (error instanceof ProviderFault && error.kind === 'rejected')
        await this.forget(recordingKey(name), signal);
      throw error;
    });
    return new PendingTask(name, POLL_AFTER_MS);
  }

  override async poll(
    name: string,
    { languageHint }: TranscriptRequest,
    { signal }: ProviderWork,
  ): Promise<Transcript | PendingTask> {
    signal.throwIfAborted();
    const { api, bucket } = this.reached();
    const job = await api.find(name, signal);
    if (job === undefined) throw api.fault('rejected', 'the vendor does not know the job');
    const state = job.TranscriptionJobStatus;
    if (state === 'FAILED') {
      await this.forget(recordingKey(name), signal);
      throw api.fault('rejected', `the job failed (${reasonOf(job)})`, 200);
    }
    if (state !== 'COMPLETED') return new PendingTask(name, POLL_AFTER_MS);
    const heard = transcribeDocument(parsedJson(await bucket.read(transcriptKey(name), signal)));
    if (heard === undefined) throw api.fault('rejected', 'the file is no transcript', 200);
    await this.forget(recordingKey(name), signal);
    return {
      text: heard.text,
      language: job.LanguageCode ?? heard.language ?? languageHint ?? 'und',
      confidence: meanConfidence(heard.words),
      segments: heard.segments,
      provider: this.name,
      model: MODEL,
      limits: [],
    };
  }

  /** Removing a job that runs is not documented to save its price. */
  override async cancel(name: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    const { api } = this.reached();
    const state = (await api.find(name, signal))?.TranscriptionJobStatus;
    if (state !== undefined) await api.remove(name, signal);
    for (const key of [recordingKey(name), transcriptKey(name)]) await this.forget(key, signal);
    if (state === 'COMPLETED') return 'charged';
    return state === 'FAILED' ? 'stopped' : 'unknown';
  }

  override async recall(
    { idempotencyKey }: TranscriptRequest,
    { signal }: ProviderWork,
  ): Promise<PendingTask | undefined> {
    const name = jobName(idempotencyKey);
    const job = await this.reached().api.find(name, signal);
    return job === undefined ? undefined : new PendingTask(name, POLL_AFTER_MS);
  }

  /** Nothing is lost with an object that stays: the bucket's own rule removes it. */
  private async forget(key: string, signal: AbortSignal): Promise<void> {
    await this.reached()
      .bucket.remove(key, signal)
      .catch(() => signal.throwIfAborted());
  }

  private reached() {
    if (this.vendor !== undefined) return this.vendor;
    const message = 'no access key or bucket is configured';
    throw new ProviderFault({ provider: this.name, kind: 'auth', message });
  }
}

/** The vendor's names have letters, digits, `.`, `_` and `-` alone. */
const jobName = (idempotencyKey: string): string =>
  idempotencyKey.replace(/[^0-9A-Za-z._-]/g, '-').slice(0, 200);
const recordingKey = (name: string): string => `${FOLDER}/${name}/recording`;
const transcriptKey = (name: string): string => `${FOLDER}/${name}/transcript.json`;
const reasonOf = ({ FailureReason }: TranscriptionJob): string =>
  (FailureReason ?? 'no reason').slice(0, 200);
