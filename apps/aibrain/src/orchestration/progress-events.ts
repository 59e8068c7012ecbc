import type { StreamEvent } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import type { OrchestrationAnswer } from './orchestration.dto.js';
import type { Progress } from './progress.js';

/**
 * An orchestration that tells its progress, as events; the answer itself follows when it was checked and settled. A
 * reader who leaves is waited for: the work sees it by itself and gives back what it holds.
 */
export async function* progressEvents(
  work: (tell: Progress) => Promise<Finished<OrchestrationAnswer>>,
): AsyncGenerator<StreamEvent> {
  const told: StreamEvent[] = [];
  let wake = Promise.withResolvers<void>();
  let running = true;
  const done = work((event) => {
    told.push(event);
    wake.resolve();
  });
  const ended = done
    .catch(() => undefined)
    .then(() => {
      running = false;
      wake.resolve();
    });
  try {
    while (running || told.length > 0) {
      yield* told.splice(0);
      if (!running) continue;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
    yield* answerEvents((await done).value);
  } finally {
    await ended;
  }
}

/** A whole answer as the events of a stream. */
export function* answerEvents(answer: OrchestrationAnswer): Generator<StreamEvent> {
  for (const text of linesOf(answer.answer)) yield { event: 'delta', data: { text } };
  yield { event: 'done', data: answer };
}

/** A stored answer, for a repeated request that asks for a stream. */
export function* replayedAnswer(data: unknown): Generator<StreamEvent> {
  const answer = data as OrchestrationAnswer;
  if (answer.consensus !== undefined) yield { event: 'consensus', data: answer.consensus };
  yield* answerEvents(answer);
}

/** With their ends, so that together they are the text. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}
