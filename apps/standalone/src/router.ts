import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '@eventzr/config';
import type { Server } from 'node:http';

const DRAIN_MS = 8_000;

/** Handles one request; true when it was its to handle. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

/** An `http` server that exists before its routes do, so that a taken port stops the start before anything else. */
export class PathRouter {
  private routes: readonly Route[] = [];
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.removeAllListeners('request');
    server.on('request', this.dispatch);
  }

  /**
   * Binds `port` (0: any free one).
   * @throws ConfigError when it is taken or may not be bound
   */
  static async bind(host: string, port: number): Promise<PathRouter> {
    const server = createServer();
    server.requestTimeout = 120_000;
    server.headersTimeout = 20_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(port, error)));
      server.listen(port, host, resolve);
    });
    return new PathRouter(server, (server.address() as AddressInfo).port);
  }

  use(routes: readonly Route[]): void {
    this.routes = routes;
  }

  /** Idle connections end at once, open requests and streams after 8 s. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const cut = setTimeout(() => this.server.closeAllConnections(), DRAIN_MS);
    await closed;
    clearTimeout(cut);
  }

  private readonly dispatch: RequestListener = (request, response) => {
    if (this.routes.some((route) => route(request, response))) return;
    response.writeHead(this.routes.length === 0 ? 503 : 404, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(this.routes.length === 0 ? STARTING : UNKNOWN_PATH));
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

function portFault(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') return new ConfigError([`port ${port} is taken: stop what uses it or set PORT (and INTERNAL_PORT) to free ones`]);
  if (error.code === 'EACCES') return new ConfigError([`port ${port} may not be bound by this user: set PORT to one above 1023`]);
  return error;
}
