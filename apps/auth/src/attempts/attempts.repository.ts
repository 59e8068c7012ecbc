import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AuthDb, type AuthTx } from '../auth.db.js';

const MAX_FAILURES = 5;
const WINDOW_MS = 15 * 60_000;

export interface AttemptState {
  readonly lockedUntil: Date | undefined;
  /** The subject was locked before this attempt. */
  readonly exhausted: boolean;
  /** Attempts in the window, this one included. */
  readonly failures: number;
}

/**
 * Failed attempts per subject, which need not exist: whoever guesses addresses sees the same work done for all of
 * them. Five in 15 minutes lock the subject for 15 minutes; attempts while it is locked are counted, but do not
 * lengthen the lock.
 */
@Injectable()
export class AttemptsRepository {
  constructor(
    private readonly db: AuthDb,
    private readonly clock: Clock,
  ) {}

  /** Counts one attempt, in one statement: of any number at once, no more than five pass unlocked. */
  async add(subject: string): Promise<AttemptState> {
    const now = this.clock.now();
    const values = [
      digestOf(subject),
      now,
      new Date(now.getTime() - WINDOW_MS),
      new Date(now.getTime() + WINDOW_MS),
      MAX_FAILURES,
    ];
    const { rows } = await this.db.pool.query<{ failures: number; lockedUntil: Date | null }>(ADD, values);
    const { failures = 0, lockedUntil: until = null } = rows[0] ?? {};
    const lockedUntil = stillLocked(until, now);
    return { failures, lockedUntil, exhausted: lockedUntil !== undefined && failures > MAX_FAILURES };
  }

  async clear(subject: string): Promise<void> {
    await this.db.pool.query('DELETE FROM failed_attempts WHERE subject = $1', [digestOf(subject)]);
  }

  /** The same for several, in the caller's transaction. */
  async clearIn(tx: AuthTx, subjects: readonly string[]): Promise<void> {
    await tx.$executeRaw`DELETE FROM failed_attempts WHERE subject = ANY(${subjects.map(digestOf)}::bytea[])`;
  }

  /** Forgets what no longer counts. */
  async purge(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - 2 * WINDOW_MS);
    return (await this.db.pool.query('DELETE FROM failed_attempts WHERE since < $1', [before])).rowCount ?? 0;
  }
}

// $2 now, $3 start of the window that counts, $4 end of a lock that begins now, $5 failures that lock
// the window does not roll while the lock holds: a lock would end with it
const ADD = `
  INSERT INTO failed_attempts AS f (subject, failures, since) VALUES ($1, 1, $2)
  ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN f.since <= $3 AND (f.locked_until > $2) IS NOT TRUE THEN 1 ELSE f.failures + 1 END,
    since = CASE WHEN f.since <= $3 AND (f.locked_until > $2) IS NOT TRUE THEN $2 ELSE f.since END,
    locked_until = CASE WHEN f.locked_until > $2 THEN f.locked_until
                        WHEN f.since > $3 AND f.failures + 1 >= $5 THEN $4::timestamptz END
  RETURNING failures, locked_until AS "lockedUntil"`;

function stillLocked(lockedUntil: Date | null | undefined, now: Date): Date | undefined {
  return lockedUntil != null && lockedUntil > now ? lockedUntil : undefined;
}

function digestOf(subject: string): Buffer {
  return createHash('sha256').update(subject).digest();
}
