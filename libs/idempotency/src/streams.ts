import { Streamed, type RenderedAnswer, type StreamEvent } from '@eventzr/http';
import { entryTo, type OperationScope } from './operation-scope.js';

/**
 * The stream of a running operation: its iterator works inside the operation, so that it can call `finish` before the
 * last event, and the claim is released when the iterator ends, fails or is given up by a caller that went away.
 */
export function heldWhileStreaming(
  stream: Streamed,
  operation: OperationScope,
  release: () => Promise<void>,
): Streamed {
  const iterable: AsyncIterable<StreamEvent> = {
    [Symbol.asyncIterator]: () => heldIterator(stream.events[Symbol.asyncIterator](), operation, release),
  };
  return new Streamed(iterable, stream.options);
}

function heldIterator(
  source: AsyncIterator<StreamEvent>,
  operation: OperationScope,
  release: () => Promise<void>,
): AsyncIterator<StreamEvent> {
  const inOperation = entryTo(operation);
  const step = async (
    advance: () => Promise<IteratorResult<StreamEvent>>,
  ): Promise<IteratorResult<StreamEvent>> => {
    try {
      const result = await inOperation(advance);
      if (result.done === true) await release();
      return result;
    } catch (error) {
      await release();
      throw error;
    }
  };
  return {
    next: () => step(() => source.next()),
    return: (value?: unknown) =>
      step(() => source.return?.(value) ?? Promise.resolve({ done: true, value: undefined })),
  };
}

/** The stored answer as events; of a `raw` route, the whole body is the answer. */
export function replayedStream(
  answer: RenderedAnswer,
  toEvents: (data: unknown) => Iterable<StreamEvent>,
  raw = false,
): Streamed {
  const body: unknown = JSON.parse(answer.body);
  const data = raw ? body : (body as { data: unknown }).data;
  return new Streamed(oneByOne(toEvents(data)), { headers: { 'idempotency-replayed': 'true' } });
}

async function* oneByOne(events: Iterable<StreamEvent>): AsyncGenerator<StreamEvent> {
  yield* events;
}
