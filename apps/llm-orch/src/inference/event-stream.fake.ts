import { createParser } from 'eventsource-parser';

export interface SeenEvent {
  readonly event: string | undefined;
  readonly data: Record<string, unknown>;
}

/** For specs: the events of an answer as they come; `[DONE]` is the event `done`. */
export async function* eventsOf(response: Response): AsyncGenerator<SeenEvent> {
  const ready: SeenEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) =>
      ready.push(
        data === '[DONE]'
          ? { event: 'done', data: {} }
          : { event, data: JSON.parse(data) as Record<string, unknown> },
      ),
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* ready.splice(0);
  }
}

/** All of them. */
export function allEventsOf(response: Response): Promise<SeenEvent[]> {
  return gathered(eventsOf(response));
}

/** Everything that an iteration brings. */
export async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
