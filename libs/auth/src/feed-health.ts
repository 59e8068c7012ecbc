import { HealthIndicator, type HealthState } from '@eventzr/http';
import type { RevocationFeed } from './revocation-feed.js';

/** Ready once the feed is loaded, and not ready when it is too old to serve writes. */
export class FeedHealth extends HealthIndicator {
  readonly name = 'revocation-feed';

  constructor(private readonly feed: RevocationFeed) {
    super();
  }

  check(): Promise<HealthState> {
    const { ageMs, fresh } = this.feed.state();
    if (fresh) return Promise.resolve({ status: 'up', required: true });
    const detail = ageMs === undefined ? 'not loaded yet' : `last heard of ${Math.round(ageMs / 1000)} s ago`;
    return Promise.resolve({ status: 'down', detail, required: true });
  }
}
