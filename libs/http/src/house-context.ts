import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUuid } from '@eventzr/config';
import type { FastifyRequest } from 'fastify';
import type { Principal, RequestContext } from './context.js';

export type Listener = 'public' | 'internal';

const LISTENER = Symbol('listener');
const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

interface Marked {
  [LISTENER]?: Listener;
}

/** Notes on which listener a request came in, before it is routed. */
export function markListener(request: IncomingMessage, listener: Listener): void {
  (request as Marked)[LISTENER] = listener;
}

/** The caller's request id when it is a UUID, else a fresh one. */
export function requestIdOf(request: { readonly headers: IncomingMessage['headers'] }): string {
  const given = request.headers['x-request-id'];
  return isUuid(given) ? given.toLowerCase() : randomUUID();
}

/** The request's context; what few requests ask for is made when asked. */
export class HouseContext implements RequestContext {
  readonly requestId: string;
  readonly method: string;
  readonly port: Listener;
  readonly headers: RequestContext['headers'];
  route: string | undefined;
  principal: Principal | undefined = undefined;
  caller: string | undefined = undefined;
  /** Code of the error that was answered, for the access log. */
  errorCode: string | undefined = undefined;
  private abortController: AbortController | undefined;
  private trace: readonly [traceId: string, flags: string] | undefined;
  private span: string | undefined;

  constructor(
    private readonly request: FastifyRequest,
    private readonly response: ServerResponse,
  ) {
    this.requestId = request.id;
    this.method = request.method;
    this.port = (request.raw as Marked)[LISTENER] ?? 'public';
    this.headers = request.headers;
    this.route = request.is404 ? undefined : request.routeOptions.url;
  }

  get clientAddress(): string {
    return this.request.ip;
  }

  get traceId(): string {
    return this.tracing[0];
  }

  /** For calls to other services: the caller's trace, a span of our own. */
  get traceparent(): string {
    const [traceId, flags] = this.tracing;
    this.span ??= randomUUID().replaceAll('-', '').slice(0, 16);
    return `00-${traceId}-${this.span}-${flags}`;
  }

  get signal(): AbortSignal {
    if (this.abortController !== undefined) return this.abortController.signal;
    const controller = new AbortController();
    this.abortController = controller;
    const gone = (): void => {
      if (!this.response.writableFinished) controller.abort(new Error('The caller went away'));
    };
    if (this.response.destroyed) gone();
    else this.response.once('close', gone);
    return controller.signal;
  }

  private get tracing(): readonly [string, string] {
    if (this.trace !== undefined) return this.trace;
    const given = this.headers['traceparent'];
    const match = typeof given === 'string' ? TRACEPARENT.exec(given) : null;
    const own = this.requestId === NIL_UUID ? randomUUID() : this.requestId;
    this.trace = match === null ? [own.replaceAll('-', ''), '01'] : [match[1] ?? '', match[2] ?? '00'];
    return this.trace;
  }
}
