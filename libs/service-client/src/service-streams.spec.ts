import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HouseConfig, ManualClock } from '@eventzr/config';
import { BREAKER_LIMITS } from './circuit-breaker.js';
import type { Script } from './remote.fake.js';
import { failing, failure, FakeRemote, hangUp, KEY, serving, silence, TOKEN } from './remote.fake.js';
import type { ServiceCall } from './service-call.js';
import { ServiceClient } from './service-client.js';

describe('a stream', () => {
  let remote: FakeRemote;
  let clock: ManualClock;
  let client: ServiceClient;

  beforeEach(async () => {
    remote = await FakeRemote.start();
    clock = new ManualClock();
    const config = Object.assign(new HouseConfig(), { serviceKey: KEY, walletInternalUrl: remote.url });
    client = new ServiceClient(config, { name: 'studio', title: 'Studio', version: '1' }, clock);
  });
  afterEach(async () => {
    client.onApplicationShutdown();
    await remote.stop();
  });

  const call = () =>
    client.call({ service: 'wallet', method: 'POST', path: '/wallet/v1/x', body: {}, timeoutMs: 2_000, idempotent: true }); // prettier-ignore
  const events =
    (pieces: readonly string[], end: 'ends' | 'breaks' | 'hangs' = 'ends'): Script =>
    (request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      for (const piece of pieces) response.write(piece);
      if (end === 'ends') response.end();
      // What was written goes out first.
      if (end === 'breaks') setImmediate(() => request.socket.destroy());
    };
  const streamed = (changes: Partial<ServiceCall> = {}) =>
    client.stream({ service: 'wallet', method: 'POST', path: '/wallet/v1/x', body: {}, timeoutMs: 2_000, idempotent: false, headers: { accept: 'text/event-stream' }, ...changes }); // prettier-ignore
  const read = async (changes?: Partial<ServiceCall>) => {
    let text = '';
    for await (const bytes of streamed(changes)) text += Buffer.from(bytes).toString();
    return text;
  };
  const open = async () => {
    for (let failed = 0; failed < BREAKER_LIMITS.failures; failed += 1) {
      remote.script = [hangUp];
      await failure(read());
    }
    remote.seen = [];
  };

  it('comes under this service’s key, as a call does', async () => {
    remote.script = [events(['data: 1\n\n', 'data: 2\n\n'])];
    expect(await serving(() => read({ forwardToken: true }))).toBe('data: 1\n\ndata: 2\n\n');
    expect(remote.seen[0]?.headers).toMatchObject({
      accept: 'text/event-stream',
      'x-service-name': 'studio',
      'x-service-key': KEY,
      authorization: `Bearer ${TOKEN}`,
    });
  });

  it('is an error where the other service answers one, and nothing where it answers no stream', async () => {
    remote.script = [failing(402)];
    expect(await failure(read())).toMatchObject({ status: 402, code: 'C402', details: { required: 5 } });
    expect(await failure(read())).toMatchObject({ reason: 'unreadable' });
  });

  it('that breaks, or is not over in time, says so after what came', async () => {
    remote.script = [events(['data: 1\n\n'], 'breaks')];
    expect(await failure(read())).toMatchObject({ reason: 'transport' });
    remote.script = [events(['data: 1\n\n'], 'hangs')];
    expect(await failure(read({ timeoutMs: 80 }))).toMatchObject({ reason: 'timeout' });
    remote.script = [events([], 'hangs')];
    expect(await failure(read({ signal: AbortSignal.timeout(50) }))).toMatchObject({ reason: 'aborted' });
  });

  it('ends upstream when it is given up', async () => {
    const closed = Promise.withResolvers<void>();
    remote.script = [
      (request, response) => {
        response.on('close', closed.resolve);
        events(['data: 1\n\n'], 'hangs')(request, response);
      },
    ];
    for await (const _ of streamed()) break;
    await closed.promise;
  });

  it('opens the circuit that calls have too, and closes it with its first words', async () => {
    await open();
    expect([await failure(read()), await failure(call())]).toMatchObject([{ reason: 'breaker' }, { reason: 'breaker' }]);
    expect(remote.seen).toHaveLength(0);
    clock.advance(BREAKER_LIMITS.openMs);
    remote.script = [events(['data: 1\n\n'], 'hangs')];
    const trial = streamed();
    const first = trial.next();
    expect(await failure(call())).toMatchObject({ reason: 'breaker' });
    await first;
    expect(await call()).toEqual({ fine: true });
    await trial.return(undefined);
  }); // prettier-ignore

  it('a trial that is given up before its first word says nothing: the next one may try', async () => {
    await open();
    clock.advance(BREAKER_LIMITS.openMs);
    remote.script = [silence];
    expect(await failure(read({ signal: AbortSignal.timeout(50) }))).toMatchObject({ reason: 'aborted' });
    expect(await call()).toEqual({ fine: true });
  });

  it('that never says a word opens the circuit, however it begins', async () => {
    for (let failed = 0; failed < BREAKER_LIMITS.failures; failed += 1) {
      remote.script = [events([], 'breaks')];
      expect(await failure(read())).toMatchObject({ reason: 'transport' });
    }
    expect(await failure(read())).toMatchObject({ reason: 'breaker' });
  });
});
