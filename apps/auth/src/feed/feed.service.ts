import { Injectable } from '@nestjs/common';
import { FeedSource, type FeedPage } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import { KeyRing } from '../keys/key-ring.js';
import { RevocationsRepository } from './revocations.repository.js';

/** The feed as all services read it; auth itself reads it without the way through its own port. */
@Injectable()
export class FeedService extends FeedSource {
  constructor(
    private readonly repository: RevocationsRepository,
    private readonly ring: KeyRing,
    private readonly clock: Clock,
  ) {
    super();
  }

  async read(after: string | undefined): Promise<FeedPage> {
    const now = this.clock.now();
    const { cursor, lines } = await (after === undefined
      ? this.repository.listAll(now)
      : this.repository.listSince(after));
    return { cursor, issuedAt: now.toISOString(), keys: await this.ring.published(), revocations: lines };
  }
}
