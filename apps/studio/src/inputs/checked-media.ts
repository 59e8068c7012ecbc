import type { Origin } from '../providers/local/origin/read-origin.js';

/** What is known of a file once it has been looked into. Sizes are pixels. */
export interface CheckedMedia {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** Of pictures: what the original told of its making; the copy tells nothing. */
  readonly origin?: Origin;
}
