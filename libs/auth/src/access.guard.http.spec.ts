import { randomUUID } from 'node:crypto';
import { Controller, Get, Global, Module, Post, type INestApplication } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock, HouseConfig, ManualClock, SERVICE_NAMES } from '@eventzr/config';
import {
  AppLogger,
  CatalogueError,
  currentContext,
  HealthRegistry,
  runInContext,
  ServiceIdentity,
} from '@eventzr/http';
import { TEST_TENANT, TEST_USER, TokenMint, type TokenWish } from '@eventzr/testing';
import request from 'supertest';
import {
  AccessGuard,
  Authenticated,
  AuthModule,
  CurrentTenant,
  CurrentUser,
  Internal,
  Job,
  Public,
  RevocationFeed,
  secretDigest,
  Signed,
} from './index.js';
import type { Principal } from '@eventzr/http';

const LEGACY_SECRET = 'a legacy secret of more than 32 bytes';
const SERVICE_KEY = 'v'.repeat(40);
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';
let reached = 0;

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
    reached += 1;
    return { tenantId, userId, tier, roles };
  }

  @Authenticated()
  @Post('write')
  write() {
    reached += 1;
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

  @Internal('vault')
  @Post('internal/thing')
  thing() {
    return { caller: currentContext()?.caller, userId: currentContext()?.principal?.userId };
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

async function start(
  controller: new () => object,
  over: Partial<HouseConfig> = {},
): Promise<NestFastifyApplication> {
  const config = Object.assign(new HouseConfig(), {
    authInternalUrl: mint.url,
    serviceKey: 'k'.repeat(32),
    serviceKeyDigests: ['vault', 'studio']
      .map((name) => `${name}:${secretDigest(`${name[0]}`.repeat(40)).toString('hex')}`)
      .join(),
    internalApiKey: 'internal-key',
    jwtHs256Secret: LEGACY_SECRET,
    ...over,
  });
  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const house = [
    { provide: HouseConfig, useValue: config },
    { provide: Clock, useValue: clock },
    { provide: AppLogger, useValue: silent },
    { provide: ServiceIdentity, useValue: { name: 'subscriptions', title: '', version: '' } },
    HealthRegistry,
  ];
  @Global()
  @Module({ providers: house, exports: house })
  class HouseModule {}
  @Module({
    imports: [HouseModule, AuthModule],
    controllers: [controller],
    providers: [{ provide: APP_GUARD, useExisting: AccessGuard }],
  })
  class TestModule {}
  const nest = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  nest
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (incoming, _reply, done) => {
      const { method, headers } = incoming;
      const ids = {
        requestId: randomUUID(),
        traceId: '',
        traceparent: '',
        clientAddress: '',
        signal: new AbortController().signal,
      };
      runInContext(
        { ...ids, method, headers, route: undefined, port, principal: undefined, caller: undefined },
        done,
      );
    });
  nest.useGlobalFilters({
    catch(fault: unknown, host) {
      const entry = fault instanceof CatalogueError ? fault : undefined;
      const reply = host
        .switchToHttp()
        .getResponse<{ code(n: number): { headers(h: object): { send(b: object): void } } }>();
      reply
        .code(entry?.entry.http ?? 500)
        .headers(entry?.headers ?? {})
        .send({ code: entry?.entry.code ?? String(fault) });
    },
  });
  await nest.init();
  await nest.getHttpAdapter().getInstance().ready();
  await nest.get(RevocationFeed).pull();
  return nest;
}

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
  reached = 0;
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

describe('tokens that are not what they seem', () => {
  const legacyHeader = { alg: 'HS256', typ: 'JWT' };
  const legacy = (over: Record<string, unknown> = {}) => ({
    ...mint.claims(),
    iss: 'eventzr-legacy',
    ...over,
  });
  const header = () => ({ alg: 'RS256', typ: 'at+jwt', kid: mint.kid });
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const publicPem = () => mint.publicKey.export({ format: 'pem', type: 'spki' });

  const attacks: [string, () => Promise<string> | string][] = [
    ['alg none, no signature', () => `${json({ alg: 'none', typ: 'JWT' })}.${json(mint.claims())}.`],
    ['alg none with a signature', () => mint.sign({ ...header(), alg: 'none' }, mint.claims())],
    ['alg nOnE', () => mint.sign({ ...header(), alg: 'nOnE' }, mint.claims())],
    [
      'HS256 with the public key as the secret',
      () => mint.signHs256({ ...header(), alg: 'HS256' }, mint.claims(), publicPem()),
    ],
    ['HS256 with the public key, legacy issuer', () => mint.signHs256(legacyHeader, legacy(), publicPem())],
    [
      'HS256 by the legacy secret under the main issuer',
      () => mint.signHs256(legacyHeader, mint.claims(), LEGACY_SECRET),
    ],
    ['RS256 under the legacy issuer', () => mint.sign(header(), legacy())],
    [
      'the legacy issuer asserting admin',
      () => mint.signHs256(legacyHeader, legacy({ roles: ['admin'] }), LEGACY_SECRET),
    ],
    ['PS256 announced for an RS256 key', () => mint.sign({ ...header(), alg: 'PS256' }, mint.claims())],
    ['an unknown kid', () => mint.token({ header: { kid: 'other' } })],
    ['a path as kid', () => mint.token({ header: { kid: '../../../dev/null' } })],
    ['SQL as kid', () => mint.token({ header: { kid: "' OR 1=1 --" } })],
    ['a number as kid', () => mint.token({ header: { kid: 7 } })],
    ['no kid', () => mint.token({ header: { kid: undefined } })],
    ['an embedded jwk', () => mint.token({ header: { jwk: mint.publicKey.export({ format: 'jwk' }) } })],
    ['jku', () => mint.token({ header: { jku: 'https://evil.example/jwks' } })],
    ['x5u', () => mint.token({ header: { x5u: 'https://evil.example/x' } })],
    ['x5c', () => mint.token({ header: { x5c: ['AA'] } })],
    ['crit', () => mint.token({ header: { crit: ['exp'] } })],
    ['b64', () => mint.token({ header: { b64: false } })],
    ['typ refresh+jwt', () => mint.token({ header: { typ: 'refresh+jwt' } })],
    ['typ Refresh+JWT', () => mint.token({ header: { typ: 'Refresh+JWT' } })],
    ['a header that is a list', () => mint.sign('["RS256"]', mint.claims())],
    ['a payload that is text', () => mint.sign(header(), '"sub"')],
    ['a payload that is no JSON', () => mint.sign(header(), '{sub:1}')],
    ['a byte order mark', () => mint.sign(header(), `\uFEFF${JSON.stringify(mint.claims())}`)],
    [
      'a claim twice',
      () => mint.sign(header(), JSON.stringify(mint.claims()).replace('{', `{"sub":"${TEST_USER}",`)),
    ],
    [
      'a header field twice',
      () => mint.sign(JSON.stringify(header()).replace('{', '{"alg":"none",'), mint.claims()),
    ],
    ['exp as text', () => mint.token({ claims: { exp: '9999999999' } })],
    ['exp missing', () => mint.token({ claims: { exp: undefined } })],
    ['exp as null', () => mint.token({ claims: { exp: null } })],
    ['exp as a huge number', () => mint.token({ claims: { exp: 1e300 } })],
    ['iat missing', () => mint.token({ claims: { iat: undefined } })],
    ['issued in the future', () => mint.token({ issuedAgoSeconds: -60 })],
    ['not yet valid', () => mint.token({ claims: { nbf: clock.now().getTime() / 1000 + 60 } })],
    ['a lifetime over a day', () => mint.token({ expiresInSeconds: 86_401 })],
    ['another issuer', () => mint.token({ claims: { iss: 'https://evil.example' } })],
    ['no issuer', () => mint.token({ claims: { iss: undefined } })],
    ['another audience', () => mint.token({ claims: { aud: 'other' } })],
    ['no audience', () => mint.token({ claims: { aud: undefined } })],
    ['a subject that is no UUID', () => mint.token({ claims: { sub: '1' } })],
    ['no tenant', () => mint.token({ claims: { tenantId: undefined } })],
    ['roles as text', () => mint.token({ claims: { roles: 'admin' } })],
    ['amr as text', () => mint.token({ claims: { amr: 'otp' } })],
    ['5 KiB', () => mint.token({ claims: { padding: 'x'.repeat(4_000) } })],
    ['padding', async () => `${await mint.token()}=`],
    ['a trailing dot', async () => `${await mint.token()}.`],
    ['five parts', async () => `${await mint.token()}.a.b`],
    ['spaces inside', async () => (await mint.token()).replace('.', ' .')],
    ['plain base64 alphabet', async () => (await mint.token({ email: '???>>>@x.y' })).replace('.', '+.')],
    ['two parts', async () => (await mint.token()).split('.').slice(0, 2).join('.')],
    ['a truncated signature', async () => (await mint.token()).slice(0, -8)],
    ['an altered signature', async () => (await mint.token()).replace(/\.([^.]{4})([^.]*)$/, '.AAAA$2')],
    ['non-canonical last character', async () => nonCanonical(await mint.token())],
    ['altered claims', async () => altered(await mint.token())],
    ['garbage', () => 'garbage'],
    ['undefined', () => 'undefined'],
  ];

  it.each(attacks)('401 and no handler for %s', async (_, make) => {
    const answer = await get('/me', await make());
    expect([answer.status, (answer.body as { code: string }).code, reached]).toEqual([
      401,
      'TOKEN_INVALID',
      0,
    ]);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('401 TOKEN_EXPIRED 30 s after the end, also for a token seen before', async () => {
    const token = await mint.token();
    await get('/me', token).expect(200);
    clock.advance(3_630_000);
    await get('/me', token).expect(401, { code: 'TOKEN_EXPIRED' });
  });

  it('200 for the legacy issuer below admin, with and without its kid', async () => {
    await get(
      '/organizers',
      mint.signHs256(legacyHeader, legacy({ roles: ['organizer'] }), LEGACY_SECRET),
    ).expect(200);
    await get(
      '/me',
      mint.signHs256({ ...legacyHeader, kid: 'legacy-hs256' }, legacy(), LEGACY_SECRET),
    ).expect(200);
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

  it('401 for everything when no key is configured', async () => {
    const closed = await start(ProbeController, { internalApiKey: '' });
    for (const key of ['', 'undefined', 'null', ' '])
      await http(closed).post('/jobs/sweep').set('x-internal-api-key', key).expect(401);
    await closed.close();
  });
});

describe('@Internal', () => {
  const call = (name: string, key: string, authorization?: string) => {
    const sent = http().post('/internal/thing').set({ 'x-service-name': name, 'x-service-key': key });
    return authorization === undefined ? sent : sent.set('authorization', authorization);
  };
  beforeEach(() => {
    port = 'internal';
  });

  it('404 on the public listener, even with a good key', async () => {
    port = 'public';
    await call('vault', SERVICE_KEY).expect(404);
  });

  it('admits the named callers alone', async () => {
    await call('vault', SERVICE_KEY).expect(201, { caller: 'vault' });
    await call('studio', 's'.repeat(40)).expect(403, { code: 'FORBIDDEN' });
    for (const name of SERVICE_NAMES.filter((service) => service !== 'vault'))
      await call(name, SERVICE_KEY).expect(401);
    await http()
      .post('/internal/thing')
      .set('authorization', await mint.bearer())
      .expect(401);
  });

  it('takes the user from a forwarded token, up to 15 minutes past its end', async () => {
    await call('vault', SERVICE_KEY, await mint.bearer({ issuedAgoSeconds: 3_600 + 899 })).expect(201, {
      caller: 'vault',
      userId: TEST_USER,
    });
    await call('vault', SERVICE_KEY, await mint.bearer({ issuedAgoSeconds: 3_600 + 931 })).expect(401, {
      code: 'TOKEN_EXPIRED',
    });
    await call('vault', SERVICE_KEY, 'Bearer forged').expect(401, { code: 'TOKEN_INVALID' });
  });

  it('never takes a revoked one', async () => {
    const sessionId = randomUUID();
    mint.revoke('session', sessionId);
    await app.get(RevocationFeed).pull();
    await call('vault', SERVICE_KEY, await mint.bearer({ sessionId })).expect(401, { code: 'TOKEN_REVOKED' });
  });
});

/** The same bytes with another last character: the 2 to 4 unused bits set. */
function nonCanonical(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return `${token.slice(0, -1)}${alphabet[alphabet.indexOf(token.slice(-1)) + 1] ?? 'B'}`;
}

function altered(token: string): string {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return `${head}.${Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url')}.${signature}`;
}
