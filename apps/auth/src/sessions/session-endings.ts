import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { AuthTx } from '../auth.db.js';
import { RevocationsService } from '../feed/revocations.service.js';
import { SessionsRepository } from './sessions.repository.js';

export interface EndingOrder {
  readonly tenantId: string;
  readonly userId: string;
  readonly reason: string;
  /** The session that goes on. */
  readonly except?: string | undefined;
}

/** Ends the sessions of an account together with what gave the reason. */
@Injectable()
export class SessionEndings {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationsService,
    private readonly clock: Clock,
  ) {}

  /** Inside the caller's transaction; within two seconds of its commit no service takes their tokens. Answers how many. */
  async endAll(tx: AuthTx, { tenantId, userId, reason, except }: EndingOrder): Promise<number> {
    const end = { now: this.clock.now(), ...(except !== undefined && { except }) };
    const change = () => this.sessions.revokeAll(tx, userId, reason, end);
    return (await this.revocations.revokeSessions(tenantId, change)).length;
  }
}
