import type { Completion, CompletionChunk, CompletionRequest } from '../completion.js';
import { CompletionParts } from '../completion-chunks.js';
import { ProviderFault } from '../provider-fault.js';
import type { TextProvider } from '../text-provider.js';

/** For specs: a request of which only the interesting part need be said. */
export function asked(request: Partial<CompletionRequest> & { readonly model: string }): CompletionRequest {
  return {
    messages: [{ role: 'user', content: 'Plan a picnic' }],
    maxTokens: 100,
    idempotencyKey: 'key-1',
    ...request,
  };
}

export function complete(provider: TextProvider, request: CompletionRequest): Promise<Completion> {
  return provider.complete(request, new AbortController().signal);
}

export interface Streamed {
  readonly chunks: readonly CompletionChunk[];
  readonly parts: CompletionParts;
  /** Undefined: it ended well. */
  readonly fault: ProviderFault | undefined;
}

/** For specs: all that came of a stream, with the fault that ended it. */
export async function streamed(provider: TextProvider, request: CompletionRequest): Promise<Streamed> {
  const chunks: CompletionChunk[] = [];
  const parts = new CompletionParts();
  try {
    for await (const chunk of provider.stream(request, new AbortController().signal)) {
      chunks.push(chunk);
      parts.add(chunk);
    }
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    return { chunks, parts, fault: error };
  }
  return { chunks, parts, fault: undefined };
}

/** For specs: the fault of a call that must fail. */
export async function faultOf(work: Promise<unknown>): Promise<ProviderFault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderFault) return error;
  throw new Error(`not a ProviderFault: ${String(error)}`);
}
