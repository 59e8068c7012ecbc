import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { LEGACY_SECRET, startGuardedApp, TEST_USER, TokenMint } from '@eventzr/testing';
import request from 'supertest';
import { Authenticated } from './index.js';

let reached = 0;

@Controller()
class ProbeController {
  @Authenticated()
  @Get('me')
  me() {
    reached += 1;
    return {};
  }

  @Authenticated('organizer')
  @Get('organizers')
  organizers() {
    reached += 1;
    return {};
  }
}

const clock = new ManualClock();
let mint: TokenMint;
let app: NestFastifyApplication;

const get = (path: string, token: string) =>
  request(app.getHttpServer()).get(path).set('authorization', `Bearer ${token}`);

beforeAll(async () => {
  mint = await TokenMint.start({ clock });
  app = await startGuardedApp({ controller: ProbeController, tokens: mint, clock });
});
beforeEach(() => {
  reached = 0;
});
afterAll(async () => {
  await app.close();
  await mint.close();
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
