import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HouseConfig } from '@eventzr/config';
import type { FeedPage } from './feed-source.js';
import { FeedSource } from './feed-source.js';
import { KeyTable } from './key-table.js';
import { RevocationFeed } from './revocation-feed.js';
import { RevocationList, type Revocation } from './revocation-list.js';

const jwkOf = (bits = 2048) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const JWK = jwkOf();
const config = {
  jwtIssuer: 'eventzr',
  jwtAudience: 'api',
  jwtHs256Issuer: 'old',
  jwtHs256Audience: 'api',
} as HouseConfig;
const token = (
  issuedAtSeconds: number,
  ids: Partial<Record<'userId' | 'tenantId' | 'sessionId' | 'tokenId', string>> = {},
) => ({
  issuedAtSeconds,
  principal: { userId: 'u', tenantId: 't', sessionId: 's', tokenId: 'j', ...ids },
});
const line = (over: Partial<Revocation>): Revocation => ({
  id: '1',
  kind: 'session',
  value: 's',
  notBefore: null,
  lifted: false,
  ...over,
});

class FakeSource extends FeedSource {
  asked: (string | undefined)[] = [];
  failing = false;
  next: FeedPage = {
    cursor: 'c1',
    issuedAt: '',
    keys: [{ kid: 'k1', alg: 'RS256', jwk: JWK }],
    revocations: [],
  };

  read(after: string | undefined): Promise<FeedPage> {
    this.asked.push(after);
    return this.failing ? Promise.reject(new Error('connect ECONNREFUSED')) : Promise.resolve(this.next);
  }
}

describe('RevocationList', () => {
  it.each([
    ['session', 's', true],
    ['token', 'j', true],
    ['user', 'U', true],
    ['tenant', 't', true],
    ['session', 'other', false],
  ] as const)('a revoked %s %s covers the token: %p', (kind, value, covered) => {
    const list = new RevocationList();
    list.apply([line({ kind, value })]);
    expect(list.covers(token(100))).toBe(covered);
  });

  it('a bound in time refuses what was issued before it, not after', () => {
    const list = new RevocationList();
    list.apply([line({ kind: 'user', value: 'u', notBefore: 100 })]);
    expect([99, 100, 101].map((second) => list.covers(token(second)))).toEqual([true, false, false]);
  });

  it('is the same whether a line came once or twice, and lifting one line leaves the others', () => {
    const list = new RevocationList();
    list.apply([line({ id: '1' }), line({ id: '1' }), line({ id: '2' })]);
    list.apply([line({ id: '1', lifted: true })]);
    expect(list.covers(token(1))).toBe(true);
    list.apply([line({ id: '2', lifted: true })]);
    expect(list.covers(token(1))).toBe(false);
  });
});

describe('KeyTable', () => {
  const table = new KeyTable(config);
  beforeEach(() => table.replace([{ kid: 'k1', alg: 'RS256', jwk: JWK }]));

  it.each([
    ['an empty list', []],
    [
      'a kid twice',
      [
        { kid: 'k', alg: 'RS256', jwk: JWK },
        { kid: 'k', alg: 'RS256', jwk: JWK },
      ],
    ],
    ['private parts', [{ kid: 'k', alg: 'RS256', jwk: { ...JWK, d: 'AQAB' } }]],
    ['a symmetric key', [{ kid: 'k', alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }]],
    ['a short key', [{ kid: 'k', alg: 'RS256', jwk: jwkOf(1024) }]],
  ])('refuses %s and keeps what it had', (_, keys) => {
    expect(() => table.replace(keys)).toThrow();
    expect(table.find('eventzr', 'k1')).toBeDefined();
  });

  it('keeps the entry of an unchanged key and drops one that left', () => {
    const before = table.find('eventzr', 'k1');
    table.replace([{ kid: 'k1', alg: 'RS256', jwk: { ...JWK } }]);
    expect(table.find('eventzr', 'k1')).toBe(before);
    table.replace([{ kid: 'k2', alg: 'RS256', jwk: JWK }]);
    expect([before && table.isLive(before), table.find('eventzr', 'k1')]).toEqual([false, undefined]);
  });

  it.each([
    ['short', 'x'.repeat(31)],
    ['blank', ' '.repeat(40)],
    ['a PEM', `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(60)}\n-----END PUBLIC KEY-----`],
    ['a JWK', JSON.stringify({ kty: 'oct', k: 'A'.repeat(43) })],
  ])('a legacy secret that is %s stops the start', (_, jwtHs256Secret) => {
    expect(() => new KeyTable({ ...config, jwtHs256Secret } as HouseConfig)).toThrow('JWT_HS256_SECRET');
  });

  it('the legacy issuer may not be the main one', () => {
    const same = { ...config, jwtHs256Issuer: 'eventzr', jwtHs256Secret: 'x'.repeat(40) } as HouseConfig;
    expect(() => new KeyTable(same)).toThrow('JWT_HS256_ISSUER');
  });
});

describe('RevocationFeed', () => {
  let elapsed = 0;
  let source: FakeSource;
  let feed: RevocationFeed;

  beforeEach(() => {
    elapsed = 0;
    source = new FakeSource();
    feed = new RevocationFeed(source, new KeyTable(config), { elapsedMs: () => elapsed });
  });

  it('refuses everything until it is loaded', async () => {
    expect(() => feed.assertUsable(false)).toThrow(expect.objectContaining({ retryAfterSeconds: 5 }));
    await feed.pull();
    expect(() => feed.assertUsable(true)).not.toThrow();
  });

  it('older than 30 s refuses writes, older than 5 minutes refuses reads', async () => {
    await feed.pull();
    source.failing = true;
    const usable = async (atMs: number, sensitive: boolean) => {
      elapsed = atMs;
      await feed.pull();
      try {
        feed.assertUsable(sensitive);
        return true;
      } catch {
        return false;
      }
    };
    expect([await usable(30_000, true), await usable(30_001, true)]).toEqual([true, false]);
    expect([await usable(300_000, false), await usable(300_001, false)]).toEqual([true, false]);
    source.failing = false;
    expect(await usable(300_002, true)).toBe(true);
  });

  it('catching up sees what was committed while another pull had already read', async () => {
    const before = Promise.withResolvers<FeedPage>();
    source.read = () => before.promise;
    const running = feed.pull();
    source.read = () => Promise.resolve({ ...source.next, revocations: [line({})] });
    const caughtUp = feed.catchUp();
    before.resolve(source.next);
    await running;
    await caughtUp;
    expect(feed.isRevoked(token(100))).toBe(true);
  });

  it('asks for what is new, and for everything every ten minutes', async () => {
    await feed.pull();
    await feed.pull();
    elapsed = 600_001;
    await feed.pull();
    expect(source.asked).toEqual([undefined, 'c1', undefined]);
  });

  it('a full reload drops what the issuer no longer lists', async () => {
    source.next = { ...source.next, revocations: [line({})] };
    await feed.pull();
    expect(feed.isRevoked(token(1))).toBe(true);
    source.next = { ...source.next, revocations: [] };
    await feed.pull();
    expect(feed.isRevoked(token(1))).toBe(true);
    elapsed = 600_001;
    await feed.pull();
    expect(feed.isRevoked(token(1))).toBe(false);
  });

  it('made-up kids cause one early pull in 30 s, and simultaneous pulls are one', async () => {
    await Promise.all([feed.pullEarly(), feed.pullEarly(), feed.pull(), feed.pull()]);
    await feed.pullEarly();
    expect(source.asked).toHaveLength(1);
    elapsed = 30_000;
    await feed.pullEarly();
    expect(source.asked).toHaveLength(2);
  });

  it('a bad page changes nothing', async () => {
    source.next = { ...source.next, revocations: [line({})] };
    await feed.pull();
    source.next = { cursor: 'c2', issuedAt: '', keys: [], revocations: [line({ lifted: true })] };
    await feed.pull();
    expect(feed.isRevoked(token(1))).toBe(true);
    expect(feed.state().lastFault).toContain('empty');
  });
});
