import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer, openServer } from '@eventzr/service';

/** Handles one request; true when it was its to handle. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A listener that exists before its routes do, so that a taken port stops the start before anything else. */
export class PathRouter {
  private readonly routes: Route[] = [];
  private complete = false;
  private server: Server | undefined;

  /** Binds `port`; 0 takes any free one. */
  async open(host: string, port: number): Promise<number> {
    this.server = await openServer({ host, port }, this.dispatch);
    return (this.server.address() as AddressInfo).port;
  }

  /** Serves one more route; what no route takes is answered 503 until all of them are there. */
  add(route: Route): void {
    this.routes.push(route);
  }

  /** All routes are there: what none of them takes does not exist. */
  seal(): void {
    this.complete = true;
  }

  /** Idle connections end at once, open requests and streams after 8 s. */
  async close(): Promise<void> {
    if (this.server !== undefined) await closeServer(this.server);
  }

  private readonly dispatch: RequestListener = (request, response) => {
    if (this.routes.some((route) => route(request, response))) return;
    const requestId = randomUUID();
    const answer = this.complete
      ? envelope(requestId, 'NOT_FOUND', 404, 'No service answers under this path; see /.')
      : envelope(requestId, 'UNAVAILABLE', 503, 'The platform is still starting.');
    const retry = this.complete ? {} : { 'retry-after': '1' };
    const type = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId };
    response.writeHead(answer.error.http, { ...type, ...retry });
    response.end(JSON.stringify(answer));
  };
}

function envelope(requestId: string, code: string, http: number, message: string) {
  const error = { code, name: code, http, message, retryable: http === 503, details: null };
  return { data: null, error, page: null, meta: { request_id: requestId, trace_id: null, tenant_id: null } };
}
