import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HouseConfig, ManualClock } from '@eventzr/config';
import type { Database } from '@eventzr/db';
import type { ServiceIdentity } from '@eventzr/http';
import { BREAKER_LIMITS } from './circuit-breaker.js';
import { HttpExchange } from './http-exchange.js';
import { failing, failure, FakeRemote, hangUp, KEY, serving, silence, TOKEN } from './remote.fake.js';
import type { ServiceCall } from './service-call.js';
import { ServiceClient } from './service-client.js';

const identity: ServiceIdentity = { name: 'studio', title: 'Studio', version: '1' };

let remote: FakeRemote;
let clock: ManualClock;
let client: ServiceClient;

beforeEach(async () => {
  remote = await FakeRemote.start();
  clock = new ManualClock();
  client = clientFor(remote.url);
});

afterEach(async () => {
  client.onApplicationShutdown();
  await remote.stop();
});

function clientFor(walletInternalUrl: string | undefined, database?: Database): ServiceClient {
  const config = Object.assign(new HouseConfig(), { serviceKey: KEY, walletInternalUrl });
  return new ServiceClient(config, identity, clock, database);
}

function call(changes: Partial<ServiceCall> = {}): Promise<unknown> {
  return client.call({ service: 'wallet', method: 'POST', path: '/wallet/v1/internal/holds', body: { a: 1 }, timeoutMs: 2_000, idempotent: true, ...changes }); // prettier-ignore
}

describe('what a call carries', () => {
  it('names this service by its key, and the request by its id and trace', async () => {
    expect(await serving(() => call())).toEqual({ fine: true });
    expect(remote.seen[0]?.headers).toMatchObject({
      'x-service-name': 'studio',
      'x-service-key': KEY,
      'x-request-id': 'b4f6c1f0-7a52-4b0e-9a41-0e7cf5c9b001',
    });
    expect(remote.seen[0]?.headers.traceparent).toMatch(
      new RegExp(`^00-${'a'.repeat(32)}-(?!b{16})[0-9a-f]{16}-01$`),
    );
    expect(remote.seen[0]?.headers.authorization).toBeUndefined();
  });

  it("forwards the caller's token only when asked", async () => {
    await serving(() => call({ forwardToken: true }));
    expect(remote.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    await expect(call({ forwardToken: true })).rejects.toThrow('no token');
  });

  it('cannot be made to name another service', async () => {
    await call({ headers: { 'x-service-name': 'auth', 'x-extra': '1' } });
    expect(remote.seen[0]?.headers).toMatchObject({ 'x-service-name': 'studio', 'x-extra': '1' });
  });

  it('keeps its connection', async () => {
    await call();
    await call();
    expect(remote.seen[0]?.socket).toBe(remote.seen[1]?.socket);
  });
});

describe('repetition', () => {
  it('repeats an idempotent call over a broken connection and over 503', async () => {
    remote.script = [hangUp, failing(503)];
    expect(await call()).toEqual({ fine: true });
    expect(remote.seen).toHaveLength(3);
  });

  it('sends everything else once', async () => {
    remote.script = [failing(503)];
    expect(await failure(call({ idempotent: false }))).toMatchObject({ status: 503, tries: 1 });
    remote.script = [hangUp];
    expect(await failure(call({ idempotent: false }))).toMatchObject({ reason: 'transport' });
    expect(remote.seen).toHaveLength(2);
  });

  it('repeats what must not run twice only when it was turned away or never sent', async () => {
    remote.script = [failing(429)];
    expect(await call({ idempotent: false })).toEqual({ fine: true });
    for (const status of [502, 503, 504]) {
      remote.script = [failing(status)];
      expect(await failure(call({ idempotent: false }))).toMatchObject({ status, tries: 1 });
    }
    const sent = jest.spyOn(HttpExchange.prototype, 'send');
    client = clientFor('http://127.0.0.1:1');
    expect(await failure(call({ idempotent: false }))).toMatchObject({ reason: 'connect' });
    expect(sent).toHaveBeenCalledTimes(3);
    sent.mockRestore();
  });

  it('never repeats what was refused', async () => {
    remote.script = [failing(402)];
    expect(await failure(call())).toMatchObject({ status: 402, code: 'C402', details: { required: 5 } });
    expect(remote.seen).toHaveLength(1);
  });

  it('gives up after three tries and says how many there were', async () => {
    remote.script = [failing(503), failing(503), failing(503)];
    expect(await failure(call())).toMatchObject({ status: 503, tries: 3 });
  });

  it('does not wait longer than is sensible, whatever Retry-After says', async () => {
    remote.script = [failing(503, { 'retry-after': '600' })];
    expect(await failure(call())).toMatchObject({ status: 503, retryAfterSeconds: 600 });
    expect(remote.seen).toHaveLength(1);
  });

  it('waits as long as Retry-After asks', async () => {
    remote.script = [failing(429, { 'retry-after': '1' })];
    const startedAt = performance.now();
    await call();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  });
});

describe('no answer', () => {
  it('ends at the deadline, as an outcome nobody knows', async () => {
    remote.script = [silence];
    const error = await failure(call({ timeoutMs: 80 }));
    expect(error).toMatchObject({ reason: 'timeout', mayHaveHappened: true });
    expect(remote.seen).toHaveLength(1);
  });

  it('ends with the caller', async () => {
    remote.script = [silence];
    expect(await failure(call({ signal: AbortSignal.timeout(50) }))).toMatchObject({ reason: 'aborted' });
  });

  it('an answer that is no envelope is none', async () => {
    remote.script = [
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>proxy</p>'),
    ];
    expect(await failure(call())).toMatchObject({ reason: 'unreadable' });
  });

  it('an address that is not configured is said plainly', async () => {
    client = clientFor(undefined);
    expect(await failure(call())).toMatchObject({ reason: 'not_configured', mayHaveHappened: false });
  });

  it('shows neither the token nor the key in what it throws', async () => {
    remote.script = [hangUp, hangUp, hangUp];
    const error = await serving(() => failure(call({ forwardToken: true })));
    const text = inspect(error, { depth: 10, showHidden: true });
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(KEY);
  });
});

describe('the circuit', () => {
  async function breakIt(): Promise<void> {
    for (let failed = 0; failed < BREAKER_LIMITS.failures; failed += 1) {
      remote.script = [hangUp];
      await failure(call({ idempotent: false }));
    }
    remote.seen = [];
  }

  it('opens after failures in a row, lets one call try later, and closes when that one succeeds', async () => {
    await breakIt();
    expect(await failure(call())).toMatchObject({ reason: 'breaker', mayHaveHappened: false });
    expect(remote.seen).toHaveLength(0);
    clock.advance(BREAKER_LIMITS.openMs);
    const outcomes = await Promise.allSettled([call(), call()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await call()).toEqual({ fine: true });
  });

  it('opens again when the trial fails', async () => {
    await breakIt();
    clock.advance(BREAKER_LIMITS.openMs);
    remote.script = [hangUp];
    await failure(call({ idempotent: false }));
    expect(await failure(call())).toMatchObject({ reason: 'breaker' });
  });

  it('does not open because of refusals', async () => {
    for (let count = 0; count < BREAKER_LIMITS.failures + 1; count += 1) {
      remote.script = [failing(402)];
      expect(await failure(call())).toMatchObject({ status: 402 });
    }
  });
});

it('refuses to call out of a transaction', async () => {
  client = clientFor('http://127.0.0.1:1', { inTransaction: () => true } as Database);
  await expect(call()).rejects.toThrow('inside a transaction');
});
