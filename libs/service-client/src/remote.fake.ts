import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { runInContext, type Principal, type RequestContext } from '@eventzr/http';
import { RemoteError, RemoteUnavailable } from './remote-errors.js';

export type Script = (request: IncomingMessage, response: ServerResponse) => void;

export const KEY = 'the-studio-key-that-is-long-enough-0123';
export const TOKEN = 'header.payload.signature-of-a-user';

export const ok: Script = (_request, response) => send(response, 200, { data: { fine: true }, error: null });

/** For specs: another service that behaves as told, and fine when nothing is told. */
export class FakeRemote {
  seen: IncomingMessage[] = [];
  script: Script[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.seen.push(request);
      request.resume().on('end', () => (this.script.shift() ?? ok)(request, response));
    });
  }

  static async start(): Promise<FakeRemote> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeRemote(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on requests are `script`'s before their body is read. */
  takeUnread(script: Script): void {
    this.server.removeAllListeners('request').on('request', (request, response) => {
      this.seen.push(request);
      script(request, response);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const failing =
  (status: number, headers: Record<string, string> = {}): Script =>
  (_request, response) =>
    send(
      response,
      status,
      {
        data: null,
        error: { code: `C${status}`, name: 'N', message: 'm', details: { required: 5 } },
        meta: {},
      },
      headers,
    );
export const hangUp: Script = (request) => request.socket.destroy();
export const silence: Script = () => undefined;

export function serving<R>(work: () => Promise<R>): Promise<R> {
  const principal = { token: TOKEN, tenantId: 't', userId: 'u' } as Principal;
  const context = {
    requestId: 'b4f6c1f0-7a52-4b0e-9a41-0e7cf5c9b001',
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    principal,
  };
  return runInContext(context as RequestContext, work);
}

export async function failure(work: Promise<unknown>): Promise<RemoteError | RemoteUnavailable> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RemoteError || error instanceof RemoteUnavailable) return error;
  throw new Error(`expected a remote failure, got ${inspect(error)}`);
}
