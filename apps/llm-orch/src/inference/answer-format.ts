import type { CatalogueError, StreamEvent } from '@eventzr/http';
import type { TextDelta, ToolCallDelta } from '../providers/completion.js';
import type { CompletionAnswer } from './completion-answer.dto.js';

/** What is known when a stream begins. */
export type StreamStart = Pick<
  CompletionAnswer,
  'id' | 'model' | 'provider' | 'requestedProvider' | 'useCase'
>;

/** Of an answer that is there already, what its stream begins with. */
export function startOfAnswer(answer: CompletionAnswer): StreamStart {
  const { id, model, provider, requestedProvider, useCase } = answer;
  return { id, model, provider, ...(requestedProvider === undefined ? {} : { requestedProvider }), useCase };
}

/** Why a stream ended before its answer did. */
export type StreamFault = 'budget' | 'provider' | 'timeout';

/** How answers are written for one kind of caller. */
export interface AnswerFormat {
  /** The whole answer, as it is sent and stored. */
  whole(answer: CompletionAnswer): object;
  start(start: StreamStart): StreamEvent[];
  delta(chunk: TextDelta | ToolCallDelta, start: StreamStart): StreamEvent;
  done(answer: CompletionAnswer): StreamEvent[];
  fault(kind: StreamFault, error: CatalogueError, answer: CompletionAnswer): StreamEvent[];
}
