import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer, openServer } from '@eventzr/service';

/** Handles one request; true when it was its to handle. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A listener that exists before its routes do, so that a taken port stops the start before anything else. */
export class PathRouter {
  private routes: readonly Route[] = [];
  private server: Server | undefined;

  /** Binds `port`; 0 takes any free one. */
  async open(host: string, port: number): Promise<number> {
    this.server = await openServer({ host, port }, this.dispatch);
    return (this.server.address() as AddressInfo).port;
  }

  use(routes: readonly Route[]): void {
    this.routes = routes;
  }

  /** Idle connections end at once, open requests and streams after 8 s. */
  async close(): Promise<void> {
    if (this.server !== undefined) await closeServer(this.server);
  }

  private readonly dispatch: RequestListener = (request, response) => {
    if (this.routes.some((route) => route(request, response))) return;
    const answer = this.routes.length === 0 ? STARTING : UNKNOWN_PATH;
    response.writeHead(answer.error.http, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer));
  };
}

const envelope = (code: string, http: number, message: string, retryable: boolean) => ({
  data: null,
  error: { code, name: code, http, message, retryable, details: null },
  page: null,
  meta: { request_id: null, trace_id: null, tenant_id: null },
});
const STARTING = envelope('UNAVAILABLE', 503, 'The platform is still starting.', true);
const UNKNOWN_PATH = envelope('NOT_FOUND', 404, 'No service answers under this path; see /.', false);
