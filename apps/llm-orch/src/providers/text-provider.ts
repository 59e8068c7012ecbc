import type { Completion, CompletionChunk, CompletionRequest } from './completion.js';
import { chunksOf, collected } from './completion-chunks.js';
import { ModelProvider } from './model-provider.js';

export type * from './completion.js';
export { ProviderFault } from './provider-fault.js';
export type { ProviderFaultKind } from './provider-fault.js';

export interface ModelInfo {
  readonly id: string;
  /** Tokens of prompt and answer together. */
  readonly contextWindowTokens: number;
  readonly maxOutputTokens: number;
  readonly capabilities: readonly ('text' | 'json' | 'vision' | 'tools')[];
  readonly description?: string;
}

/**
 * Port to whatever writes text: a vendor's API or the local planner. Neither method retries: retries, fallbacks and
 * breakers are the caller's, who owns the deadline and the budget.
 */
export abstract class TextProvider extends ModelProvider<ModelInfo> {
  /** One answer. Throws {@link ProviderFault}; when `signal` was aborted it throws the signal's reason instead. */
  abstract complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;

  /**
   * The same answer piece by piece, with the same faults: a stream that ends without a `finish` does not end, it throws
   * `transport`. Returning the iterator early aborts the call upstream. Here: the whole answer as one piece, for
   * providers that have it at once.
   */
  async *stream(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk> {
    yield* chunksOf(await this.complete(request, signal));
  }

  /**
   * Looks whether the vendor can be reached, and answers which of our models it does not offer. Here: nothing to look at.
   * Throws {@link ProviderFault} like the others.
   */
  probe(_signal: AbortSignal): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

/** A provider that streams by nature: its whole answer is its stream put together. */
export abstract class StreamingTextProvider extends TextProvider {
  abstract override stream(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk>;

  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return collected(this.stream(request, signal), { provider: this.name, request });
  }
}
