import { Injectable } from '@nestjs/common';
import { assertTenant, bearerOf, credentialMissing, RevocationFeed, TokenVerifier } from '@eventzr/auth';
import { currentContext, type Principal } from '@eventzr/http';

/** The Bearer token of a route that is open because its other callers have none yet. */
@Injectable()
export class BearerCheck {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly feed: RevocationFeed,
  ) {}

  /** @throws UNAUTHORIZED, TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_REVOKED, TENANT_MISMATCH */
  async principal(): Promise<Principal> {
    const context = currentContext();
    const compact = bearerOf(context?.headers.authorization);
    if (context === undefined || compact === undefined) throw credentialMissing();
    this.feed.assertUsable(true);
    const principal = await this.verifier.verify(compact);
    assertTenant(context.headers['x-tenant-id'], principal.tenantId);
    context.principal = principal;
    return principal;
  }
}
