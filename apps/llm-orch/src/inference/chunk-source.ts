import type { CompletionChunk } from '../providers/completion.js';

/** A stream that was begun: what came until something was visible, then the rest. */
export class ChunkSource {
  private constructor(
    private readonly head: CompletionChunk[],
    private readonly rest: AsyncIterator<CompletionChunk>,
  ) {}

  /** Reads until something is visible, or all there is. Faults before that are thrown: nobody has seen anything yet. */
  static async begin(chunks: AsyncIterable<CompletionChunk>): Promise<ChunkSource> {
    const rest = chunks[Symbol.asyncIterator]();
    const head: CompletionChunk[] = [];
    for (;;) {
      const step = await rest.next();
      if (step.done === true) return new ChunkSource(head, rest);
      head.push(step.value);
      if (step.value.type !== 'usage') return new ChunkSource(head, rest);
    }
  }

  /** The next chunk; undefined at the end. */
  async next(): Promise<CompletionChunk | undefined> {
    const first = this.head.shift();
    if (first !== undefined) return first;
    const step = await this.rest.next();
    return step.done === true ? undefined : step.value;
  }

  /** Hangs up on the provider. Whoever waits for a chunk ends by the signal; nobody waits for this. */
  leave(): void {
    void Promise.resolve(this.rest.return?.()).catch(() => undefined);
  }
}
