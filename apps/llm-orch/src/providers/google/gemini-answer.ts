import type { CompletionChunk } from '../completion.js';
import { list, record, text } from '../wire/json-shapes.js';
import type { WireFinish } from '../wire/wire-finish.js';
import type { AnswerReader } from '../wire/wire-text-provider.js';
import { faultInStream } from './gemini-faults.js';
import { usageOf } from './gemini-usage.js';
import { signedCallId } from './thought-signatures.js';

const WITHHELD = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
]);

/** Reads one answer: an event of its stream has the form of a whole one. */
export class GeminiAnswerReader implements AnswerReader {
  /** Nothing says that the stream is over, and the usage may come last. */
  readonly done = false;
  model: string | undefined;
  private reason: string | undefined;
  private blocked = false;
  private calls = 0;

  constructor(private readonly provider: string) {}

  get finish(): WireFinish | undefined {
    if (this.blocked) return 'withheld';
    if (this.reason === undefined) return undefined;
    if (WITHHELD.has(this.reason)) return 'withheld';
    if (this.reason === 'MAX_TOKENS') return 'length';
    // The others say that the model called a tool in a broken way, or nothing at all.
    if (this.reason !== 'STOP') return 'broken';
    return this.calls > 0 ? 'tool_calls' : 'stop';
  }

  whole(body: Record<string, unknown>): CompletionChunk[] | undefined {
    const isAnswer = list(body['candidates']) !== undefined || body['promptFeedback'] !== undefined;
    return isAnswer ? this.read(body) : undefined;
  }

  read(event: Record<string, unknown>): CompletionChunk[] {
    if (event['error'] !== undefined) throw faultInStream(this.provider, event);
    this.model = text(event['modelVersion']) ?? this.model;
    this.blocked ||= text(record(event['promptFeedback'])?.['blockReason']) !== undefined;
    const candidate = record(list(event['candidates'])?.[0]);
    this.reason = text(candidate?.['finishReason']) ?? this.reason;
    const parts = list(record(candidate?.['content'])?.['parts']) ?? [];
    const usage = usageOf(event['usageMetadata']);
    return [
      ...parts.flatMap((part) => this.piece(part)),
      ...(usage ? [{ type: 'usage' as const, usage }] : []),
    ];
  }

  private piece(value: unknown): CompletionChunk[] {
    const part = record(value) ?? {};
    const call = record(part['functionCall']);
    if (call !== undefined) return [this.call(call, text(part['thoughtSignature']))];
    const said = part['thought'] === true ? '' : (text(part['text']) ?? '');
    return said === '' ? [] : [{ type: 'delta', text: said }];
  }

  private call(call: Record<string, unknown>, signature: string | undefined): CompletionChunk {
    const index = this.calls;
    this.calls += 1;
    return {
      type: 'tool-call',
      index,
      id: signedCallId(text(call['id']) ?? `call_${index}`, signature),
      name: text(call['name']) ?? '',
      arguments: JSON.stringify(record(call['args']) ?? {}),
    };
  }
}
