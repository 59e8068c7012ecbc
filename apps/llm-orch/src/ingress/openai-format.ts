import type { StreamEvent } from '@eventzr/http';
import type { AnswerFormat, StreamStart } from '../inference/answer-format.js';
import type { TextDelta, ToolCallDelta } from '../providers/completion.js';
import { ingressCompletion, ingressFinishReason, ingressUsage } from './ingress-answer.js';
import { openAiError } from './openai-error.js';
import type { IngressCompletion } from './openai-answers.dto.js';
import { timeOfId } from './time-of-id.js';

const DONE: StreamEvent = { data: '[DONE]' };

/** Answers in OpenAI's shape; streamed as its chunks: a fault is an `error` object, and no `[DONE]` follows it. */
export function openAiFormat(includeUsage: boolean): AnswerFormat {
  return {
    whole: ingressCompletion,
    start: (start) => [choice(start, { role: 'assistant', content: '' }, null)],
    delta: (chunk, start) => choice(start, deltaOf(chunk), null),
    done: (answer) => [
      choice(answer, {}, ingressFinishReason(answer)),
      ...(includeUsage ? [{ data: { ...head(answer), choices: [], usage: ingressUsage(answer) } }] : []),
      DONE,
    ],
    fault: (_kind, error) => [{ data: openAiError(error) }],
  };
}

/** A stored answer as chunks. */
export function* replayedCompletion(data: unknown): Generator<StreamEvent> {
  const { id, model, choices, usage } = data as IngressCompletion;
  const start = { id: id.replace(/^chatcmpl-/, ''), model };
  for (const { message, finish_reason: reason } of choices) {
    const { role, content, tool_calls: calls = [] } = message;
    const toolCalls = calls.map((call, index) => ({ index, ...call }));
    yield choice(
      start,
      { role, content: content ?? '', ...(calls.length === 0 ? {} : { tool_calls: toolCalls }) },
      null,
    );
    yield choice(start, {}, reason);
  }
  yield { data: { ...head(start), choices: [], usage } };
  yield DONE;
}

function choice(start: Pick<StreamStart, 'id' | 'model'>, delta: object, finish: string | null): StreamEvent {
  return { data: { ...head(start), choices: [{ index: 0, delta, finish_reason: finish }] } };
}

function head({ id, model }: Pick<StreamStart, 'id' | 'model'>) {
  return { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created: timeOfId(id), model };
}

function deltaOf(chunk: TextDelta | ToolCallDelta): object {
  if (chunk.type === 'delta') return { content: chunk.text };
  const { index, id, name, arguments: args } = chunk;
  const named = name === undefined ? {} : { name };
  const call = {
    index,
    ...(id === undefined ? {} : { id, type: 'function' }),
    function: { ...named, arguments: args },
  };
  return { tool_calls: [call] };
}
