import { randomUUID } from 'node:crypto';
import { Controller, Get, Post, type INestApplication, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, type HouseConfig } from '@eventzr/config';
import { currentContext, type Principal } from '@eventzr/http';
import { startGuardedApp, TEST_TENANT, TEST_USER, TokenMint, type TokenWish } from '@eventzr/testing';
import request from 'supertest';
import { Authenticated, CurrentTenant, CurrentUser, Job, Public, RevocationFeed, Signed } from './index.js';

const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';

@Controller()
class ProbeController {
  @Public()
  @Get('open')
  open() {
    return { open: true };
  }

  @Authenticated()
  @Get('me')
  me(@CurrentTenant() tenantId: string, @CurrentUser() { userId, tier, roles }: Principal) {
    return { tenantId, userId, tier, roles };
  }

  @Authenticated()
  @Post('write')
  write() {
    return {};
  }

  @Authenticated('organizer')
  @Get('organizers')
  organizers() {
    return {};
  }

  @Authenticated('admin')
  @Get('admins')
  admins() {
    return {};
  }

  @Signed()
  @Get('content')
  content() {
    return { userId: currentContext()?.principal?.userId ?? null };
  }

  @Job()
  @Post('jobs/sweep')
  sweep() {
    return { caller: currentContext()?.caller };
  }
}

@Controller('forgotten')
class UnmarkedController {
  @Get()
  get() {
    return {};
  }
}

const clock = new ManualClock();
let mint: TokenMint;
let app: NestFastifyApplication;
let port: 'public' | 'internal' = 'public';

const start = (controller: Type<object>, config: Partial<HouseConfig> = {}) =>
  startGuardedApp({ controller, tokens: mint, clock, config, port: () => port });

const http = (nest: INestApplication = app) => request(nest.getHttpServer() as never);
const get = (path: string, token: string, headers: Record<string, string> = {}) =>
  http()
    .get(path)
    .set({ authorization: `Bearer ${token}`, ...headers });

beforeAll(async () => {
  mint = await TokenMint.start({ clock });
  app = await start(ProbeController);
});
beforeEach(() => {
  port = 'public';
});
afterAll(async () => {
  await app.close();
  await mint.close();
});

describe('an unmarked route', () => {
  it('stops the service at start', async () => {
    await expect(start(UnmarkedController)).rejects.toThrow('UnmarkedController.get');
  });
});

describe('@Authenticated', () => {
  it('200 with tenant, user and tier of the token', async () => {
    const token = await mint.token({ planTier: 'professional', roles: ['user', 'partner'] });
    const answer = await get('/me', token).expect(200);
    expect(answer.body).toEqual({
      tenantId: TEST_TENANT,
      userId: TEST_USER,
      tier: 'PRO',
      roles: ['user', 'partner'],
    });
  });

  it.each<[string, TokenWish]>([
    ['without planTier, iss typ at+jwt', {}],
    ['of 24 hours', { expiresInSeconds: 86_400 }],
    ['that ended less than 30 s ago', { issuedAgoSeconds: 3_629 }],
    ['with several audiences', { claims: { aud: ['other', 'eventzr-api'] } }],
    ['without typ', { header: { typ: undefined } }],
    ['with unknown roles beside known ones', { claims: { roles: ['user', 'wizard'] } }],
  ])('200 for a token %s', async (_, wish) => {
    await get('/me', await mint.token(wish)).expect(200);
  });

  it('401 with a challenge for no header, another scheme and an empty token', async () => {
    const none = await http().get('/me').expect(401, { code: 'UNAUTHORIZED' });
    expect(none.headers['www-authenticate']).toBe('Bearer realm="eventzr"');
    await http().get('/me').set('authorization', 'Basic dTpw').expect(401, { code: 'UNAUTHORIZED' });
    await http().get('/me').set('authorization', 'Bearer').expect(401, { code: 'TOKEN_INVALID' });
  });

  it.each([
    [['user'], '/organizers', 403],
    [['organizer'], '/organizers', 200],
    [['admin'], '/organizers', 200],
    [['organizer'], '/admins', 403],
    [['partner', 'developer'], '/organizers', 403],
  ] as const)('%j on %s: %d', async (roles, path, status) => {
    await get(path, await mint.token({ roles })).expect(status);
  });

  it('x-tenant-id must be the tenant of the token', async () => {
    const token = await mint.token({ tenantId: OTHER_TENANT });
    await get('/me', token, { 'x-tenant-id': OTHER_TENANT.toUpperCase() }).expect(200);
    for (const tenant of [TEST_TENANT, 'nonsense', '', `${OTHER_TENANT}, ${OTHER_TENANT}`]) {
      await get('/me', token, { 'x-tenant-id': tenant }).expect(403, { code: 'TENANT_MISMATCH' });
    }
  });

  it('401 STEP_UP_REQUIRED where the token names this service and has no second factor', async () => {
    const answer = await get('/me', await mint.token({ stepUp: ['subscriptions'] })).expect(401, {
      code: 'STEP_UP_REQUIRED',
    });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="insufficient_user_authentication"/);
    await get('/me', await mint.token({ stepUp: ['subscriptions'], amr: ['pwd', 'otp'] })).expect(200);
    await get('/me', await mint.token({ stepUp: ['studio'] })).expect(200);
  });
});

describe('revocation', () => {
  it.each([
    ['session', { sessionId: randomUUID() }],
    ['token', { tokenId: randomUUID() }],
    ['user', { userId: randomUUID() }],
    ['tenant', { tenantId: randomUUID() }],
  ] as const)(
    '401 TOKEN_REVOKED for a revoked %s, although the token was cached; 200 once lifted',
    async (kind, wish) => {
      const token = await mint.token(wish);
      await get('/me', token).expect(200);
      const id = mint.revoke(kind, Object.values(wish)[0] ?? '');
      await app.get(RevocationFeed).pull();
      await get('/me', token).expect(401, { code: 'TOKEN_REVOKED' });
      mint.lift(id);
      await app.get(RevocationFeed).pull();
      await get('/me', token).expect(200);
    },
  );

  it('503 while the feed never came', async () => {
    mint.down = true;
    const lonely = await start(ProbeController);
    await http(lonely)
      .get('/me')
      .set('authorization', await mint.bearer())
      .expect(503, { code: 'UNAVAILABLE' });
    await http(lonely).get('/open').expect(200);
    mint.down = false;
    await lonely.close();
  });
});

describe('@Signed', () => {
  it('lets a bare request pass to the handler, and checks whoever names himself', async () => {
    await http().get('/content').expect(200, { userId: null });
    await get('/content', await mint.token()).expect(200, { userId: TEST_USER });
    await get('/content', 'forged').expect(401, { code: 'TOKEN_INVALID' });
    await get('/content', await mint.token(), { 'x-tenant-id': OTHER_TENANT }).expect(403);
  });
});

describe('@Job', () => {
  it('200 with the internal key in either header, 401 for a user token', async () => {
    await http().post('/jobs/sweep').set('x-api-key', 'internal-key').expect(201, { caller: 'internal' });
    await http().post('/jobs/sweep').set('x-internal-api-key', 'internal-key').expect(201);
    await http()
      .post('/jobs/sweep')
      .set('authorization', await mint.bearer({ roles: ['admin'] }))
      .expect(401);
  });

  it.each([undefined, '', '  '])('401 for everything when the key is %j', async (internalApiKey) => {
    const closed = await start(ProbeController, { internalApiKey });
    for (const key of ['', 'undefined', 'null', ' ', 'internal-key'])
      for (const header of ['x-internal-api-key', 'x-api-key'])
        await http(closed).post('/jobs/sweep').set(header, key).expect(401);
    await http(closed).post('/jobs/sweep').expect(401);
    await closed.close();
  });

  it('takes two keys while one is being replaced, and never both headers with different ones', async () => {
    const changing = await start(ProbeController, { internalApiKeyNext: 'next-key' });
    const sweep = (headers: Record<string, string>) => http(changing).post('/jobs/sweep').set(headers);
    await sweep({ 'x-api-key': 'internal-key' }).expect(201);
    await sweep({ 'x-internal-api-key': 'next-key' }).expect(201);
    await sweep({ 'x-internal-api-key': 'internal-key', 'x-api-key': 'next-key' }).expect(401);
    await changing.close();
  });
});
