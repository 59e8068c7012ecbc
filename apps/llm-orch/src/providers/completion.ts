import type { UseCase } from './use-cases.js';

/** A function that the model may ask the caller to run. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments, an object at its top. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Whether tools may, must or must not be used, or the one that must. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** A function that the model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it, which need not be valid. */
  readonly arguments: string;
}

/** An answer that must be JSON of this schema. */
export interface JsonSchemaFormat {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}

export type ResponseFormat = 'text' | 'json' | JsonSchemaFormat;

export interface CompletionMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** May be empty only beside `toolCalls`. */
  readonly content: string;
  /** Of an assistant that asked for tools. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of a tool's result: the call it answers. */
  readonly toolCallId?: string;
}

export interface CompletionRequest {
  readonly messages: readonly CompletionMessage[];
  readonly model: string;
  /** Upper bound of output tokens, reasoning included; never exceeded. */
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly responseFormat?: ResponseFormat;
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  /** Absent: the local provider infers it from the prompt; vendors do not need it. */
  readonly useCase?: UseCase;
  readonly idempotencyKey: string;
}

/** Disjoint buckets of billed tokens: no token stands in two, their sum is all that was billed. Absent means none. */
export interface TokenBuckets {
  /** Fresh input: neither read from nor written to the vendor's prompt cache. */
  readonly inputTokens: number;
  /** Input that the vendor read from its prompt cache. */
  readonly cachedTokens: number;
  /** Input written to the vendor's prompt cache, kept for minutes. */
  readonly cacheWriteTokens?: number;
  /** The same, kept for an hour, which is dearer. */
  readonly cacheWriteHourTokens?: number;
  readonly audioInputTokens?: number;
  readonly imageInputTokens?: number;
  /** Output other than reasoning and audio. */
  readonly outputTokens: number;
  readonly reasoningTokens?: number;
  readonly audioOutputTokens?: number;
}

export interface CompletionUsage extends TokenBuckets {
  /** `provider`: the vendor's own figures; `counted`: our tokenizer, an estimate for foreign models. */
  readonly source: 'provider' | 'counted';
}

export type FinishReason = 'stop' | 'length' | 'tool_calls';

export interface Completion {
  readonly text: string;
  /** Absent when the model asked for none. */
  readonly toolCalls?: readonly ToolCall[];
  readonly model: string;
  readonly finishReason: FinishReason;
  readonly usage: CompletionUsage;
  /** What the caller should know about this answer; empty when nothing limits it. */
  readonly limits: readonly string[];
}

/** A piece of the answer's text. */
export interface TextDelta {
  readonly type: 'delta';
  readonly text: string;
}

/** A piece of a tool call; `index` says of which. The first piece of each call carries `id` and `name`. */
export interface ToolCallDelta {
  readonly type: 'tool-call';
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
  /** A fragment of the JSON text. */
  readonly arguments: string;
}

/** Everything used so far; each one replaces the one before. */
export interface UsageChunk {
  readonly type: 'usage';
  readonly usage: CompletionUsage;
}

/** Always the last chunk. */
export interface FinishChunk {
  readonly type: 'finish';
  readonly finishReason: FinishReason;
  readonly model: string;
  readonly limits: readonly string[];
}

/** What a stream is made of: any number of deltas and usages in any order, then exactly one finish. */
export type CompletionChunk = TextDelta | ToolCallDelta | UsageChunk | FinishChunk;
