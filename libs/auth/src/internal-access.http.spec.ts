import { randomUUID } from 'node:crypto';
import { Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, it } from '@jest/globals';
import { ManualClock, SERVICE_NAMES } from '@eventzr/config';
import { currentContext } from '@eventzr/http';
import { guardedServiceKey, startGuardedApp, TEST_USER, TokenMint } from '@eventzr/testing';
import request from 'supertest';
import { Authenticated, Internal, Job, RevocationFeed } from './index.js';

const SERVICE_KEY = guardedServiceKey('vault');

@Controller()
class ProbeController {
  @Authenticated()
  @Get('me')
  me() {
    return {};
  }

  @Job()
  @Post('jobs/sweep')
  sweep() {
    return {};
  }

  @Internal('vault')
  @Post('internal/thing')
  thing() {
    return { caller: currentContext()?.caller, userId: currentContext()?.principal?.userId };
  }
}

const clock = new ManualClock();
let mint: TokenMint;
let app: NestFastifyApplication;
let port: 'public' | 'internal';

const http = () => request(app.getHttpServer());

beforeAll(async () => {
  mint = await TokenMint.start({ clock });
  app = await startGuardedApp({
    controller: ProbeController,
    tokens: mint,
    clock,
    config: {},
    port: () => port,
  });
});
afterAll(async () => {
  await app.close();
  await mint.close();
});

describe('@Internal', () => {
  const call = (name: string, key: string, authorization?: string) => {
    const sent = http().post('/internal/thing').set({ 'x-service-name': name, 'x-service-key': key });
    return authorization === undefined ? sent : sent.set('authorization', authorization);
  };
  beforeEach(() => {
    port = 'internal';
  });

  it('404 on the public listener, even with a good key and a good token', async () => {
    port = 'public';
    await call('vault', SERVICE_KEY).expect(404);
    await call('vault', SERVICE_KEY, await mint.bearer({ roles: ['admin'] })).expect(404);
  });

  it('a service key opens nothing that is for users or schedulers', async () => {
    const named = { 'x-service-name': 'vault', 'x-service-key': SERVICE_KEY };
    for (const listener of ['public', 'internal'] as const) {
      port = listener;
      await http().get('/me').set(named).expect(401);
      await http().post('/jobs/sweep').set(named).expect(401);
    }
    await http().post('/internal/thing').set('x-internal-api-key', 'internal-key').expect(401);
  });

  it('admits the named callers alone', async () => {
    await call('vault', SERVICE_KEY).expect(201, { caller: 'vault' });
    await call('studio', guardedServiceKey('studio')).expect(403, { code: 'FORBIDDEN' });
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
