import type { CompletionUsage, FinishReason, ToolCall } from '../completion.js';
import { list, record, text } from '../wire/json-shapes.js';
import { usageOf } from './openai-usage.js';

export interface ChatAnswer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
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
    toolCalls: (list(message['tool_calls']) ?? []).map(toolCall),
    model: text(answer['model']),
    finishReason: text(choice['finish_reason']),
    refusal: text(message['refusal']),
    usage: usageOf(answer['usage']),
  };
}

function toolCall(value: unknown, index: number): ToolCall {
  const call = record(value);
  const { name, arguments: args } = record(call?.['function']) ?? {};
  return { id: text(call?.['id']) ?? `call_${index}`, name: text(name) ?? '', arguments: text(args) ?? '' };
}

/** Undefined: the vendor withheld the answer. */
export function finishReasonOf(reason: string | undefined, callsTools: boolean): FinishReason | undefined {
  if (reason === 'content_filter') return undefined;
  if (reason === 'length') return 'length';
  // Several servers finish with `stop` although they call tools.
  return callsTools ? 'tool_calls' : 'stop';
}
