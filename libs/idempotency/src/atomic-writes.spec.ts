import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { startWritesApp, TENANT, type WritesApp } from './writes-app.fake.js';

const DAY_MS = 24 * 3_600_000;

describe("@Write('atomic')", () => {
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
    service.desk.gate = Promise.resolve();
    service.desk.arrived = Promise.withResolvers();
  });

  const post = (body: object, headers: Record<string, string | undefined> = {}, path = 'notes') =>
    service.post(path, body, { 'idempotency-key': key, ...headers });
  const notesCalled = (text: string): Promise<number> =>
    fixture.db.withTenant((tx) => tx.note.count({ where: { text } }), TENANT);

  it('replays the first answer byte for byte, with its location, under a fresh request id', async () => {
    const first = await post({ text: key });
    const again = await post({ text: key });
    expect(first.statusCode).toBe(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.statusCode).toBe(201);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(await notesCalled(key)).toBe(1);
  });

  it('takes the bare and the quoted key for the same, and another order of fields for the same request', async () => {
    const first = await post({ text: key, mode: undefined });
    const again = await post({ text: key }, { 'idempotency-key': `"${key}"` });
    expect(again.body).toBe(first.body);
  });

  it('has one effect under 50 requests at once; all get the identical body when repeated', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post({ text: key })));
    expect(await notesCalled(key)).toBe(1);
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 201)) {
      expect(answer.statusCode).toBe(409);
      expect(answer.json()).toMatchObject({ error: { code: 'IDEMPOTENCY_IN_PROGRESS', retryable: true } });
      expect(answer.headers['retry-after']).toBe('1');
    }
    const repeated = await Promise.all(Array.from({ length: 50 }, () => post({ text: key })));
    expect(new Set(repeated.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(await notesCalled(key)).toBe(1);
  });

  it('409 with Retry-After while the first one runs; nobody waits', async () => {
    const gate = Promise.withResolvers<void>();
    service.desk.gate = gate.promise;
    const running = post({ text: key, mode: 'gate' });
    await service.desk.arrived.promise;
    const meanwhile = await post({ text: key, mode: 'gate' });
    expect([meanwhile.statusCode, meanwhile.headers['retry-after']]).toEqual([409, '1']);
    gate.resolve();
    expect((await running).statusCode).toBe(201);
    expect((await post({ text: key, mode: 'gate' })).body).toBe((await running).body);
  });

  it('422 for another body, another wallet, another budget under the key', async () => {
    await post({ text: key });
    for (const [body, headers] of [
      [{ text: 'other' }, {}],
      [{ text: key }, { 'x-wallet': 'team' }],
      [{ text: key }, { 'x-budget-max-usd': '1' }],
    ] as const) {
      const refused = await post(body, headers);
      expect([refused.statusCode, refused.json<{ error: { code: string } }>().error.code]).toEqual([
        422,
        'IDEMPOTENCY_KEY_REUSED',
      ]);
    }
    expect(await notesCalled('other')).toBe(0);
  });

  it('ignores Accept and Prefer', async () => {
    const first = await post({ text: key });
    expect((await post({ text: key }, { accept: 'text/html', prefer: 'wait=5' })).body).toBe(first.body);
  });

  it("never shows one user's answer to another user, tenant or route", async () => {
    const first = await post({ text: key });
    const other = await post({ text: key }, { 'x-user': randomUUID() });
    const elsewhere = await post({ text: key }, { 'x-tenant': randomUUID() });
    const secret = await post({}, {}, 'secrets');
    const bodies = [first, other, elsewhere, secret].map(({ body }) => body);
    expect(new Set(bodies).size).toBe(4);
    expect([other, elsewhere, secret].map(({ headers }) => headers['idempotency-replayed'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('stores nothing of a refusal or a crash, and leaves no claim', async () => {
    expect((await post({ text: key, mode: 'refuse' })).statusCode).toBe(403);
    expect((await post({ text: key, mode: 'crash' })).statusCode).toBe(500);
    expect(await notesCalled(key)).toBe(0);
    const good = await post({ text: key });
    expect(good.statusCode).toBe(201);
    expect(good.headers['idempotency-replayed']).toBeUndefined();
  });

  it('leaves no claim of an invalid request', async () => {
    expect((await post({ text: 7 })).statusCode).toBe(400);
    expect((await post({ text: key })).statusCode).toBe(201);
  });

  it.each(["it's", `'; DROP TABLE notes; --`, '\\', "\\' OR 1=1 --", '$1', '{"a":1}', ' ~ '])(
    'takes the key %j for nothing but a key',
    async (text) => {
      const own = { 'idempotency-key': `"${`${key} ${text}`.replace(/["\\]/g, '\\$&')}"` };
      const first = await post({ text: key }, own);
      expect(first.statusCode).toBe(201);
      const again = await post({ text: key }, own);
      expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
      expect(await notesCalled(key)).toBe(1);
    },
  );

  it('400 for a key that is none', async () => {
    const refused = await post({ text: key }, { 'idempotency-key': 'x'.repeat(256) });
    expect(refused.json()).toMatchObject({
      error: { code: 'VALIDATION_FAILED', details: [{ field: 'Idempotency-Key' }] },
    });
  });

  it('forgets an answer 24 hours after its completion', async () => {
    const first = await post({ text: key });
    clock.advance(DAY_MS - 1);
    expect((await post({ text: key })).body).toBe(first.body);
    clock.advance(1);
    const fresh = await post({ text: 'the next day' });
    expect(fresh.statusCode).toBe(201);
    expect((await post({ text: 'the next day' })).body).toBe(fresh.body);
  });

  it('writes each time without a key', async () => {
    const unkeyed = { 'idempotency-key': undefined };
    const [one, two] = [await post({ text: key }, unkeyed), await post({ text: key }, unkeyed)];
    expect([one.statusCode, two.statusCode]).toEqual([201, 201]);
    expect(await notesCalled(key)).toBe(2);
  });

  it('shows a secret once: replayed as null, and never in the table', async () => {
    interface Secret {
      readonly data: { readonly id: string; readonly secret: string | null };
    }
    const first = (await post({}, {}, 'secrets')).json<Secret>();
    const again = (await post({}, {}, 'secrets')).json<Secret>();
    expect(again).toEqual({ ...first, data: { id: first.data.id, secret: null } });
    const stored = await fixture.db.withTenant(
      (tx) => tx.$queryRaw<{ body: string }[]>`SELECT body FROM platform.idempotency_keys WHERE key = ${key}`,
      TENANT,
    );
    expect(stored.map(({ body }) => body).join()).not.toContain(first.data.secret);
  });
});
