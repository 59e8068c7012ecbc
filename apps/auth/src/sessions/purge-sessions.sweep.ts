import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, Sweep, type JobReport, type JobTally } from '@eventzr/jobs';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { RevocationsRepository } from '../feed/revocations.repository.js';
import { SpentChallenges } from '../tokens/spent-challenges.repository.js';
import { SessionsRepository } from './sessions.repository.js';

const DAY_MS = 24 * 3_600_000;
const BATCH = 1_000;

interface Due {
  readonly tenantId: string;
  readonly ids: string[];
}

/** What log-ins leave behind beside their sessions. */
@Injectable()
export class SessionLeftovers {
  constructor(
    private readonly revocations: RevocationsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly challenges: SpentChallenges,
  ) {}

  async purge(now: Date): Promise<number> {
    return (
      (await this.revocations.purge(now)) + (await this.attempts.purge()) + (await this.challenges.purge(now))
    );
  }
}

/**
 * Forgets sessions a week after their end, revocations that refuse nothing any more, old failed attempts and
 * challenges.
 */
@Injectable()
export class PurgeSessionsSweep extends Sweep {
  readonly name = 'purge-sessions';
  readonly everyMs = DAY_MS / 24;

  constructor(
    private readonly jobs: JobPool,
    private readonly sessions: SessionsRepository,
    private readonly leftovers: SessionLeftovers,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const now = this.clock.now();
      await this.purgeSessions(new Date(now.getTime() - 7 * DAY_MS), tally);
      tally.succeeded(await this.leftovers.purge(now));
    });
  }

  private async purgeSessions(endedBefore: Date, tally: JobTally): Promise<void> {
    for (;;) {
      const due = await this.jobs.query<Due>(
        `SELECT tenant_id AS "tenantId", array_agg(id::text) AS ids
           FROM (SELECT tenant_id, id FROM sessions WHERE expires_at < $1 OR revoked_at < $1 LIMIT ${BATCH}) ended GROUP BY tenant_id`,
        [endedBefore],
      );
      let removed = 0;
      for (const { tenantId, ids } of due) removed += await this.sessions.purge(tenantId, ids, endedBefore);
      tally.succeeded(removed);
      if (removed < BATCH) return;
    }
  }
}
