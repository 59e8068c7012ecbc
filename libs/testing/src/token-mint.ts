import { createHmac, generateKeyPair, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { FeedPage, PublishedKey, Revocation, RevocationKind } from '@eventzr/auth';
import { SystemClock, type Clock } from '@eventzr/config';
import type { Role } from '@eventzr/http';

/** The seeded tenant and its user, unless a test asks for others. */
export const TEST_TENANT = '00000000-0000-0000-0000-000000000001';
export const TEST_USER = '00000000-0000-4000-8000-000000000104';

export interface TokenWish {
  readonly userId?: string;
  readonly tenantId?: string;
  readonly email?: string;
  readonly roles?: readonly Role[];
  readonly planTier?: string;
  readonly sessionId?: string;
  readonly tokenId?: string;
  readonly amr?: readonly string[];
  readonly stepUp?: readonly string[];
  readonly expiresInSeconds?: number;
  readonly issuedAgoSeconds?: number;
  /** Replaces or, when undefined, removes claims. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Replaces or, when undefined, removes header fields. */
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface TokenMintOptions {
  readonly clock?: Clock;
  readonly issuer?: string;
  readonly audience?: string;
}

/**
 * Plays auth for the service under test: a real HTTP server with the feed, and tokens under its own RS256 key.
 * Use `url` as `AUTH_INTERNAL_URL`.
 */
export class TokenMint {
  private readonly revocations: (Revocation & { readonly changedAt: number })[] = [];
  private changes = 0;
  /** While true, the feed answers 503. */
  down = false;
  /** How often the feed was asked. */
  pulls = 0;
  /** The keys that the feed lists; at first the mint's own. */
  keys: readonly PublishedKey[];

  private constructor(
    private readonly server: Server,
    private readonly options: Required<TokenMintOptions>,
    readonly privateKey: KeyObject,
    readonly publicKey: KeyObject,
    readonly kid: string,
  ) {
    this.keys = [{ kid, alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }];
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.answer(request, response),
    );
  }

  static async start({
    clock = new SystemClock(),
    issuer = 'eventzr',
    audience = 'eventzr-api',
  }: TokenMintOptions = {}): Promise<TokenMint> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return new TokenMint(server, { clock, issuer, audience }, privateKey, publicKey, `test-${randomUUID()}`);
  }

  /** Base URL of the fake auth's private listener. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A token as auth would mint it, with the differences that `wish` names. */
  token(wish: TokenWish = {}): Promise<string> {
    return Promise.resolve(
      this.sign({ alg: 'RS256', typ: 'at+jwt', kid: this.kid, ...wish.header }, this.claims(wish)),
    );
  }

  /** `authorization` header value for `token(wish)`. */
  async bearer(wish: TokenWish = {}): Promise<string> {
    return `Bearer ${await this.token(wish)}`;
  }

  claims(wish: TokenWish = {}): Record<string, unknown> {
    const iat = Math.floor(this.options.clock.now().getTime() / 1000) - (wish.issuedAgoSeconds ?? 0);
    return {
      iss: this.options.issuer,
      aud: this.options.audience,
      sub: wish.userId ?? TEST_USER,
      tenantId: wish.tenantId ?? TEST_TENANT,
      email: wish.email ?? 'user@eventzr.com',
      roles: wish.roles ?? ['user'],
      planTier: wish.planTier,
      sid: wish.sessionId ?? randomUUID(),
      jti: wish.tokenId ?? randomUUID(),
      amr: wish.amr ?? ['pwd'],
      step_up: wish.stepUp,
      iat,
      exp: iat + (wish.expiresInSeconds ?? 3600),
      ...wish.claims,
    };
  }

  /** Signs anything; `payload` may be JSON text, for tokens that no library would write. */
  sign(
    header: Readonly<Record<string, unknown>> | string,
    payload: Readonly<Record<string, unknown>> | string,
  ): string {
    const signed = `${part(header)}.${part(payload)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.privateKey).toString('base64url')}`;
  }

  /** The same with an HMAC, for the legacy issuer and for algorithm swaps. */
  signHs256(
    header: Readonly<Record<string, unknown>>,
    payload: Readonly<Record<string, unknown>>,
    secret: string | Buffer,
  ): string {
    const signed = `${part(header)}.${part(payload)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  /** Adds a line to the feed; services see it at their next pull. Returns its id, for `lift`. */
  revoke(kind: RevocationKind, value: string, notBefore: number | null = null): string {
    const id = randomUUID();
    this.revocations.push({ id, kind, value, notBefore, lifted: false, changedAt: ++this.changes });
    return id;
  }

  lift(id: string): void {
    const index = this.revocations.findIndex((line) => line.id === id);
    const line = this.revocations[index];
    if (line !== undefined) this.revocations[index] = { ...line, lifted: true, changedAt: ++this.changes };
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://mint');
    const named =
      request.headers['x-service-name'] !== undefined && request.headers['x-service-key'] !== undefined;
    const known = request.method === 'GET' && url.pathname === '/auth/v1/internal/feed';
    if (known) this.pulls += 1;
    const status = this.down ? 503 : !known ? 404 : named ? 200 : 401;
    const data = status === 200 ? this.page(url.searchParams.get('after')) : null;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ data, error: null, page: null, meta: {} }));
  }

  private page(after: string | null): FeedPage {
    const since = after === null ? -1 : Number(after) - 2; // overlap, as auth does
    const lines = this.revocations.filter(({ changedAt, lifted }) =>
      after === null ? !lifted : changedAt > since,
    );
    return {
      cursor: String(this.changes),
      issuedAt: this.options.clock.now().toISOString(),
      keys: this.keys,
      revocations: lines.map(({ id, kind, value, notBefore, lifted }) => ({
        id,
        kind,
        value,
        notBefore,
        lifted,
      })),
    };
  }
}

function part(value: Readonly<Record<string, unknown>> | string): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}
