import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { guardedServiceKey, LEGACY_SECRET, startGuardedApp, TokenMint } from '@eventzr/testing';
import request from 'supertest';
import { Authenticated, Internal, RevocationFeed, Signed, type PublishedKey } from './index.js';

let reached = 0;

@Controller()
class ProbeController {
  @Authenticated()
  @Get('read')
  read() {
    return this.served();
  }

  @Authenticated('organizer')
  @Get('organizers')
  organizers() {
    return this.served();
  }

  @Authenticated('admin')
  @Get('admins')
  admins() {
    return this.served();
  }

  @Authenticated()
  @Post('write')
  write() {
    return this.served();
  }

  @Signed()
  @Get('content')
  content() {
    return this.served();
  }

  @Internal('vault')
  @Post('internal/thing')
  thing() {
    return this.served();
  }

  private served() {
    reached += 1;
    return {};
  }
}

const clock = new ManualClock();
let elapsed: number;
let port: 'public' | 'internal';
let mint: TokenMint;
let app: NestFastifyApplication;
let feed: RevocationFeed;

beforeEach(async () => {
  reached = 0;
  elapsed = 0;
  port = 'public';
  mint = await TokenMint.start({ clock });
  app = await startGuardedApp({
    controller: ProbeController,
    tokens: mint,
    clock,
    port: () => port,
    elapsedMs: () => elapsed,
  });
  feed = app.get(RevocationFeed);
  // Only what requests cause is counted.
  feed.stop();
  await feed.pull();
  mint.pulls = 0;
});
afterEach(async () => {
  await app.close();
  await mint.close();
});

const send = (method: 'get' | 'post', path: string, token: string) =>
  request(app.getHttpServer())[method](path).set('authorization', `Bearer ${token}`);
const read = (token: string) => send('get', '/read', token);
const statusOf = async (sent: ReturnType<typeof send>) => (await sent).status;
const asVault = (token: string) =>
  send('post', '/internal/thing', token).set({
    'x-service-name': 'vault',
    'x-service-key': guardedServiceKey('vault'),
  });
const madeUp = () => mint.token({ header: { kid: randomUUID() } });
const newKey = (kid: string): PublishedKey => ({
  kid,
  alg: 'RS256',
  jwk: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
});

describe('made-up kids', () => {
  it('cause one fetch of keys in 30 s, and good tokens pass all the while', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => read(await (n % 3 === 0 ? mint.token() : madeUp()))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, n) => (n % 3 === 0 ? 200 : 401)));
    expect([mint.pulls, reached]).toEqual([1, 20]);
    elapsed = 29_999;
    await read(await madeUp()).expect(401, { code: 'TOKEN_INVALID' });
    expect(mint.pulls).toBe(1);
    elapsed = 30_000;
    await read(await madeUp()).expect(401);
    expect(mint.pulls).toBe(2);
  });

  it.each<[string, () => void]>([
    ['fails', () => void (mint.down = true)],
    ['brings no keys', () => void (mint.keys = [])],
    ['brings a kid twice', () => void (mint.keys = [newKey('a'), newKey('a')])],
    [
      'brings a symmetric key',
      () => void (mint.keys = [{ kid: 'a', alg: 'HS256', jwk: { kty: 'oct', k: 'AA' } }]),
    ],
  ])('take no good key away when the fetch %s', async (_, spoil) => {
    const cached = await mint.token();
    await read(cached).expect(200);
    spoil();
    await read(await madeUp()).expect(401);
    expect(mint.pulls).toBe(1);
    await read(cached).expect(200);
    await read(await mint.token()).expect(200);
  });

  it('of other issuers cause no fetch: the legacy one has one key, unknown ones have none', async () => {
    const legacy = { ...mint.claims(), iss: 'eventzr-legacy' };
    for (const kid of [randomUUID(), '../key', mint.kid]) {
      await read(mint.signHs256({ alg: 'HS256', typ: 'JWT', kid }, legacy, LEGACY_SECRET)).expect(401);
      await read(await mint.token({ header: { kid }, claims: { iss: 'https://evil.example' } })).expect(401);
    }
    expect([mint.pulls, reached]).toEqual([0, 0]);
  });

  it('which are real by now bring their key with them', async () => {
    const next = await TokenMint.start({ clock });
    mint.keys = [...mint.keys, ...next.keys];
    await read(await next.token()).expect(200);
    await read(await mint.token()).expect(200);
    await next.close();
  });
});

describe('a token that was verified before', () => {
  it('401 once its key left the feed', async () => {
    const token = await mint.token();
    await read(token).expect(200);
    mint.keys = [newKey('next')];
    await feed.pull();
    await read(token).expect(401, { code: 'TOKEN_INVALID' });
    expect(reached).toBe(1);
  });

  it('401 once another key stands under its kid', async () => {
    const token = await mint.token();
    await read(token).expect(200);
    mint.keys = [newKey(mint.kid)];
    await feed.pull();
    await read(token).expect(401, { code: 'TOKEN_INVALID' });
  });

  it('401 on the public listener, although it passed as a forwarded one within its grace', async () => {
    const token = await mint.token({ issuedAgoSeconds: 3_600 + 60 });
    port = 'internal';
    await asVault(token).expect(201);
    port = 'public';
    await read(token).expect(401, { code: 'TOKEN_EXPIRED' });
    expect(reached).toBe(1);
  });

  it.each(['sessionId', 'tokenId', 'userId', 'tenantId'] as const)(
    '401 as a forwarded one once its %s is revoked',
    async (what) => {
      const wish = {
        sessionId: randomUUID(),
        tokenId: randomUUID(),
        userId: randomUUID(),
        tenantId: randomUUID(),
      };
      const kinds = { sessionId: 'session', tokenId: 'token', userId: 'user', tenantId: 'tenant' } as const;
      const token = await mint.token(wish);
      port = 'internal';
      await asVault(token).expect(201);
      mint.revoke(kinds[what], wish[what]);
      await feed.pull();
      await asVault(token).expect(401, { code: 'TOKEN_REVOKED' });
      expect(reached).toBe(1);
    },
  );
});

describe('while auth is away', () => {
  const statuses = async (): Promise<Record<string, number>> => {
    await feed.pull();
    port = 'public';
    const admin = await mint.token({ roles: ['admin'] });
    const answers = {
      read: await statusOf(read(admin)),
      organizers: await statusOf(send('get', '/organizers', admin)),
      content: await statusOf(send('get', '/content', admin)),
      admins: await statusOf(send('get', '/admins', admin)),
      write: await statusOf(send('post', '/write', admin)),
    };
    port = 'internal';
    return { ...answers, internal: await statusOf(asVault(admin)) };
  };

  it('writes and administration stop after 30 s, reads after 5 minutes; all of it comes back with auth', async () => {
    const reads = { read: 200, organizers: 200, content: 200 };
    const all = { ...reads, admins: 200, write: 201, internal: 201 };
    const readsAlone = { ...reads, admins: 503, write: 503, internal: 503 };
    const nothing = { read: 503, organizers: 503, content: 503, admins: 503, write: 503, internal: 503 };
    mint.down = true;
    elapsed = 30_000;
    expect(await statuses()).toEqual(all);
    elapsed = 30_001;
    expect(await statuses()).toEqual(readsAlone);
    elapsed = 300_000;
    expect(await statuses()).toEqual(readsAlone);
    elapsed = 300_001;
    expect(await statuses()).toEqual(nothing);
    mint.down = false;
    expect(await statuses()).toEqual(all);
  });

  it('a token that was verified before is refused alike; who needs none passes', async () => {
    const token = await mint.token();
    await send('post', '/write', token).expect(201);
    elapsed = 30_001;
    mint.down = true;
    await send('post', '/write', token).expect(503, { code: 'UNAVAILABLE' });
    await send('get', '/content', '').unset('authorization').expect(200);
  });
});
