import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HouseConfig, ManualClock } from '@eventzr/config';
import type { Database } from '@eventzr/db';
import { runInContext, type Principal, type RequestContext, type ServiceIdentity } from '@eventzr/http';
import { BREAKER_LIMITS } from './circuit-breaker.js';
import { HttpExchange } from './http-exchange.js';
import { RemoteError, RemoteUnavailable } from './remote-errors.js';
import { ServiceClient, type ServiceCall } from './service-client.js';
import type { Upload } from './upload.js';

type Script = (request: IncomingMessage, response: ServerResponse) => void;

const KEY = 'the-studio-key-that-is-long-enough-0123';
const TOKEN = 'header.payload.signature-of-a-user';
const identity: ServiceIdentity = { name: 'studio', title: 'Studio', version: '1' };
const ok: Script = (_request, response) => send(response, 200, { data: { fine: true }, error: null });

let server: Server;
let seen: IncomingMessage[];
let script: Script[];
let clock: ManualClock;
let client: ServiceClient;

beforeEach(async () => {
  seen = [];
  script = [];
  server = createServer((request, response) => {
    seen.push(request);
    request.resume().on('end', () => (script.shift() ?? ok)(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clock = new ManualClock();
  client = clientFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterEach(async () => {
  client.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function clientFor(walletInternalUrl: string | undefined, database?: Database): ServiceClient {
  const config = Object.assign(new HouseConfig(), { serviceKey: KEY, walletInternalUrl });
  return new ServiceClient(config, identity, clock, database);
}

function call(changes: Partial<ServiceCall> = {}): Promise<unknown> {
  return client.call({ service: 'wallet', method: 'POST', path: '/wallet/v1/internal/holds', body: { a: 1 }, timeoutMs: 2_000, idempotent: true, ...changes }); // prettier-ignore
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const failing =
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
const hangUp: Script = (request) => request.socket.destroy();
const silence: Script = () => undefined;

function serving<R>(work: () => Promise<R>): Promise<R> {
  const principal = { token: TOKEN, tenantId: 't', userId: 'u' } as Principal;
  const context = {
    requestId: 'b4f6c1f0-7a52-4b0e-9a41-0e7cf5c9b001',
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    principal,
  };
  return runInContext(context as RequestContext, work);
}

async function failure(work: Promise<unknown>): Promise<RemoteError | RemoteUnavailable> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RemoteError || error instanceof RemoteUnavailable) return error;
  throw new Error(`expected a remote failure, got ${inspect(error)}`);
}

describe('what a call carries', () => {
  it('names this service by its key, and the request by its id and trace', async () => {
    expect(await serving(() => call())).toEqual({ fine: true });
    expect(seen[0]?.headers).toMatchObject({
      'x-service-name': 'studio',
      'x-service-key': KEY,
      'x-request-id': 'b4f6c1f0-7a52-4b0e-9a41-0e7cf5c9b001',
    });
    expect(seen[0]?.headers.traceparent).toMatch(
      new RegExp(`^00-${'a'.repeat(32)}-(?!b{16})[0-9a-f]{16}-01$`),
    );
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it("forwards the caller's token only when asked", async () => {
    await serving(() => call({ forwardToken: true }));
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    await expect(call({ forwardToken: true })).rejects.toThrow('no token');
  });

  it('cannot be made to name another service', async () => {
    await call({ headers: { 'x-service-name': 'auth', 'x-extra': '1' } });
    expect(seen[0]?.headers).toMatchObject({ 'x-service-name': 'studio', 'x-extra': '1' });
  });

  it('keeps its connection', async () => {
    await call();
    await call();
    expect(seen[0]?.socket).toBe(seen[1]?.socket);
  });
});

describe('repetition', () => {
  it('repeats an idempotent call over a broken connection and over 503', async () => {
    script = [hangUp, failing(503)];
    expect(await call()).toEqual({ fine: true });
    expect(seen).toHaveLength(3);
  });

  it('sends everything else once', async () => {
    script = [failing(503)];
    expect(await failure(call({ idempotent: false }))).toMatchObject({ status: 503, tries: 1 });
    script = [hangUp];
    expect(await failure(call({ idempotent: false }))).toMatchObject({ reason: 'transport' });
    expect(seen).toHaveLength(2);
  });

  it('repeats what must not run twice only when it was turned away or never sent', async () => {
    script = [failing(429)];
    expect(await call({ idempotent: false })).toEqual({ fine: true });
    for (const status of [502, 503, 504]) {
      script = [failing(status)];
      expect(await failure(call({ idempotent: false }))).toMatchObject({ status, tries: 1 });
    }
    const sent = jest.spyOn(HttpExchange.prototype, 'send');
    client = clientFor('http://127.0.0.1:1');
    expect(await failure(call({ idempotent: false }))).toMatchObject({ reason: 'connect' });
    expect(sent).toHaveBeenCalledTimes(3);
    sent.mockRestore();
  });

  it('never repeats what was refused', async () => {
    script = [failing(402)];
    expect(await failure(call())).toMatchObject({ status: 402, code: 'C402', details: { required: 5 } });
    expect(seen).toHaveLength(1);
  });

  it('gives up after three tries and says how many there were', async () => {
    script = [failing(503), failing(503), failing(503)];
    expect(await failure(call())).toMatchObject({ status: 503, tries: 3 });
  });

  it('does not wait longer than is sensible, whatever Retry-After says', async () => {
    script = [failing(503, { 'retry-after': '600' })];
    expect(await failure(call())).toMatchObject({ status: 503, retryAfterSeconds: 600 });
    expect(seen).toHaveLength(1);
  });

  it('waits as long as Retry-After asks', async () => {
    script = [failing(429, { 'retry-after': '1' })];
    const startedAt = performance.now();
    await call();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  });
});

describe('a file', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');
  let opened: number;
  let taken: number;
  let lastFile: Readable;
  const upload = (megabytes: number): Upload => ({
    field: 'file',
    filename: 'a"b\r\n.bin',
    mimeType: 'application/octet-stream',
    bytes: megabytes * MEGABYTE.length,
    open: () => {
      opened += 1;
      lastFile = Readable.from(chunks(megabytes));
      return Promise.resolve(lastFile);
    },
  });
  function* chunks(megabytes: number): Generator<Buffer> {
    for (let count = 0; count < megabytes; count += 1) {
      taken += 1;
      yield MEGABYTE;
    }
  }
  beforeEach(() => {
    [opened, taken] = [0, 0];
  });

  it('arrives as a form of the announced length, its name unable to break out of its line', async () => {
    const bodies: Buffer[] = [];
    server
      .removeAllListeners('request')
      .on('request', (request: IncomingMessage, response: ServerResponse) => {
        request.on('data', (chunk: Buffer) => bodies.push(chunk)).on('end', () => ok(request, response));
        seen.push(request);
      });
    expect(await call({ upload: upload(2) })).toEqual({ fine: true });
    const body = Buffer.concat(bodies);
    expect(body.length).toBe(Number(seen[0]?.headers['content-length']));
    const form = await new Response(body, { headers: { 'content-type': String(seen[0]?.headers['content-type']) } }).formData(); // prettier-ignore
    const file = form.get('file') as File;
    expect([file.name, file.type, file.size]).toEqual(['a"b\r\n.bin', 'application/octet-stream', 2 * MEGABYTE.length]); // prettier-ignore
  });

  it('is opened anew for every try', async () => {
    script = [hangUp, failing(503)];
    expect(await call({ upload: upload(1) })).toEqual({ fine: true });
    expect([opened, taken]).toEqual([3, 3]);
  });

  it('is not read to its end when it is refused at its beginning, and let go', async () => {
    server.removeAllListeners('request').on('request', failing(413));
    expect(await failure(call({ upload: upload(500) }))).toMatchObject({ status: 413, tries: 1 });
    expect(taken).toBeLessThan(100);
    expect(lastFile.destroyed).toBe(true);
  });

  it('that cannot be opened is no fault of the other side', async () => {
    const broken = { ...upload(1), open: () => Promise.reject(new Error('the disk is gone')) };
    await expect(call({ upload: broken })).rejects.toThrow('the disk is gone');
    expect(seen).toHaveLength(0);
  });

  it('that breaks off on our side ends the call', async () => {
    const short = { ...upload(3), open: () => Promise.resolve(Readable.from(brokenOff())) };
    expect(await failure(call({ upload: short, idempotent: false }))).toMatchObject({ reason: 'transport' });
  });
});

function* brokenOff(): Generator<Buffer> {
  yield Buffer.alloc(1_000);
  throw new Error('the disk is gone');
}

describe('no answer', () => {
  it('ends at the deadline, as an outcome nobody knows', async () => {
    script = [silence];
    const error = await failure(call({ timeoutMs: 80 }));
    expect(error).toMatchObject({ reason: 'timeout', mayHaveHappened: true });
    expect(seen).toHaveLength(1);
  });

  it('ends with the caller', async () => {
    script = [silence];
    expect(await failure(call({ signal: AbortSignal.timeout(50) }))).toMatchObject({ reason: 'aborted' });
  });

  it('an answer that is no envelope is none', async () => {
    script = [
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>proxy</p>'),
    ];
    expect(await failure(call())).toMatchObject({ reason: 'unreadable' });
  });

  it('an address that is not configured is said plainly', async () => {
    client = clientFor(undefined);
    expect(await failure(call())).toMatchObject({ reason: 'not_configured', mayHaveHappened: false });
  });

  it('shows neither the token nor the key in what it throws', async () => {
    script = [hangUp, hangUp, hangUp];
    const error = await serving(() => failure(call({ forwardToken: true })));
    const text = inspect(error, { depth: 10, showHidden: true });
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(KEY);
  });
});

describe('the circuit', () => {
  async function breakIt(): Promise<void> {
    for (let failed = 0; failed < BREAKER_LIMITS.failures; failed += 1) {
      script = [hangUp];
      await failure(call({ idempotent: false }));
    }
    seen = [];
  }

  it('opens after failures in a row, lets one call try later, and closes when that one succeeds', async () => {
    await breakIt();
    expect(await failure(call())).toMatchObject({ reason: 'breaker', mayHaveHappened: false });
    expect(seen).toHaveLength(0);
    clock.advance(BREAKER_LIMITS.openMs);
    const outcomes = await Promise.allSettled([call(), call()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await call()).toEqual({ fine: true });
  });

  it('opens again when the trial fails', async () => {
    await breakIt();
    clock.advance(BREAKER_LIMITS.openMs);
    script = [hangUp];
    await failure(call({ idempotent: false }));
    expect(await failure(call())).toMatchObject({ reason: 'breaker' });
  });

  it('does not open because of refusals', async () => {
    for (let count = 0; count < BREAKER_LIMITS.failures + 1; count += 1) {
      script = [failing(402)];
      expect(await failure(call())).toMatchObject({ status: 402 });
    }
  });
});

it('refuses to call out of a transaction', async () => {
  client = clientFor('http://127.0.0.1:1', { inTransaction: () => true } as Database);
  await expect(call()).rejects.toThrow('inside a transaction');
});
