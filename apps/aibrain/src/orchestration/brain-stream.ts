import { Injectable } from '@nestjs/common';
import { currentContext, currentPrincipal, ServiceIdentity } from '@eventzr/http';
import type { ErrorDetails } from '@eventzr/http';
import { RemoteError, RemoteUnavailable } from '@eventzr/service-client';
import { AiBrainConfig } from '../config.js';
import type { Step, Thought } from './brain.js';
import { explain, stepHeaders } from './brain.js';

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
  constructor(
    private readonly config: AiBrainConfig,
    private readonly identity: ServiceIdentity,
  ) {}

  /**
   * The words of the answer as they come, and at the end the whole of it. Giving the iteration up, or the step's
   * signal, ends the call.
   * @throws what `Brain.think` throws
   */
  async *think(step: Step): AsyncGenerator<string, Thought> {
    const end = new AbortController();
    const signals = [end.signal, AbortSignal.timeout(step.timeoutMs)];
    const signal = AbortSignal.any(step.signal === undefined ? signals : [...signals, step.signal]);
    try {
      for await (const { event, data } of await this.open(step, signal)) {
        if (event === 'delta') yield (data as { text?: string }).text ?? '';
        if (event === 'done') return data as Thought;
        if (event === 'error') throw remote(data as GatewayFault);
      }
      throw new RemoteUnavailable('llm-orch', 'unreadable');
    } catch (error) {
      throw explain(known(error, signal, step));
    } finally {
      end.abort();
    }
  }

  private async open(step: Step, signal: AbortSignal): Promise<AsyncIterable<GatewayEvent>> {
    const base = this.config.internalUrlOf('llm-orch');
    if (base === undefined) throw new RemoteUnavailable('llm-orch', 'not_configured');
    const context = currentContext();
    const wish = { ...step.wish, stream: true };
    const response = await fetch(base.replace(/\/$/, '') + PATH, {
      method: 'POST',
      redirect: 'error',
      signal,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${currentPrincipal().token}`,
        ...(context === undefined
          ? {}
          : { 'x-request-id': context.requestId, traceparent: context.traceparent }),
        ...stepHeaders({ ...step, wish }),
        'x-service-name': this.identity.name,
        'x-service-key': this.config.serviceKey,
      },
      body: JSON.stringify(wish),
    });
    if (response.ok && response.body !== null) return eventsOf(response.body);
    const { error } = (await response.json()) as { error?: GatewayFault };
    throw error === undefined ? new RemoteUnavailable('llm-orch', 'unreadable') : remote(error);
  }
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

function known(error: unknown, signal: AbortSignal, { signal: caller }: Step): unknown {
  if (error instanceof RemoteError || error instanceof RemoteUnavailable) return error;
  if (caller?.aborted === true) return new RemoteUnavailable('llm-orch', 'aborted');
  return new RemoteUnavailable('llm-orch', signal.aborted ? 'timeout' : 'transport');
}
