import type {
  Completion,
  CompletionChunk,
  CompletionRequest,
  CompletionUsage,
  FinishChunk,
  ToolCall,
} from './completion.js';
import { ProviderFault } from './provider-fault.js';
import { countMessageTokens, countTokens } from './token-count.js';
import { ToolCallParts } from './tool-call-parts.js';

/** Said in `limits` of every answer whose usage we had to count. */
export const USAGE_IS_COUNTED = 'token counts are our estimate: the server sent no usage';

/** Puts a stream together while it passes. */
export class CompletionParts {
  private readonly texts: string[] = [];
  private readonly calls = new ToolCallParts();
  private reported: CompletionUsage | undefined;
  private end: FinishChunk | undefined;

  add(chunk: CompletionChunk): void {
    if (chunk.type === 'delta') this.texts.push(chunk.text);
    else if (chunk.type === 'tool-call') this.calls.add(chunk);
    else if (chunk.type === 'usage') this.reported = chunk.usage;
    else this.end = chunk;
  }

  /** Whether anything came that a caller can see. */
  get visible(): boolean {
    return this.texts.length > 0 || !this.calls.empty;
  }

  /** What the vendor reported last; undefined: nothing yet. */
  get usage(): CompletionUsage | undefined {
    return this.reported;
  }

  text(): string {
    return this.texts.join('');
  }

  /** Text and tool calls as one text, for counting. */
  written(): string {
    return `${this.text()}${this.calls.written()}`;
  }

  toolCalls(): readonly ToolCall[] {
    return this.calls.list();
  }

  finish(): FinishChunk | undefined {
    return this.end;
  }

  /** Undefined until the stream finished. */
  completion(request: Pick<CompletionRequest, 'messages'>): Completion | undefined {
    if (this.end === undefined) return undefined;
    const { finishReason, model, limits } = this.end;
    const toolCalls = this.toolCalls();
    return {
      text: this.text(),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
      model,
      finishReason,
      usage: this.reported ?? countedUsage(request, this.written()),
      limits: this.reported === undefined ? [...limits, USAGE_IS_COUNTED] : limits,
    };
  }
}

/** Stands in for usage that a server did not send: never zero for a paid answer, and labelled. */
export function countedUsage(
  { messages }: Pick<CompletionRequest, 'messages'>,
  written: string,
): CompletionUsage {
  return {
    inputTokens: countMessageTokens(messages),
    outputTokens: countTokens(written),
    cachedTokens: 0,
    source: 'counted',
  };
}

/** A whole answer from its pieces. @throws ProviderFault `transport` when they end without a `finish` */
export async function collected(
  chunks: AsyncIterable<CompletionChunk>,
  { provider, request }: { provider: string; request: CompletionRequest },
): Promise<Completion> {
  const parts = new CompletionParts();
  for await (const chunk of chunks) parts.add(chunk);
  const completion = parts.completion(request);
  if (completion !== undefined) return completion;
  throw new ProviderFault({ provider, kind: 'transport' }, 'the stream ended without an end');
}

/** A whole answer as the pieces of a stream. */
export function* chunksOf({
  text,
  toolCalls = [],
  usage,
  ...finish
}: Completion): Generator<CompletionChunk> {
  if (text !== '') yield { type: 'delta', text };
  for (const [index, call] of toolCalls.entries()) yield { type: 'tool-call', index, ...call };
  yield { type: 'usage', usage };
  yield { type: 'finish', ...finish };
}
