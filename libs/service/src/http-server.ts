import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

const HEADERS_TIMEOUT_MS = 10_000;
// Uploads of several hundred megabytes over a slow line still pass.
const REQUEST_TIMEOUT_MS = 300_000;
// Longer than a load balancer keeps its idle connections, so that it never writes into one that we just closed.
const KEEP_ALIVE_MS = 65_000;
const CHECK_EVERY_MS = 2_000;
const IDLE_SWEEP_MS = 100;

export const CUT_AFTER_MS = 8_000;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Opens an HTTP listener that slow or malformed clients cannot hold. */
export async function openServer({ host, port }: Address, handler: RequestListener): Promise<Server> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
    handler,
  );
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => refuse(error.code, socket));
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

/**
 * Takes no new connection, drops idle ones at once, and cuts what is still open after `cutAfterMs`.
 */
export async function closeServer(server: Server, cutAfterMs = CUT_AFTER_MS): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  // A connection becomes idle when its request ends.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const cut = setTimeout(() => server.closeAllConnections(), cutAfterMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

// What is not HTTP has no request, so no request id: the envelope without them.
function refuse(code: string | undefined, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const [status, name] =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'MALFORMED_BODY']
      : code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'VALIDATION_FAILED']
        : ['400 Bad Request', 'MALFORMED_BODY'];
  const error = {
    code: name,
    name,
    http: Number(status?.slice(0, 3)),
    message: 'The request could not be read.',
    retryable: false,
    details: null,
  };
  const body = JSON.stringify({
    data: null,
    error,
    page: null,
    meta: { request_id: null, trace_id: null, tenant_id: null },
  });
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
