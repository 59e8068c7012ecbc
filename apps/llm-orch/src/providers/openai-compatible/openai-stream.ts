import type { CompletionChunk, CompletionUsage } from '../completion.js';
import { count, list, parsed, record, text } from '../wire/json-shapes.js';
import { finishReasonOf } from './openai-answer.js';
import { usageOf } from './openai-usage.js';

/** Reads the events of one stream in order. */
export class OpenAiStreamReader {
  /** `[DONE]` came: nothing follows. */
  done = false;
  /** What an event said instead of an answer; undefined: none did. */
  error: unknown;
  /** How many events could not be read. */
  malformed = 0;
  model: string | undefined;
  private finish: string | undefined;
  private calls = 0;
  private refused = false;
  private written = false;

  /** The chunks of one event's data. */
  read(data: string): CompletionChunk[] {
    if (data === '[DONE]') {
      this.done = true;
      return [];
    }
    const event = record(parsed(data));
    if (event === undefined) this.malformed += 1;
    if (event?.['error'] !== undefined && event['error'] !== null) this.error = event;
    if (event === undefined || this.error !== undefined) return [];
    this.model ??= text(event['model']);
    const choice = record(list(event['choices'])?.[0]);
    // Groq has a place of its own for it.
    const usage = usageOf(event['usage']) ?? usageOf(record(event['x_groq'])?.['usage']);
    return [...this.deltas(choice), ...(usage === undefined ? [] : [usageChunk(usage)])];
  }

  /** Whether the answer is whole. Some servers leave `[DONE]` out, others the finish reason. */
  get complete(): boolean {
    return this.done || this.finish !== undefined;
  }

  /** Undefined: the vendor withheld the answer. */
  finishReason() {
    if (this.refused && !this.written) return undefined;
    return finishReasonOf(this.finish, this.calls > 0);
  }

  private deltas(choice: Record<string, unknown> | undefined): CompletionChunk[] {
    this.finish = text(choice?.['finish_reason']) ?? this.finish;
    const delta = record(choice?.['delta']);
    if (delta === undefined) return [];
    const content = text(delta['content']) ?? '';
    this.written ||= content !== '';
    this.refused ||= (text(delta['refusal']) ?? '') !== '';
    const calls = list(delta['tool_calls'])?.map((call, place) => this.toolCall(call, place)) ?? [];
    return content === '' ? calls : [{ type: 'delta', text: content }, ...calls];
  }

  private toolCall(value: unknown, place: number): CompletionChunk {
    this.calls += 1;
    const call = record(value);
    const { name, arguments: fragment } = record(call?.['function']) ?? {};
    const id = text(call?.['id']);
    const named = text(name);
    return {
      type: 'tool-call',
      index: count(call?.['index']) ?? place,
      ...(id === undefined ? {} : { id }),
      ...(named === undefined ? {} : { name: named }),
      arguments: text(fragment) ?? '',
    };
  }
}

function usageChunk(usage: CompletionUsage): CompletionChunk {
  return { type: 'usage', usage };
}
