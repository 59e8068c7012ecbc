import { Injectable } from '@nestjs/common';
import { storableText } from '@eventzr/http';
import type { ErrorDetails } from '@eventzr/http';
import { RemoteError, RemoteUnavailable, ServiceClient } from '@eventzr/service-client';
import type { ServiceCall } from '@eventzr/service-client';
import type { Step, Thought } from './brain.js';
import { explain, stepHeaders, storableThought } from './brain.js';

const PATH = '/llm-orch/v1/internal/inference/chat';
const LONGEST_EVENT = 1024 * 1024;

interface GatewayEvent {
  readonly event: string;
  readonly data: unknown;
}

interface GatewayFault {
  readonly code: string;
  readonly name: string;
  readonly http: number;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Completions word by word through llm-orch's internal route. */
@Injectable()
export class BrainStream {
  constructor(private readonly services: ServiceClient) {}

  /**
   * The words of the answer as they come, and at the end the whole of it. Giving the iteration up, or the step's
   * signal, ends the call.
   * @param started hears which model answers, before its first word
   * @throws what `Brain.think` throws
   */
  async *think(step: Step, started: (model: string) => void): AsyncGenerator<string, Thought> {
    try {
      for await (const { event, data } of eventsOf(this.services.stream(callOf(step)))) {
        if (event === 'start') started((data as { model?: string }).model ?? '');
        if (event === 'delta') yield storableText((data as { text?: string }).text ?? '');
        if (event === 'done') return storableThought(data as Thought);
        if (event === 'error') throw remote(data as GatewayFault);
      }
      throw new RemoteUnavailable('llm-orch', 'unreadable');
    } catch (error) {
      throw explain(error);
    }
  }
}

function callOf(step: Step): ServiceCall {
  const body = { ...step.wish, stream: true };
  return {
    service: 'llm-orch',
    method: 'POST',
    path: PATH,
    body,
    headers: { accept: 'text/event-stream', ...stepHeaders({ ...step, wish: body }) },
    timeoutMs: step.timeoutMs,
    idempotent: false,
    forwardToken: true,
    ...(step.signal === undefined ? {} : { signal: step.signal }),
  };
}

async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<GatewayEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    if (rest.length > LONGEST_EVENT) throw new RemoteUnavailable('llm-orch', 'unreadable');
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.flatMap(eventOf);
  }
}

/** Comments are heartbeats. */
function eventOf(block: string): GatewayEvent[] {
  const lines = block.split('\n');
  const field = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const data = field('data').join('\n');
  return data === '' ? [] : [{ event: field('event')[0] ?? 'message', data: JSON.parse(data) as unknown }];
}

function remote({ code, name, http: status, message, details }: GatewayFault): RemoteError {
  return new RemoteError({
    service: 'llm-orch',
    status,
    code,
    name,
    message,
    details,
    retryAfterSeconds: undefined,
    tries: 1,
  });
}
