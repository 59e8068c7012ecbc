import type { CompletionChunk } from '../providers/completion.js';
import { countTokens } from '../providers/token-count.js';

/**
 * Keeps a stream within the tokens it was held for, whatever the vendor sends: what would pass them is not passed on.
 * A token covers at least one byte, so nothing needs to be counted until there are more bytes than tokens; from then on
 * the exact count is brought up to date when the bytes since could make the difference.
 */
export class OutputGuard {
  private written = '';
  private counted = 0;
  private countedBytes = 0;
  private bytes = 0;

  constructor(private readonly maxTokens: number) {}

  /** Whether `chunk` does not fit any more; one that fits is counted. */
  refuses(chunk: CompletionChunk): boolean {
    if (chunk.type !== 'delta' && chunk.type !== 'tool-call') return false;
    const text = chunk.type === 'delta' ? chunk.text : `${chunk.name ?? ''}${chunk.arguments}`;
    const bytes = this.bytes + Buffer.byteLength(text);
    const written = this.written + text;
    if (this.counted + bytes - this.countedBytes > this.maxTokens) {
      this.counted = countTokens(written);
      this.countedBytes = bytes;
      if (this.counted > this.maxTokens) return true;
    }
    this.bytes = bytes;
    this.written = written;
    return false;
  }
}
