import type { Thought } from '../orchestration/brain.js';
import type { Member } from './panel.js';

export type MemberStatus = 'answered' | 'failed' | 'timeout' | 'aborted';

/** How one member fared. */
export interface MemberOutcome {
  readonly member: Member;
  readonly status: MemberStatus;
  readonly latencyMs: number;
  readonly thought?: Thought;
  readonly error?: unknown;
}

export interface FanOut {
  readonly members: readonly Member[];
  readonly ask: (member: Member, signal: AbortSignal) => Promise<Thought>;
  /** Milliseconds since the members were asked. */
  readonly elapsedMs: () => number;
  /** Least patience with the last member once two have answered. */
  readonly graceMs: number;
  readonly isTimeout: (error: unknown) => boolean;
  readonly finished?: (outcome: MemberOutcome) => void;
  /** Of a caller that may go away. */
  readonly signal?: AbortSignal | undefined;
}

const QUORUM = 2;
const GRACE_SHARE = 0.25;

/**
 * Asks all members at once. When two have answered, the third has a grace: a quarter of the time they took, at least
 * `graceMs`; then it is given up. The outcomes stand in the order of the members.
 */
export async function fanOut(asked: FanOut): Promise<MemberOutcome[]> {
  const late = new AbortController();
  const signal = asked.signal === undefined ? late.signal : AbortSignal.any([asked.signal, late.signal]);
  let answered = 0;
  let grace: NodeJS.Timeout | undefined;
  const outcomes = asked.members.map(async (member) => {
    const outcome = await outcomeOf(asked, member, signal);
    if (outcome.status === 'answered') answered += 1;
    if (answered === QUORUM && outcome.status === 'answered') {
      const patience = Math.max(asked.graceMs, GRACE_SHARE * asked.elapsedMs());
      grace ??= setTimeout(() => late.abort(), patience);
    }
    asked.finished?.(outcome);
    return outcome;
  });
  try {
    return await Promise.all(outcomes);
  } finally {
    clearTimeout(grace);
  }
}

async function outcomeOf(
  { ask, elapsedMs, isTimeout }: FanOut,
  member: Member,
  signal: AbortSignal,
): Promise<MemberOutcome> {
  try {
    const thought = await ask(member, signal);
    if (thought.text.trim() === '') return { member, status: 'failed', latencyMs: elapsedMs(), thought };
    return { member, status: 'answered', latencyMs: elapsedMs(), thought };
  } catch (error) {
    const status = signal.aborted ? 'aborted' : isTimeout(error) ? 'timeout' : 'failed';
    return { member, status, latencyMs: elapsedMs(), error };
  }
}
