import { countMessageTokens, countTokens } from '../token-count.js';
import type { CompletionRequest, CompletionUsage } from '../text-provider.js';

export type MaxTokensField = 'max_completion_tokens' | 'max_tokens';

/** Reasoning models refuse sampling parameters and the old length field, on whatever server they run. */
const REASONING_MODEL = /^(?:openai\/)?(?:o\d|gpt-5)/;

/** Vendors refuse JSON mode unless the prompt itself speaks of JSON. Its tokens are covered by the request bound. */
const ASK_FOR_JSON = 'Answer with one JSON object.';

export function isReasoningModel(model: string): boolean {
  return REASONING_MODEL.test(model);
}

/** The request body of `POST {baseUrl}/chat/completions`; absent fields are left out, never null. */
export function toChatBody(
  request: CompletionRequest,
  maxTokensField: MaxTokensField,
): Record<string, unknown> {
  const json = request.responseFormat === 'json';
  const sampling = isReasoningModel(request.model)
    ? {}
    : { temperature: request.temperature, top_p: request.topP, stop: stopField(request.stop) };
  return {
    model: request.model,
    messages: json ? withJsonAsked(request.messages) : request.messages,
    [maxTokensField]: request.maxTokens,
    ...sampling,
    seed: request.seed,
    ...(json ? { response_format: { type: 'json_object' } } : {}),
    stream: false,
  };
}

function stopField(stop: readonly string[] | undefined): readonly string[] | undefined {
  return stop && stop.length > 0 ? stop : undefined;
}

function withJsonAsked(messages: CompletionRequest['messages']): CompletionRequest['messages'] {
  if (messages.some(({ content }) => /json/i.test(content))) return messages;
  return [{ role: 'system', content: ASK_FOR_JSON }, ...messages];
}

export interface ChatAnswer {
  readonly text: string;
  readonly model?: string;
  readonly finishReason: string | undefined;
  readonly refusal?: string;
  readonly usage?: CompletionUsage;
}

/** The parts we use of a 200 answer; undefined when it is not an answer at all. */
export function fromChatBody(body: unknown): ChatAnswer | undefined {
  const answer = record(body);
  const choice = record(list(answer?.['choices'])?.[0]);
  const message = record(choice?.['message']);
  if (!answer || !choice || !message) return undefined;
  return {
    text: text(message['content']) ?? '',
    model: text(answer['model']),
    finishReason: text(choice['finish_reason']),
    refusal: text(message['refusal']),
    usage: usage(answer['usage']),
  };
}

/** `prompt_tokens` contains the cached ones in this wire format; ours are disjoint. */
function usage(value: unknown): CompletionUsage | undefined {
  const raw = record(value);
  const prompt = count(raw?.['prompt_tokens']);
  const output = count(raw?.['completion_tokens']);
  if (prompt === undefined || output === undefined) return undefined;
  const cached = count(record(raw?.['prompt_tokens_details'])?.['cached_tokens']) ?? 0;
  const cachedTokens = Math.min(cached, prompt);
  return { inputTokens: prompt - cachedTokens, outputTokens: output, cachedTokens, source: 'provider' };
}

/** Stands in for usage that a server did not send: never zero for a paid answer, and labelled. */
export function countedUsage(request: CompletionRequest, answer: string): CompletionUsage {
  return {
    inputTokens: countMessageTokens(request.messages),
    outputTokens: countTokens(answer),
    cachedTokens: 0,
    source: 'counted',
  };
}

export interface WireError {
  readonly code: string;
  readonly type: string;
  readonly message: string;
}

/** `{ error: { code, type, message } }` as OpenAI writes it, and the variants of other servers. */
export function wireError(body: unknown): WireError {
  const top = record(body);
  const error = record(top?.['error']) ?? top;
  const message = text(error?.['message']) ?? text(top?.['error']) ?? text(top?.['detail']) ?? '';
  const code = error?.['code'];
  // Some servers write their HTTP status there, as a number.
  return {
    code: typeof code === 'number' ? String(code) : (text(code) ?? ''),
    type: text(error?.['type']) ?? '',
    message,
  };
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
