import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RevocationFeed, RouteCensus } from '@eventzr/auth';
import { newId, SERVICE_NAMES, type ServiceName } from '@eventzr/config';
import { rawRequest, spellingsOf, TEST_TENANT, TEST_USER } from '@eventzr/testing';
import { call, RunningPlatform, type Answer } from './platform.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const CHAT = '/llm-orch/v1/internal/inference/chat';
const HOLDS = '/wallet/v1/internal/holds';
const ORGANIZER = '00000000-0000-4000-8000-000000000103';
const WISH = { messages: [{ role: 'user', content: 'Describe a lantern festival' }], maxTokens: 100 };
const HOUR_MS = 3_600_000;

interface PrivateRoute {
  readonly service: ServiceName;
  readonly path: string;
  readonly callers: readonly ServiceName[];
}

/** What services say to each other, on the whole platform: nobody else may say it, and nobody in another's name. */
describe('private routes', () => {
  let eventzr: RunningPlatform;
  let user: string;
  let organizer: string;
  let admin: string;
  let routes: readonly PrivateRoute[];

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    [user, organizer, admin] = await Promise.all([
      eventzr.login('user@eventzr.com'),
      eventzr.login('organizer@eventzr.com'),
      eventzr.login('admin@eventzr.com'),
    ]);
    routes = SERVICE_NAMES.flatMap(privateRoutesOf);
  }, 120_000);
  afterAll(() => eventzr.stop());

  it('are there in every service, and each names its callers', () => {
    expect(new Set(routes.map(({ service }) => service))).toEqual(new Set(SERVICE_NAMES));
    expect(routes.filter(({ callers }) => callers.length === 0)).toEqual([]);
  });

  it('404 on the public port with every credential, however they are spelled', async () => {
    for (const { service, path, callers } of routes) {
      const headers = {
        ...namedAs(callers[0] ?? service),
        authorization: `Bearer ${admin}`,
        'x-internal-api-key': eventzr.internalApiKey,
      };
      for (const spelling of spellingsOf(path)) {
        for (const method of ['GET', 'POST']) {
          const answer = await rawRequest(eventzr.url, { method, path: spelling, headers });
          expect([spelling, [400, 404].includes(answer.status)]).toEqual([spelling, true]);
        }
      }
    }
    expect((await rawRequest(eventzr.internalUrl, { path: '/auth/v1/internal/feed', headers: namedAs('vault') })).status).toBe(200); // prettier-ignore
  }, 60_000);

  it('401 on the private port for who has no service key, and for one in the name of another', async () => {
    for (const { service, path, callers } of routes) {
      const [caller = service] = callers;
      const other = SERVICE_NAMES.find((name) => name !== caller) ?? caller;
      const othersKey = eventzr.platform.secrets.serviceKey(other);
      const attempts: Record<string, string>[] = [
        {},
        { authorization: `Bearer ${admin}` },
        { 'x-internal-api-key': eventzr.internalApiKey },
        { ...namedAs(caller), 'x-service-key': othersKey },
        { ...namedAs(caller), 'x-service-key': '' },
        { ...namedAs(caller), 'x-service-key': 'undefined' },
        { ...namedAs(caller), 'x-service-name': `${caller}, ${other}` },
      ];
      for (const headers of attempts) {
        const statuses = await Promise.all(
          ['GET', 'POST'].map(
            async (method) => (await call(eventzr.internalUrl + path, { method, headers })).status,
          ),
        );
        // The one method that the route has, and the one that it has not.
        expect([path, headers, statuses.sort()]).toEqual([path, headers, [401, 404]]);
      }
    }
  }, 60_000);

  it('403 on the private port for services that they do not name', async () => {
    for (const { path, callers } of routes) {
      for (const caller of SERVICE_NAMES.filter((name) => !callers.includes(name))) {
        const answers = await Promise.all(
          ['GET', 'POST'].map((method) =>
            call(eventzr.internalUrl + path, { method, headers: namedAs(caller) }),
          ),
        );
        expect([path, caller, answers.map(({ status }) => status).sort()]).toEqual([
          path,
          caller,
          [403, 404],
        ]);
      }
    }
  }, 60_000);

  describe('a child call', () => {
    it('200 under an open hold of its caller and its user; the child is not charged again', async () => {
      const hold = await open();
      const before = await eventzr.wallet(user);
      const { status } = await child(hold, user);
      expect([status, await eventzr.wallet(user)]).toEqual([200, before]);
      await end(hold);
    });

    it.each<[string, (hold: string) => Promise<Answer>]>([
      ['the token of another user', (hold) => child(hold, organizer)],
      ['an unknown hold', () => child(newId(), user)],
      ['the id of a wallet', async () => child((await eventzr.wallet(user)).id, user)],
    ])('409 with %s', async (_, ask) => {
      const hold = await open();
      const answer = await ask(hold);
      expect([answer.status, answer.error?.code]).toEqual([409, 'LLM_1402']);
      await end(hold);
    });

    it("409 under another user's hold", async () => {
      const hold = await open({ userId: ORGANIZER });
      expect((await child(hold, user)).error?.code).toBe('LLM_1402');
      await end(hold);
    });

    it("409 under another service's hold", async () => {
      const hold = await open({}, 'studio');
      expect((await child(hold, user)).error?.code).toBe('LLM_1402');
      await end(hold, 'studio');
    });

    it('409 under a hold that was settled', async () => {
      const [released, captured] = [await open(), await open()];
      await end(released);
      await settle(captured, 'capture', { amount: 1 });
      for (const hold of [released, captured]) expect((await child(hold, user)).error?.code).toBe('LLM_1402');
    });

    it('401 without a token, with a refresh token and with a revoked one', async () => {
      const hold = await open();
      expect((await child(hold)).error?.code).toBe('UNAUTHORIZED');
      const session = await login('user@eventzr.com');
      expect((await child(hold, session.refreshToken)).error?.code).toBe('TOKEN_INVALID');
      expect((await child(hold, session.accessToken)).status).toBe(200);
      await eventzr.call('/auth/v1/logout', { method: 'POST', token: session.accessToken, body: { refreshToken: session.refreshToken } }); // prettier-ignore
      await everyServiceKnows();
      expect((await child(hold, session.accessToken)).error?.code).toBe('TOKEN_REVOKED');
      await end(hold);
    });
  });

  it('a public route charges whatever service key and parent come along', async () => {
    const before = (await eventzr.settledWallet(user)).available;
    const hold = await open();
    const { status, data } = await eventzr.call<{ credits: { charged: number } }>(COMPLETE, {
      token: user,
      headers: { ...namedAs('aibrain'), ...paidBy(hold) },
      body: { prompt: 'Describe a lantern festival', maxTokens: 100 },
    });
    expect(status).toBe(200);
    expect(data.credits.charged).toBeGreaterThan(0);
    await end(hold);
    expect((await eventzr.settledWallet(user)).available).toBe(before - data.credits.charged);
  });

  it('a hold is settled by the service that made it alone', async () => {
    const hold = await open();
    for (const other of ['studio', 'llm-orch'] as const) {
      expect((await settle(hold, 'capture', { amount: 5 }, other)).status).toBe(404);
      expect((await settle(hold, 'release', {}, other)).status).toBe(404);
    }
    expect((await settle(hold, 'release', {})).status).toBe(200);
  });

  it('a refresh token is no access token, in any service', async () => {
    const { refreshToken } = await login('user@eventzr.com');
    for (const path of [
      '/auth/v1/me',
      '/wallet/v1/wallets',
      '/studio/v1/assets',
      '/aibrain/v1/modes',
      '/llm-orch/v1/models',
      '/subscriptions/v1/subscriptions',
      '/vault/v1/assets',
    ]) {
      expect([path, (await eventzr.call(path, { token: user })).status]).toEqual([path, 200]);
      const { status, error } = await eventzr.call(path, { token: refreshToken });
      expect([path, status, error?.code]).toEqual([path, 401, 'TOKEN_INVALID']);
    }
  });

  function privateRoutesOf(service: ServiceName): PrivateRoute[] {
    const census = eventzr.platform.services.get(service)?.app.get(RouteCensus);
    return (census?.routes() ?? []).flatMap(({ access, path }) =>
      access?.kind === 'internal'
        ? [{ service, path: `/${service}/v1/${path.replace(/:\w+/g, newId())}`, callers: access.callers }]
        : [],
    );
  }

  function namedAs(service: ServiceName): Record<string, string> {
    return { 'x-service-name': service, 'x-service-key': eventzr.platform.secrets.serviceKey(service) };
  }

  function paidBy(holdId: string): Record<string, string> {
    return {
      'x-parent-operation': newId(),
      'x-parent-hold': holdId,
      'x-parent-max-micro-usd': '1000000',
      'idempotency-key': newId(),
    };
  }

  function child(holdId: string, token?: string): Promise<Answer> {
    const headers = { ...namedAs('aibrain'), ...paidBy(holdId) };
    return call(eventzr.internalUrl + CHAT, { token, headers, body: WISH });
  }

  async function open(changes: object = {}, service: ServiceName = 'aibrain'): Promise<string> {
    const body = {
      id: newId(),
      tenantId: TEST_TENANT,
      userId: TEST_USER,
      roles: ['user'],
      walletChoice: null,
      operation: 'images.generate',
      referenceId: newId(),
      amount: 20,
      deadline: new Date(Date.now() + HOUR_MS).toISOString(),
      ...changes,
    };
    const answer = await call(eventzr.internalUrl + HOLDS, { headers: namedAs(service), body });
    expect(answer.status).toBe(201);
    return body.id;
  }

  function settle(
    holdId: string,
    how: 'capture' | 'release',
    body: object,
    service: ServiceName = 'aibrain',
  ) {
    return call(`${eventzr.internalUrl}${HOLDS}/${holdId}/${how}`, {
      headers: namedAs(service),
      body: { tenantId: TEST_TENANT, ...body },
    });
  }

  async function end(holdId: string, service: ServiceName = 'aibrain'): Promise<void> {
    expect((await settle(holdId, 'release', {}, service)).status).toBe(200);
  }

  async function login(email: string): Promise<{ accessToken: string; refreshToken: string }> {
    const { data } = await eventzr.call<{ accessToken: string; refreshToken: string }>('/auth/v1/login', {
      body: { email, password: 'Password123!' },
    });
    return data;
  }

  async function everyServiceKnows(): Promise<void> {
    for (const { app } of eventzr.platform.services.values()) await app.get(RevocationFeed).pull();
  }
});
