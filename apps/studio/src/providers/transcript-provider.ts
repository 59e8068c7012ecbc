import { MediaProvider, type MediaRequest } from './media-provider.js';

/** One recording to be written down. */
export interface TranscriptRequest extends MediaRequest {
  readonly audio: Buffer;
  readonly mimeType: string;
  readonly durationMs: number;
  /** BCP 47; absent: detected where the provider can. */
  readonly languageHint?: string;
}

/** A stretch of speech. Times in milliseconds from the start, `confidence` 0-1. */
export interface TranscriptSegment {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly confidence: number;
  readonly words?: readonly {
    readonly word: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly confidence: number;
  }[];
}

/** What was said. `confidence` 0-1; `language` BCP 47. */
export interface Transcript {
  readonly text: string;
  readonly language: string;
  readonly confidence: number;
  readonly segments: readonly TranscriptSegment[];
  readonly provider: string;
  readonly model: string;
  readonly limits: string[];
}

/** Writes recordings down. */
export abstract class TranscriptProvider extends MediaProvider<TranscriptRequest, Transcript> {
  /** BCP 47 tags that it understands; `*` for any. */
  abstract languages(): readonly string[];
}
