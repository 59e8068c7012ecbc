import { generateKeyPairSync, sign } from 'node:crypto';
import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { LEGACY_SECRET, startGuardedApp, TEST_USER, TokenMint } from '@eventzr/testing';
import request from 'supertest';
import { Authenticated } from './index.js';

type Attack = [what: string, token: () => Promise<string> | string];

let reached = 0;
const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });

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

  const nowSeconds = () => clock.now().getTime() / 1000;
  const withFirst = (field: string) => JSON.stringify(mint.claims()).replace('{', `{${field},`);
  const twiceEscaped = () =>
    mint.sign(JSON.stringify(header()).replace('{', '{"\\u0061lg":"HS256",'), mint.claims());
  const signedByAttacker = (more: object) => {
    const signed = `${json({ ...header(), ...more })}.${json(mint.claims())}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), attacker.privateKey).toString('base64url')}`;
  };

  /** Every text of the public key that an attacker could try as an HMAC secret, under both issuers. */
  function swaps(): Attack[] {
    const secrets: [string, () => string | Buffer][] = [
      ['PEM', publicPem],
      ['PEM without its last newline', () => publicPem().toString().trimEnd()],
      ['PKCS#1 PEM', () => mint.publicKey.export({ format: 'pem', type: 'pkcs1' })],
      ['DER', () => mint.publicKey.export({ format: 'der', type: 'spki' })],
      ['PKCS#1 DER', () => mint.publicKey.export({ format: 'der', type: 'pkcs1' })],
      ['JWK', () => JSON.stringify(mint.publicKey.export({ format: 'jwk' }))],
      ['modulus', () => Buffer.from(String(mint.publicKey.export({ format: 'jwk' }).n), 'base64url')],
      ['kid', () => mint.kid],
      ['nothing', () => ''],
    ];
    return secrets.flatMap(([what, secret]): Attack[] => [
      [`HS256 by ${what}`, () => mint.signHs256({ ...header(), alg: 'HS256' }, mint.claims(), secret())],
      [`HS256 by ${what}, legacy issuer`, () => mint.signHs256(legacyHeader, legacy(), secret())],
    ]);
  }

  const attacks: Attack[] = [
    ['alg none, no signature', () => `${json({ alg: 'none', typ: 'JWT' })}.${json(mint.claims())}.`],
    ['alg none with a signature', () => mint.sign({ ...header(), alg: 'none' }, mint.claims())],
    ['alg none in any case', () => mint.sign({ ...header(), alg: 'nOnE' }, mint.claims())],
    ['alg NONE, no signature', () => `${json({ ...header(), alg: 'NONE' })}.${json(mint.claims())}.`],
    ['alg None, no signature', () => `${json({ ...header(), alg: 'None' })}.${json(mint.claims())}.`],
    ['alg rs256', () => mint.sign({ ...header(), alg: 'rs256' }, mint.claims())],
    ['no alg', () => mint.sign({ ...header(), alg: undefined }, mint.claims())],
    ['a list as alg', () => mint.sign({ ...header(), alg: ['RS256'] }, mint.claims())],
    ...swaps(),
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
    ...[
      '../../../dev/null',
      '/proc/sys/kernel/randomize_va_space',
      'file:///etc/passwd',
      "' OR 1=1 --",
      "x' UNION SELECT 'secret",
      '$(id)',
      '__proto__',
      'constructor',
      '',
      'legacy-hs256',
      'k'.repeat(129),
    ].map((kid): Attack => [`the kid ${kid.slice(0, 40)}`, () => mint.token({ header: { kid } })]),
    ['the right kid in capitals', () => mint.token({ header: { kid: mint.kid.toUpperCase() } })],
    ['the right kid and a space', () => mint.token({ header: { kid: `${mint.kid} ` } })],
    ['the right kid and NUL', () => mint.token({ header: { kid: `${mint.kid}\0` } })],
    ['a number as kid', () => mint.token({ header: { kid: 7 } })],
    ['a list as kid', () => mint.token({ header: { kid: [mint.kid] } })],
    ['null as kid', () => mint.token({ header: { kid: null } })],
    ['no kid', () => mint.token({ header: { kid: undefined } })],
    ['an embedded jwk', () => mint.token({ header: { jwk: mint.publicKey.export({ format: 'jwk' }) } })],
    ["the attacker's own jwk", () => signedByAttacker({ jwk: attacker.publicKey.export({ format: 'jwk' }) })],
    ["the attacker's key under the right kid", () => signedByAttacker({})],
    ['jku', () => mint.token({ header: { jku: 'https://evil.example/jwks' } })],
    ['x5u', () => mint.token({ header: { x5u: 'https://evil.example/x' } })],
    ['x5c', () => mint.token({ header: { x5c: ['AA'] } })],
    ['x5t#S256 beside an x5c', () => mint.token({ header: { 'x5t#S256': 'AA', x5c: [] } })],
    ['an empty crit', () => mint.token({ header: { crit: [] } })],
    ['crit', () => mint.token({ header: { crit: ['exp'] } })],
    ['b64', () => mint.token({ header: { b64: false } })],
    ['zip', () => mint.token({ header: { zip: 'DEF' } })],
    ['a challenge', () => mint.token({ header: { typ: 'challenge+jwt' } })],
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
    ['a header field twice, one of them escaped', () => twiceEscaped()],
    ['roles twice', () => mint.sign(header(), withFirst('"roles":["admin"]'))],
    ['exp twice', () => mint.sign(header(), withFirst('"exp":9999999999'))],
    ['exp as a fraction', () => mint.token({ claims: { exp: nowSeconds() + 60.5 } })],
    ['exp below zero', () => mint.token({ claims: { exp: -1 } })],
    ['exp in milliseconds', () => mint.token({ claims: { exp: (nowSeconds() + 60) * 1000 } })],
    ['exp as a list', () => mint.token({ claims: { exp: [nowSeconds() + 60] } })],
    ['exp before iat', () => mint.token({ expiresInSeconds: -1 })],
    ['exp as text', () => mint.token({ claims: { exp: '9999999999' } })],
    ['exp missing', () => mint.token({ claims: { exp: undefined } })],
    ['exp as null', () => mint.token({ claims: { exp: null } })],
    ['exp as a huge number', () => mint.token({ claims: { exp: 1e300 } })],
    ['iat missing', () => mint.token({ claims: { iat: undefined } })],
    ['issued in the future', () => mint.token({ issuedAgoSeconds: -60 })],
    ['not yet valid', () => mint.token({ claims: { nbf: clock.now().getTime() / 1000 + 60 } })],
    ['iat as text', () => mint.token({ claims: { iat: String(nowSeconds()) } })],
    ['iat in milliseconds', () => mint.token({ claims: { iat: nowSeconds() * 1000 } })],
    ['nbf as text', () => mint.token({ claims: { nbf: '0' } })],
    ['a lifetime over a day', () => mint.token({ expiresInSeconds: 86_401 })],
    ['another issuer', () => mint.token({ claims: { iss: 'https://evil.example' } })],
    ['a list of issuers', () => mint.token({ claims: { iss: ['eventzr'] } })],
    ['the issuer in capitals', () => mint.token({ claims: { iss: 'EVENTZR' } })],
    ['no issuer', () => mint.token({ claims: { iss: undefined } })],
    ['another audience', () => mint.token({ claims: { aud: 'other' } })],
    ['a list of other audiences', () => mint.token({ claims: { aud: ['other', 'eventzr-api-2', ''] } })],
    ['an empty list of audiences', () => mint.token({ claims: { aud: [] } })],
    ['an audience within a list within a list', () => mint.token({ claims: { aud: [['eventzr-api']] } })],
    ['a longer audience', () => mint.token({ claims: { aud: 'eventzr-api.evil.example' } })],
    ['no audience', () => mint.token({ claims: { aud: undefined } })],
    ['a subject that is no UUID', () => mint.token({ claims: { sub: '1' } })],
    ['no tenant', () => mint.token({ claims: { tenantId: undefined } })],
    ['roles as text', () => mint.token({ claims: { roles: 'admin' } })],
    ['amr as text', () => mint.token({ claims: { amr: 'otp' } })],
    ['a session that is no text', () => mint.token({ claims: { sid: 7 } })],
    ['15 KB without a dot', () => 'x'.repeat(15_000)],
    ['15 KB of dots', () => '.'.repeat(15_000)],
    ['5 KiB', () => mint.token({ claims: { padding: 'x'.repeat(4_000) } })],
    ['padding', async () => `${await mint.token()}=`],
    ['a trailing dot', async () => `${await mint.token()}.`],
    ['five parts', async () => `${await mint.token()}.a.b`],
    ['spaces inside', async () => (await mint.token()).replace('.', ' .')],
    ['a space before the signature', async () => (await mint.token()).replace(/\.([^.]*)$/, '. $1')],
    ['a tab inside', async () => (await mint.token()).replace('.', '.\t')],
    ['two tokens', async () => `${await mint.token()} ${await mint.token()}`],
    ['two tokens and a comma', async () => `${await mint.token()}, ${await mint.token()}`],
    ['an escaped newline', async () => `${await mint.token()}%0A`],
    ['quotes', async () => `"${await mint.token()}"`],
    ['four parts', async () => `${await mint.token()}.e30`],
    ['an empty header', async () => (await mint.token()).replace(/^[^.]*/, '')],
    ['an empty payload', async () => (await mint.token()).replace(/\.[^.]*\./, '..')],
    ['a padded header', async () => (await mint.token()).replace('.', '=.')],
    ['plain base64 alphabet', async () => (await mint.token({ email: '???>>>@x.y' })).replace('.', '+.')],
    ['two parts', async () => (await mint.token()).split('.').slice(0, 2).join('.')],
    ['a truncated signature', async () => (await mint.token()).slice(0, -8)],
    ['a signature of one byte', async () => (await mint.token()).replace(/[^.]*$/, 'AA')],
    ['a signature of zeroes', async () => (await mint.token()).replace(/[^.]*$/, 'A'.repeat(342))],
    ['a signature and a zero byte', async () => `${await mint.token()}AA`],
    ["another token's signature", async () => withSignatureOf(await mint.token(), await mint.token())],
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

function withSignatureOf(token: string, other: string): string {
  return token.slice(0, token.lastIndexOf('.')) + other.slice(other.lastIndexOf('.'));
}

function altered(token: string): string {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return `${head}.${Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url')}.${signature}`;
}
