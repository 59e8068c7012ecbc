import type { CompletionChunk, CompletionUsage } from '../completion.js';
import { countTokens } from '../token-count.js';
import { count, list, record, text } from '../wire/json-shapes.js';
import type { WireFinish } from '../wire/wire-finish.js';
import type { AnswerReader } from '../wire/wire-text-provider.js';
import { faultInStream } from './anthropic-faults.js';
import { newerUsage, usageOf } from './anthropic-usage.js';

/** Reads one message, whole or in events. */
export class AnthropicAnswerReader implements AnswerReader {
  done = false;
  finish: WireFinish | undefined;
  model: string | undefined;
  private usage: Record<string, unknown> = {};
  /** Whether the vendor's figures cover the whole answer. */
  private settled = false;
  private readonly written: string[] = [];
  /** Which of our calls a content block is, and whether its arguments have begun. */
  private readonly calls = new Map<number, { index: number; begun: boolean }>();

  constructor(private readonly provider: string) {}

  whole(body: Record<string, unknown>): CompletionChunk[] | undefined {
    const content = list(body['content']);
    if (body['type'] !== 'message' || content === undefined) return undefined;
    this.begin(body);
    const blocks = content.flatMap((block, at) => [...this.open(at, block), ...this.close(at, block)]);
    return [...blocks, ...this.settle(text(body['stop_reason']), undefined)];
  }

  read(event: Record<string, unknown>): CompletionChunk[] {
    const at = count(event['index']) ?? 0;
    switch (event['type']) {
      case 'message_start':
        this.begin(record(event['message']) ?? {});
        return [];
      case 'content_block_start':
        return this.open(at, event['content_block']);
      case 'content_block_delta':
        return this.add(at, record(event['delta']) ?? {});
      case 'content_block_stop':
        return this.close(at, undefined);
      case 'message_delta':
        return this.settle(text(record(event['delta'])?.['stop_reason']), record(event['usage']));
      case 'message_stop':
        this.done = true;
        return [];
      case 'error':
        throw faultInStream(this.provider, event);
      default:
        // `ping`, and whatever will be added: the vendor asks to pass over what one does not know.
        return [];
    }
  }

  usageSoFar(): CompletionUsage | undefined {
    const begun = usageOf(this.usage);
    if (begun === undefined || this.settled) return undefined;
    const outputTokens = Math.max(begun.outputTokens, countTokens(this.written.join('')));
    return { ...begun, outputTokens, source: 'counted' };
  }

  private begin(message: Record<string, unknown>): void {
    this.model = text(message['model']);
    this.usage = newerUsage(this.usage, record(message['usage']));
  }

  private open(at: number, value: unknown): CompletionChunk[] {
    const block = record(value);
    if (block?.['type'] === 'text') return this.say(text(block['text']) ?? '');
    if (block?.['type'] !== 'tool_use') return [];
    const index = this.calls.size;
    this.calls.set(at, { index, begun: false });
    const name = text(block['name']) ?? '';
    this.written.push(name);
    return [{ type: 'tool-call', index, id: text(block['id']) ?? '', name, arguments: '' }];
  }

  private add(at: number, delta: Record<string, unknown>): CompletionChunk[] {
    if (delta['type'] === 'text_delta') return this.say(text(delta['text']) ?? '');
    return delta['type'] === 'input_json_delta' ? this.argue(at, text(delta['partial_json']) ?? '') : [];
  }

  /** A call without arguments sends no piece of them: its arguments are an empty object. */
  private close(at: number, block: unknown): CompletionChunk[] {
    const call = this.calls.get(at);
    if (call === undefined || call.begun) return [];
    return this.argue(at, JSON.stringify(record(record(block)?.['input']) ?? {}));
  }

  private say(said: string): CompletionChunk[] {
    this.written.push(said);
    return said === '' ? [] : [{ type: 'delta', text: said }];
  }

  private argue(at: number, fragment: string): CompletionChunk[] {
    const call = this.calls.get(at);
    if (call === undefined || fragment === '') return [];
    call.begun = true;
    this.written.push(fragment);
    return [{ type: 'tool-call', index: call.index, arguments: fragment }];
  }

  private settle(reason: string | undefined, newer: Record<string, unknown> | undefined): CompletionChunk[] {
    this.finish = reason === undefined ? this.finish : finishOf(reason);
    this.usage = newerUsage(this.usage, newer);
    const usage = usageOf(this.usage);
    this.settled = usage !== undefined;
    return usage === undefined ? [] : [{ type: 'usage', usage }];
  }
}

function finishOf(reason: string): WireFinish {
  if (reason === 'refusal') return 'withheld';
  if (reason === 'tool_use') return 'tool_calls';
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'length' : 'stop';
}
