import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Replay {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes as they stand, or JSON. */
  readonly body: Uint8Array | string | object;
}

export interface ReplayedCall {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** For specs: answers every call with what a vendor once answered. */
export class ReplayServer {
  calls: readonly ReplayedCall[] = [];
  /** Undefined: no answer ever comes. */
  replay: Replay | undefined = { body: {} };
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      this.calls = [...this.calls, { url: request.url ?? '', headers: request.headers, body }];
      if (this.replay === undefined) return;
      const { status = 200, headers, body: answer } = this.replay;
      const type = typeof answer === 'string' ? 'text/event-stream' : 'application/json';
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(
        typeof answer === 'string' || answer instanceof Uint8Array ? answer : JSON.stringify(answer),
      );
    });
  });

  /** @returns its address, without a path */
  async start(): Promise<string> {
    this.calls = [];
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** The body of the last call. */
  sent(): Record<string, unknown> {
    return this.calls.at(-1)?.body ?? {};
  }
}

/** Server-sent events of JSON, as vendors write them: named by their `type`, where they have one. */
export function eventsOf(...events: readonly object[]): string {
  return events
    .map((event) => {
      const name = 'type' in event ? `event: ${String(event.type)}\n` : '';
      return `${name}data: ${JSON.stringify(event)}\n\n`;
    })
    .join('');
}
