import type { ProviderHealth, ProviderWork } from '../../media-provider.js';
import { type Transcript, TranscriptProvider, type TranscriptRequest } from '../../transcript-provider.js';
import { meanConfidence } from '../../transcript-words.js';
import type { TranscriptEngine } from './transcript-engine.js';

const LIMITS = [
  'recognised on this machine by pocketsphinx: English only, a fair draft of clear speech, poor with names and noise',
  'no punctuation, no capitals, one speaker',
];

/** Writes English down on this machine. */
export class LocalTranscriptProvider extends TranscriptProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(private readonly engine: TranscriptEngine) {
    super();
  }

  /** The tools are looked for by `health`: without them a request fails as `unavailable`. */
  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', 'pocketsphinx'];
  }

  languages(): readonly string[] {
    return ['en-US', 'en'];
  }

  async generate({ audio }: TranscriptRequest, { signal }: ProviderWork): Promise<Transcript> {
    signal.throwIfAborted();
    const { segments } = await this.engine.hear(audio, signal);
    return {
      text: segments.map(({ text }) => text).join(' '),
      language: 'en-US',
      confidence: meanConfidence(segments.flatMap(({ words = [] }) => words)),
      segments,
      provider: this.name,
      model: 'pocketsphinx',
      limits: LIMITS,
    };
  }

  override health(): Promise<ProviderHealth> {
    return this.engine.health();
  }
}
