import type { EventSourceMessage } from 'eventsource-parser';
import { createParser } from 'eventsource-parser';

/** One event is a few hundred bytes; a line without an end must not fill the memory. */
const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024;

/** Server-sent events of a body, as many at a time as arrived together; the rest of a cut event is dropped. */
export async function* serverSentEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly EventSourceMessage[]> {
  const decoder = new TextDecoder();
  let ready: EventSourceMessage[] = [];
  let tooLong: Error | undefined;
  const parser = createParser({
    onEvent: (event) => ready.push(event),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') tooLong = error;
    },
    maxBufferSize: MAX_EVENT_CHARACTERS,
  });
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (tooLong !== undefined) throw tooLong;
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
}
