import type { ConverseResponse, ConverseStreamOutput, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { CompletionChunk } from '../completion.js';
import type { WireFinish } from '../wire/wire-finish.js';
import { usageOf } from './bedrock-usage.js';

/** Reads one answer, whole or in events. */
export class BedrockAnswerReader {
  finish: WireFinish | undefined;
  /** Which of our calls a content block is, and whether its arguments have begun. */
  private readonly calls = new Map<number, { index: number; begun: boolean }>();

  whole({ output, stopReason, usage }: ConverseResponse): CompletionChunk[] | undefined {
    const content = output?.message?.content;
    if (content === undefined || stopReason === undefined) return undefined;
    this.finish = finishOf(stopReason);
    const pieces = content.flatMap(({ text, toolUse }, at): CompletionChunk[] => {
      if (toolUse === undefined) return said(text);
      const opened = this.open(at, toolUse);
      return [...opened, ...this.argue(at, JSON.stringify(toolUse.input ?? {}))];
    });
    return [...pieces, ...used(usage)];
  }

  read(event: ConverseStreamOutput): CompletionChunk[] {
    if (event.contentBlockStart !== undefined) {
      const { contentBlockIndex = 0, start } = event.contentBlockStart;
      return start?.toolUse === undefined ? [] : this.open(contentBlockIndex, start.toolUse);
    }
    if (event.contentBlockDelta !== undefined) {
      const { contentBlockIndex = 0, delta } = event.contentBlockDelta;
      return [...said(delta?.text), ...this.argue(contentBlockIndex, delta?.toolUse?.input ?? '')];
    }
    if (event.contentBlockStop !== undefined)
      return this.close(event.contentBlockStop.contentBlockIndex ?? 0);
    if (event.messageStop?.stopReason !== undefined) this.finish = finishOf(event.messageStop.stopReason);
    // It comes after the stop, so that nobody may leave at the stop.
    return used(event.metadata?.usage);
  }

  private open(
    at: number,
    { toolUseId = '', name = '' }: { toolUseId?: string; name?: string },
  ): CompletionChunk[] {
    const index = this.calls.size;
    this.calls.set(at, { index, begun: false });
    return [{ type: 'tool-call', index, id: toolUseId, name, arguments: '' }];
  }

  private argue(at: number, fragment: string): CompletionChunk[] {
    const call = this.calls.get(at);
    if (call === undefined || fragment === '') return [];
    call.begun = true;
    return [{ type: 'tool-call', index: call.index, arguments: fragment }];
  }

  /** A call without arguments sends no piece of them: its arguments are an empty object. */
  private close(at: number): CompletionChunk[] {
    return this.calls.get(at)?.begun === false ? this.argue(at, '{}') : [];
  }
}

function said(text: string | undefined): CompletionChunk[] {
  return text === undefined || text === '' ? [] : [{ type: 'delta', text }];
}

function used(raw: TokenUsage | undefined): CompletionChunk[] {
  const usage = usageOf(raw);
  return usage === undefined ? [] : [{ type: 'usage', usage }];
}

function finishOf(reason: string): WireFinish {
  if (reason === 'content_filtered' || reason === 'guardrail_intervened') return 'withheld';
  if (reason.startsWith('malformed_')) return 'broken';
  if (reason === 'tool_use') return 'tool_calls';
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'length' : 'stop';
}
