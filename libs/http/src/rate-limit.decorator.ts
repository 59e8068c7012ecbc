import { SetMetadata } from '@nestjs/common';

export const RATE_LIMIT_METADATA = 'eventzr:rate-limit';

export interface RateLimitRule {
  /** `account` counts by the body's `email`. */
  readonly by: 'ip' | 'account' | 'tenant';
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Limits of one route, in place of the tenant's tier: for login and other open routes. */
export function RateLimit(...rules: RateLimitRule[]): MethodDecorator & ClassDecorator {
  return SetMetadata(RATE_LIMIT_METADATA, rules);
}
