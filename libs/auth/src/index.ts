export * from './access.js';
export { AccessGuard, type AccessGuardParts } from './access.guard.js';
export { assertTenant, bearerOf } from './request-credentials.js';
export { credentialMissing, stepUpRequired, tokenInvalid, tokenRefused } from './auth-faults.js';
export { AccessTokenStrategy } from './access-token.strategy.js';
export * from './auth.module.js';
export { CLOCK_SKEW_SECONDS } from './claims.js';
export { readLabel, type TokenLabel } from './compact-token.js';
export * from './current.js';
export { ForwardedUser } from './forwarded-user.guard.js';
export { FeedSource, HttpFeedSource, type FeedPage, type HttpFeedOptions } from './feed-source.js';
export { KeyTable, LEGACY_KID, type PublishedKey, type SigningAlgorithm } from './key-table.js';
export { legacyKey } from './legacy-secret.js';
export {
  FEED_ELAPSED,
  FEED_TIMES,
  RevocationFeed,
  type FeedState,
  type FeedTimes,
  type RevocationFeedOptions,
} from './revocation-feed.js';
export { RevocationList, type Revocation, type RevocationKind } from './revocation-list.js';
export * from './roles.js';
export { RouteCensus, type CountedRoute } from './route-census.js';
export { InternalKeys, ServiceKeys, secretDigest, type HeaderValue } from './service-keys.js';
export * from './tier.js';
export { TokenVerifier, type VerifyOptions } from './token-verifier.js';
