import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Streamed, StreamEvent } from './answers.js';
import type { AppLogger } from './app-logger.js';
import { errorBody, toCatalogueError } from './error-answer.js';

const HEARTBEAT_MS = 15_000;
/** How long a reader may leave our data lying in the socket. */
const SLOW_READER_MS = 30_000;
const HEARTBEAT = ': heartbeat\n\n';

type Step = IteratorResult<StreamEvent> | 'heartbeat' | 'gone';

/**
 * Sends server-sent events. The first event is awaited before the headers go out, so that an early fault is still a
 * JSON envelope; a slow first event opens the stream with a heartbeat.
 * @throws what the iterator throws before its first event
 */
export async function sendEventStream(
  stream: Streamed,
  reply: FastifyReply,
  signal: AbortSignal,
  logger: AppLogger,
): Promise<void> {
  const iterator = stream.events[Symbol.asyncIterator]();
  const leave = (): void => {
    // A generator that waits sees its `finally` only after that wait: nobody may wait for it here.
    void Promise.resolve(iterator.return?.()).catch((err: unknown) =>
      logger.warn({ err }, 'an event stream ended badly'),
    );
  };
  signal.addEventListener('abort', leave, { once: true });
  const steps = new Steps(stream.options.heartbeatMs ?? HEARTBEAT_MS, signal);
  let pending = iterator.next();
  let step = await steps.next(pending).catch((error: unknown) => {
    steps.end();
    throw error;
  });
  open(reply, stream);
  const writer = new EventWriter(reply.raw);
  try {
    while (step !== 'gone') {
      if (step === 'heartbeat') await writer.write(HEARTBEAT);
      else if (step.done === true) break;
      else {
        await writer.write(eventText(step.value));
        pending = iterator.next();
      }
      step = await steps.next(pending);
    }
  } catch (error) {
    if (!signal.aborted) await sendFault(error, writer, logger);
  } finally {
    steps.end();
    signal.removeEventListener('abort', leave);
    writer.end();
  }
}

function open(reply: FastifyReply, stream: Streamed): void {
  const headers: Record<string, string | number | string[] | undefined> = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    ...stream.options.headers,
  };
  reply.hijack();
  if (!reply.raw.destroyed) reply.raw.writeHead(reply.statusCode, headers as Record<string, string>);
}

/** What comes first: the next event, the time for a heartbeat, or the end of the caller. One timer and one listener for all. */
class Steps {
  private readonly timer: NodeJS.Timeout;
  private resolve: ((step: Step | Promise<Step>) => void) | undefined;

  constructor(
    heartbeatMs: number,
    private readonly signal: AbortSignal,
  ) {
    this.timer = setTimeout(() => this.resolve?.('heartbeat'), heartbeatMs);
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** @throws what `pending` is rejected with */
  next(pending: Promise<IteratorResult<StreamEvent>>): Promise<Step> {
    if (this.signal.aborted) {
      pending.catch(() => undefined);
      return Promise.resolve('gone');
    }
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.timer.refresh();
      pending.then(resolve, () => resolve(pending)); // takes over what it was rejected with
    });
  }

  end(): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.onAbort);
  }

  private readonly onAbort = (): void => this.resolve?.('gone');
}

/** The wire form of one event. */
export function eventText({ event, data, id }: StreamEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data ?? null);
  const head = `${id === undefined ? '' : `id: ${oneLine(id)}\n`}${event === undefined ? '' : `event: ${oneLine(event)}\n`}`;
  return `${head}data: ${/[\r\n]/.test(text) ? text.replace(/\r\n|\r|\n/g, '\ndata: ') : text}\n\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, ' ');
}

async function sendFault(error: unknown, writer: EventWriter, logger: AppLogger): Promise<void> {
  const known = toCatalogueError(error);
  if (known.entry.http >= 500) logger.error({ err: known.cause ?? known }, 'an event stream broke off');
  await writer.write(eventText({ event: 'error', data: errorBody(known) }));
}

/** Writes events; those that are ready at the same moment leave as one piece. */
class EventWriter {
  private text = '';
  private slow: Promise<void> | undefined;

  constructor(private readonly response: ServerResponse) {}

  /** Resolves at once, unless the reader does not keep up. */
  write(text: string): Promise<void> | void {
    // Ticks come after everything that waits for nothing but promises.
    if (this.text === '') process.nextTick(() => this.flush());
    this.text += text;
    return this.slow;
  }

  end(): void {
    this.flush();
    this.response.end();
  }

  private flush(): void {
    const { text, response } = this;
    this.text = '';
    if (text === '' || response.destroyed || response.write(text)) return;
    this.slow ??= drained(response).then(() => void (this.slow = undefined));
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(() => response.destroy(), SLOW_READER_MS);
    response.on('drain', done);
    response.on('close', done);
  });
}
