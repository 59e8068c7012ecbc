// Verifies tokens: by the house's verifier, with tokens that it knows or that it has forgotten, and by jose.
import { AccessTokenStrategy, FeedSource, KeyTable, RevocationFeed, TokenVerifier } from '@eventzr/auth';
import { HouseConfig, SystemClock } from '@eventzr/config';
import { TokenMint } from '@eventzr/testing';
import { jwtVerify } from 'jose';
import { repeat } from './raw-sql.mjs';

/** More than the verifier remembers, so that a token comes round again only when it was forgotten. */
const FRESH = 6_000;
const KNOWN = 50;
/** As many lines as a busy day leaves in the feed. */
const REVOKED = 1_000;

let sides;

process.on('disconnect', () => process.exit(0));
process.on('message', ({ side, seconds }) => {
  (sides ??= open())
    .then((opened) => repeat(1, seconds, opened[side]))
    .then(
      (value) => process.send({ value }),
      (error) => process.send({ error: error.stack }),
    );
});

class MintFeed extends FeedSource {
  constructor(page) {
    super();
    this.page = page;
  }

  read() {
    return Promise.resolve(this.page);
  }
}

async function open() {
  const clock = new SystemClock();
  const mint = await TokenMint.start({ clock });
  const config = new HouseConfig();
  const table = new KeyTable(config);
  const revocations = Array.from({ length: REVOKED }, (_, n) => ({
    id: String(n),
    kind: ['session', 'user', 'tenant', 'token'][n % 4],
    value: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
    notBefore: null,
    lifted: false,
  }));
  const page = { cursor: '1', issuedAt: new Date().toISOString(), keys: mint.keys, revocations };
  const feed = new RevocationFeed(new MintFeed(page), table);
  await feed.pull();
  const verifier = new TokenVerifier(new AccessTokenStrategy(table, feed, clock), table, feed, clock);
  const tokens = await Promise.all(
    Array.from({ length: FRESH }, () => mint.token({ expiresInSeconds: 80_000 })),
  );
  const claims = { issuer: config.jwtIssuer, audience: config.jwtAudience, algorithms: ['RS256'] };
  let next = 0;
  return {
    known: (n) => verifier.verify(tokens[n % KNOWN]),
    // Goes on where the last slice ended.
    fresh: () => verifier.verify(tokens[(next += 1) % FRESH]),
    jose: (n) => jwtVerify(tokens[n % FRESH], mint.publicKey, claims),
  };
}
