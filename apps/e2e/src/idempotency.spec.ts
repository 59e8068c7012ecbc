import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { TEST_TENANT, TEST_USER } from '@eventzr/testing';
import { call, RunningPlatform, type Answer } from './platform.js';

const HOLDS = '/wallet/v1/internal/holds';
const HOUR_MS = 3_600_000;
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PROMPT = 'Describe a lantern festival by a lake';

/** What a client sees that repeats its request until it hears an answer. */
describe('the same Idempotency-Key again', () => {
  let eventzr: RunningPlatform;
  let user: string;
  let admin: string;
  let key: string;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    [user, admin] = await Promise.all([
      eventzr.login('user@eventzr.com'),
      eventzr.login('admin@eventzr.com'),
    ]);
  }, 120_000);
  afterAll(() => eventzr.stop());
  beforeEach(() => {
    key = newId();
  });

  it.each<[string, string, object, number]>([
    ['a completion', '/llm-orch/v1/inference/complete', { prompt: PROMPT, maxTokens: 100 }, 200],
    ['a picture', '/studio/v1/images/generate', { prompt: PROMPT, provider: 'local' }, 202],
    ['an orchestration', '/aibrain/v1/orchestrate', { prompt: PROMPT, mode: 'single', maxTokens: 100 }, 200],
  ])('works after a 402 and a top-up, and charges once: %s', async (_, path, body, status) => {
    const send = (): Promise<Answer> =>
      eventzr.call(path, { token: user, headers: { 'idempotency-key': key }, body });
    await spendAll();
    for (let time = 0; time < 2; time += 1) {
      const refused = await send();
      expect([refused.status, refused.error?.name]).toEqual([402, 'INSUFFICIENT_CREDITS']);
    }
    await topUp(1_000);
    const charged = (await charges()).length;
    const first = await send();
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([status, null]);
    const again = await send();
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([status, 'true']);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const { available } = await eventzr.settledWallet(user);
    expect(available).toBeLessThan(1_000);
    expect(await charges()).toHaveLength(charged + 1);
  });

  it('400, 401 and 403 leave the key free', async () => {
    const send = (token: string | undefined, body: object) =>
      eventzr.call('/wallet/v1/policies/team', {
        method: 'PUT',
        token,
        headers: { 'idempotency-key': key },
        body,
      });
    expect((await send(undefined, { roles: ['admin'] })).status).toBe(401);
    expect((await send(user, { roles: ['admin'] })).status).toBe(403);
    expect((await send(admin, { roles: 'admin' })).status).toBe(400);
    expect((await send(admin, { roles: ['admin'] })).status).toBe(200);
    expect((await send(admin, { roles: ['organizer'] })).error?.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('of another user is another key', async () => {
    await topUp(1_000);
    const send = (token: string) =>
      eventzr.call<{ id: string }>('/llm-orch/v1/inference/complete', {
        token,
        headers: { 'idempotency-key': key },
        body: { prompt: PROMPT, maxTokens: 100 },
      });
    const [mine, theirs] = [await send(user), await send(admin)];
    expect([mine.status, theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([
      200,
      200,
      null,
    ]);
    expect((await send(user)).text).toBe(mine.text);
    expect(theirs.text).not.toBe(mine.text);
  });

  it('stores an upload once; 422 for another file under it', async () => {
    const upload = (bytes: Buffer): Promise<Answer<{ id: string }>> => {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(bytes)], 'dot.png', { type: 'image/png' }));
      return sendForm('/vault/v1/assets', form);
    };
    const first = await upload(DOT);
    expect(first.status).toBe(201);
    const again = await upload(DOT);
    expect([again.status, again.text, again.headers.get('location')]).toEqual([201, first.text, first.headers.get('location')]); // prettier-ignore
    expect((await upload(Buffer.concat([DOT, Buffer.from('\n')]))).error?.code).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    const listed = await eventzr.call<{ id: string }[]>('/vault/v1/assets?limit=100', { token: admin });
    expect(listed.data.map(({ id }) => id)).toEqual([first.data.id]);
  });

  async function sendForm<T>(path: string, form: FormData): Promise<Answer<T>> {
    const headers = { authorization: `Bearer ${admin}`, 'idempotency-key': key };
    const response = await fetch(eventzr.url + path, { method: 'POST', headers, body: form });
    const text = await response.text();
    return { ...(JSON.parse(text) as Answer<T>), status: response.status, headers: response.headers, text };
  }

  /** Takes everything out of the user's wallet, as another operation would. */
  async function spendAll(): Promise<void> {
    const { available } = await eventzr.settledWallet(user);
    if (available === 0) return;
    const id = newId();
    const secrets = eventzr.platform.secrets;
    const headers = { 'x-service-name': 'studio', 'x-service-key': secrets.serviceKey('studio') };
    const deadline = new Date(Date.now() + HOUR_MS).toISOString();
    const hold = {
      id,
      tenantId: TEST_TENANT,
      userId: TEST_USER,
      roles: ['user'],
      walletChoice: 'user',
      operation: 'images.generate',
      referenceId: id,
      amount: available,
      deadline,
    };
    await call(eventzr.internalUrl + HOLDS, { headers, body: hold });
    const captured = await call(`${eventzr.internalUrl}${HOLDS}/${id}/capture`, { headers, body: { tenantId: TEST_TENANT, amount: available } }); // prettier-ignore
    expect([captured.status, (await eventzr.wallet(user)).available]).toEqual([200, 0]);
  }

  async function charges(): Promise<object[]> {
    const path = `/wallet/v1/wallets/${await walletId()}/transactions?limit=100`;
    const { data } = await eventzr.call<{ balanceChange: number }[]>(path, { token: user });
    return data.filter(({ balanceChange }) => balanceChange < 0);
  }

  async function walletId(): Promise<string> {
    return (await eventzr.wallet(user)).id;
  }

  async function topUp(amount: number): Promise<void> {
    const path = `/wallet/v1/wallets/${await walletId()}/top-ups`;
    expect((await eventzr.call(path, { token: admin, body: { amount } })).status).toBe(201);
  }
});
