import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningPlatform } from './platform.js';

const PASSWORD = 'a tent, a stage and rain';

/** From nothing to a working account: what a newcomer may expect of every service. */
describe('somebody who just signed up', () => {
  let eventzr: RunningPlatform;
  let token: string;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    const answer = await eventzr.call<{ accessToken: string }>('/auth/v1/signup/email', {
      body: { email: 'ada@example.com', password: PASSWORD, firstName: 'Ada', lastName: 'Lovelace' },
    });
    expect(answer.status).toBe(201);
    token = answer.data.accessToken;
  }, 120_000);
  afterAll(() => eventzr.stop());

  it('has two empty wallets of their own, and sees nobody else’s', async () => {
    const { status, data } = await eventzr.call<{ kind: string; available: number }[]>('/wallet/v1/wallets', {
      token,
    });
    expect(status).toBe(200);
    expect(data.map(({ kind, available }) => [kind, available]).sort()).toEqual([
      ['team', 0],
      ['user', 0],
    ]);
  });

  it('is known to every service', async () => {
    for (const path of [
      '/auth/v1/me',
      '/studio/v1/render-jobs',
      '/studio/v1/assets',
      '/aibrain/v1/requests',
      '/llm-orch/v1/models',
      '/subscriptions/v1/plans',
      '/subscriptions/v1/subscriptions',
      '/vault/v1/assets',
    ])
      expect([path, (await eventzr.call(path, { token })).status]).toEqual([path, 200]);
  });

  it('hears what is missing for paid work, and can do it once it is there', async () => {
    const work = { token, body: { prompt: 'Describe a street food festival', maxTokens: 200 } };
    const refused = await eventzr.call('/llm-orch/v1/inference/complete', work);
    expect([refused.status, refused.error?.code, refused.error?.details]).toMatchObject([
      402,
      expect.any(String),
      { available: 0 },
    ]);
    const { id } = await eventzr.wallet(token);
    const me = await eventzr.call<{ tenantId: string }>('/auth/v1/me', { token });
    const admin = await eventzr.login('admin@eventzr.com');
    const body = { amount: 100, reason: 'welcome', tenantId: me.data.tenantId };
    expect(
      (await eventzr.call(`/wallet/v1/wallets/${id}/top-ups`, { token: admin, body })).status,
    ).toBeLessThan(300);
    expect((await eventzr.call('/llm-orch/v1/inference/complete', work)).status).toBe(200);
  });

  it('confirms the address with the mail that lies in the outbox', async () => {
    const mail = await newestMail();
    const confirmed = await eventzr.call('/auth/v1/email/verify', {
      body: { token: /[\w-]{64}/.exec(mail)?.[0] },
    });
    expect(confirmed.status).toBe(200);
    const me = await eventzr.call<{ emailVerified: boolean }>('/auth/v1/me', { token });
    expect(me.data.emailVerified).toBe(true);
  });

  // The worker of the running platform sends it when it gets to it.
  async function newestMail(): Promise<string> {
    for (;;) {
      const { data } = await eventzr.call<{ text: string }[]>('/auth/v1/dev/outbox?to=ada@example.com', {});
      if (data[0] !== undefined) return data[0].text;
    }
  }
});
