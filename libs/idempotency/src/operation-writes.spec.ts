import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { ExpiredKeys } from './expired-keys.js';
import { startWritesApp, TENANT, USER, type WritesApp } from './writes-app.fake.js';

const LEASE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

describe("@Write('operation')", () => {
  const clock = new ManualClock();
  let fixture: FixtureService;
  let service: WritesApp;
  let key: string;

  beforeAll(async () => {
    fixture = await startFixture();
    service = await startWritesApp(fixture.connections, fixture.db, clock);
  });

  afterAll(async () => {
    await service.app.close();
    await fixture.close();
  });

  beforeEach(() => {
    key = randomUUID();
    service.desk.claims.length = 0;
    service.desk.gate = Promise.resolve();
    service.desk.arrived = Promise.withResolvers();
  });

  const post = (
    body: object,
    headers: Record<string, string | undefined> = {},
    path = 'folders/1/operations',
  ) => service.post(path, body, { 'idempotency-key': key, ...headers });
  const notesCalled = (text: string): Promise<number> =>
    fixture.db.withTenant((tx) => tx.note.count({ where: { text } }), TENANT);
  const ids = (): string[] => service.desk.claims.map(({ operationId }) => operationId);
  const claims = (tenantId = TENANT): Promise<{ state: string }[]> =>
    fixture.db.withTenant(
      async (tx) =>
        tx.$queryRaw<{ state: string }[]>`SELECT state FROM platform.idempotency_keys WHERE key = ${key}`,
      tenantId,
    );
  /** Leaves a claim as a killed process does: running, under a lease that nobody renews. */
  const abandoned = async (
    body: object,
    path?: string,
  ): Promise<{ open: () => void; answer: ReturnType<typeof post> }> => {
    const gate = Promise.withResolvers<void>();
    service.desk.gate = gate.promise;
    const answer = post(body, {}, path);
    await service.desk.arrived.promise;
    service.desk.gate = Promise.resolve();
    return { open: gate.resolve, answer };
  };

  it('replays the stored answer byte for byte', async () => {
    const first = await post({ text: key });
    const again = await post({ text: key });
    expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(again.headers['location']).toContain(ids()[0]);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(await notesCalled(key)).toBe(1);
    expect(service.desk.claims).toHaveLength(1);
  });

  it('is replayed for 24 hours from its completion, not from its claim', async () => {
    const running = await abandoned({ text: key, mode: 'gate' });
    clock.advance(LEASE_MS - 1);
    running.open();
    const first = await running.answer;
    expect(first.statusCode).toBe(202);
    clock.advance(DAY_MS - 1);
    expect((await post({ text: key, mode: 'gate' })).body).toBe(first.body);
    clock.advance(1);
    const fresh = await post({ text: key, mode: 'gate' });
    expect([fresh.statusCode, fresh.headers['idempotency-replayed']]).toEqual([202, undefined]);
    expect(await notesCalled(key)).toBe(2);
  });

  it('has one effect under 50 requests at once; all get the identical body when repeated', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post({ text: key })));
    const refused = answers.filter(({ statusCode }) => statusCode !== 202);
    expect(
      new Set(refused.map(({ statusCode, headers }) => `${statusCode} ${headers['retry-after']}`)),
    ).toEqual(new Set(refused.length === 0 ? [] : ['409 1']));
    expect(await notesCalled(key)).toBe(1);
    const repeated = await Promise.all(Array.from({ length: 50 }, () => post({ text: key })));
    expect(new Set(repeated.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(service.desk.claims).toHaveLength(1);
  });

  it('409 while it runs, 422 for another body or another path', async () => {
    const running = await abandoned({ text: key, mode: 'gate' });
    expect((await post({ text: key, mode: 'gate' })).statusCode).toBe(409);
    expect((await post({ text: 'other' })).statusCode).toBe(422);
    running.open();
    await running.answer;
    expect((await post({ text: key, mode: 'gate' }, {}, 'folders/2/operations')).statusCode).toBe(422);
  });

  it('frees the key when the request was invalid or the work failed', async () => {
    expect((await post({ text: 7 })).statusCode).toBe(400);
    expect(await claims()).toEqual([]);
    expect((await post({ text: key, mode: 'refuse' })).statusCode).toBe(503);
    expect(await claims()).toEqual([]);
    expect((await post({ text: key })).statusCode).toBe(202);
    expect(new Set(ids()).size).toBe(2);
  });

  it('takes over from a killed process once its lease is over, as the same operation', async () => {
    const killed = await abandoned({ text: key, mode: 'gate' });
    clock.advance(LEASE_MS - 1);
    expect((await post({ text: key, mode: 'gate' })).statusCode).toBe(409);
    clock.advance(1);
    const taken = await post({ text: key, mode: 'gate' });
    expect(taken.statusCode).toBe(202);
    expect(ids()[1]).toBe(ids()[0]);
    expect(service.desk.claims.map(({ attempt, resumed }) => [attempt, resumed])).toEqual([[1, false], [2, true]]); // prettier-ignore
    expect(await notesCalled(key)).toBe(1);
    killed.open();
    expect((await killed.answer).statusCode).toBe(409);
    expect(await notesCalled(key)).toBe(1);
    expect((await post({ text: key, mode: 'gate' })).body).toBe(taken.body);
  });

  const PATHS = ['folders/1/operations', 'folders/sql/operations'];

  it.each(PATHS)('rolls a zombie back while its successor still runs: %s', async (path) => {
    const zombie = await abandoned({ text: key, mode: 'gate' }, path);
    clock.advance(LEASE_MS);
    service.desk.arrived = Promise.withResolvers();
    const successor = await abandoned({ text: key, mode: 'gate' }, path);
    zombie.open();
    expect((await zombie.answer).statusCode).toBe(409);
    expect(await notesCalled(key)).toBe(0);
    successor.open();
    expect((await successor.answer).statusCode).toBe(202);
    expect(await notesCalled(key)).toBe(1);
  });

  it.each(PATHS)('keeps nothing of an end that failed, and frees the key: %s', async (path) => {
    expect((await post({ text: key, mode: 'crash' }, {}, path)).statusCode).toBe(500);
    expect(await notesCalled(key)).toBe(0);
    expect((await post({ text: key }, {}, path)).statusCode).toBe(202);
    expect(await notesCalled(key)).toBe(1);
  });

  it.each(PATHS)(
    'ends once, also when it is ended twice at once, with a key and without: %s',
    async (path) => {
      expect((await post({ text: key, mode: 'twice' }, {}, path)).statusCode).toBe(202);
      expect(await notesCalled(key)).toBe(1);
      const keyless = { 'idempotency-key': undefined };
      expect((await post({ text: `${key} keyless`, mode: 'twice' }, keyless, path)).statusCode).toBe(202);
      expect(await notesCalled(`${key} keyless`)).toBe(1);
    },
  );

  it('starts a new operation for another body after an abandoned one', async () => {
    const killed = await abandoned({ text: key, mode: 'gate' });
    clock.advance(LEASE_MS);
    expect((await post({ text: 'another' })).statusCode).toBe(202);
    expect(ids()[1]).not.toBe(ids()[0]);
    killed.open();
    expect((await killed.answer).statusCode).toBe(409);
    expect(await notesCalled(key)).toBe(0);
  });

  describe('that may have touched money', () => {
    it('is resumed under its id by the same body', async () => {
      expect((await post({ text: key, mode: 'charge' })).statusCode).toBe(503);
      expect(await claims()).toEqual([{ state: 'freed' }]);
      expect((await post({ text: key, mode: 'charge' })).statusCode).toBe(503);
      expect(new Set(ids()).size).toBe(1);
      expect(service.desk.claims.map(({ attempt, resumed }) => [attempt, resumed])).toEqual([[1, false], [2, true]]); // prettier-ignore
    });

    it('gives way to another body, which is another operation', async () => {
      await post({ text: key, mode: 'charge' });
      expect((await post({ text: key })).statusCode).toBe(202);
      expect(new Set(ids()).size).toBe(2);
      expect((await post({ text: key, mode: 'charge' })).statusCode).toBe(422);
    });
  });

  it('runs without a key, each time as an operation of its own', async () => {
    const unkeyed = { 'idempotency-key': undefined };
    await post({ text: key }, unkeyed);
    await post({ text: key }, unkeyed);
    expect(new Set(ids()).size).toBe(2);
    expect(service.desk.claims.map(({ keyed }) => keyed)).toEqual([false, false]);
    expect(await notesCalled(key)).toBe(2);
  });

  it('500 for a handler that does not end in finish', async () => {
    expect((await post({ text: key, mode: 'forget' })).statusCode).toBe(500);
    expect(await claims()).toEqual([]);
  });

  it('keeps the answer of a job route, which has no tenant', async () => {
    const job = { 'x-user': undefined };
    const first = await post({}, job, 'jobs/tick');
    const again = await post({}, job, 'jobs/tick');
    expect(first.json()).toMatchObject({ data: { job: 'tick', run: 1 } });
    expect(again.body).toBe(first.body);
    expect((await post({}, { ...job, 'idempotency-key': undefined }, 'jobs/tick')).json()).toMatchObject({
      data: { run: 2 },
    });
  });

  it('is swept a day after its end', async () => {
    await post({ text: key });
    await post({ text: key }, { 'x-user': randomUUID(), 'x-tenant': randomUUID() });
    const sweep = service.app.get(ExpiredKeys);
    clock.advance(DAY_MS - 1);
    await sweep.run();
    expect(await claims()).toHaveLength(1);
    clock.advance(1);
    expect((await sweep.run()).succeeded).toBeGreaterThanOrEqual(2);
    expect(await claims()).toEqual([]);
  });

  describe('with a stream', () => {
    const stream = (text: string, headers = {}) => post({ text, mode: 'stream' }, headers, 'streams');

    it('finishes before its last event, and replays as JSON or as events', async () => {
      const text = `one two ${key}`;
      const live = await stream(text);
      expect(live.headers['content-type']).toContain('text/event-stream');
      expect(live.body.match(/event: \w+/g)).toEqual([
        'event: delta',
        'event: delta',
        'event: delta',
        'event: done',
      ]);
      expect(await notesCalled(text)).toBe(1);
      const json = await stream(text);
      expect([json.statusCode, json.headers['idempotency-replayed']]).toEqual([200, 'true']);
      const events = await stream(text, { accept: 'text/event-stream' });
      expect(events.headers['idempotency-replayed']).toBe('true');
      expect(events.body.match(/event: \w+/g)).toEqual(['event: delta', 'event: done']);
      expect(events.body).toContain(json.json<{ data: { id: string } }>().data.id);
      expect(await notesCalled(text)).toBe(1);
    });

    it('replays an answer that was JSON as events, and the other way round as JSON again', async () => {
      const first = await post({ text: key }, {}, 'streams');
      expect(first.headers['content-type']).toContain('application/json');
      const events = await post({ text: key }, { accept: 'text/event-stream' }, 'streams');
      expect(events.headers).toMatchObject({ 'idempotency-replayed': 'true' });
      expect(events.body.match(/event: \w+/g)).toEqual(['event: delta', 'event: done']);
      expect(events.body).toContain(first.json<{ data: { id: string } }>().data.id);
      expect((await post({ text: key }, {}, 'streams')).body).toBe(first.body);
      expect(await notesCalled(key)).toBe(1);
    });

    it('409 while it is streamed', async () => {
      const gate = Promise.withResolvers<void>();
      service.desk.gate = gate.promise;
      const live = stream('wait');
      await service.desk.arrived.promise;
      expect((await stream('wait')).statusCode).toBe(409);
      expect((await stream('other')).statusCode).toBe(422);
      gate.resolve();
      expect((await live).body).toContain('event: done');
      expect((await stream('wait')).headers['idempotency-replayed']).toBe('true');
    });

    it('answers an early fault as an envelope and frees the key', async () => {
      const refused = await stream('early');
      expect([refused.statusCode, refused.json<{ error: { code: string } }>().error.code]).toEqual([
        402,
        'BUDGET_EXCEEDED',
      ]);
      expect(await claims()).toEqual([]);
    });

    it('frees the key when it breaks in the middle', async () => {
      await stream('it will break here');
      expect(service.desk.claims).toHaveLength(1);
      expect(await claims()).toEqual([]);
    });
  });

  it('belongs to its user alone', async () => {
    const first = await post({ text: key });
    const other = await post({ text: key }, { 'x-user': USER.replace(/1$/, '2') });
    expect(other.statusCode).toBe(202);
    expect(other.body).not.toBe(first.body);
  });
});
