import type { CatalogueError, StreamEvent } from '@eventzr/http';
import { errorBody, HttpErrors } from '@eventzr/http';
import type { TextDelta, ToolCallDelta } from '../providers/completion.js';
import type { CompletionAnswer } from './completion-answer.dto.js';
import type { StreamFault, AnswerFormat } from './answer-format.js';
import { startOfAnswer } from './answer-format.js';

/** The answer as documented; as events `start`, `delta`, `usage`, then `done` or `error`. */
export const HOUSE_FORMAT: AnswerFormat = {
  whole: (answer) => answer,
  start: (start) => [{ event: 'start', data: start }],
  delta: (chunk) => ({ event: 'delta', data: deltaOf(chunk) }),
  done: (answer) => [usageEvent(answer), { event: 'done', data: answer }],
  fault: (kind, error, answer) => [usageEvent(answer), faultEvent(kind, error, answer)],
};

/** A stored answer as the events of a stream. */
export function* replayedAnswer(data: unknown): Generator<StreamEvent> {
  const answer = data as CompletionAnswer;
  const { text, toolCalls = [] } = answer;
  const start = startOfAnswer(answer);
  yield* HOUSE_FORMAT.start(start);
  if (text !== '') yield HOUSE_FORMAT.delta({ type: 'delta', text }, start);
  for (const [index, call] of toolCalls.entries()) {
    yield HOUSE_FORMAT.delta({ type: 'tool-call', index, ...call }, start);
  }
  if (answer.finishReason === 'budget') yield* HOUSE_FORMAT.fault('budget', stoppedByBudget(answer), answer);
  else yield* HOUSE_FORMAT.done(answer);
}

/** The stream was stopped because its next token would not have fit. */
export function stoppedByBudget({ usage, costUsd }: CompletionAnswer): CatalogueError {
  const details = { limitSource: 'maxTokens', outputTokens: usage.outputTokens, costUsd };
  return HttpErrors.BUDGET_EXCEEDED(details, {
    message: 'The answer was stopped: its next token would not fit.',
  });
}

function usageEvent({ usage, costUsd, credits }: CompletionAnswer): StreamEvent {
  return { event: 'usage', data: { ...usage, costUsd, credits } };
}

function faultEvent(type: StreamFault, error: CatalogueError, answer: CompletionAnswer): StreamEvent {
  const { id, finishReason, credits, attempts } = answer;
  return { event: 'error', data: { type, ...errorBody(error), id, finishReason, credits, attempts } };
}

function deltaOf(chunk: TextDelta | ToolCallDelta): object {
  if (chunk.type === 'delta') return { text: chunk.text };
  const { type: _kind, ...toolCall } = chunk;
  return { toolCall };
}
