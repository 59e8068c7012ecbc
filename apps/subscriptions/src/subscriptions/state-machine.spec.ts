import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SUBSCRIPTION_EVENTS } from '../subscriptions.events.js';
import { findMove, LIVE, MOVES, SUBSCRIPTION_STATUSES, WITH_ACCESS } from './state-machine.js';
import type { MoveCause, SubscriptionStatus } from './state-machine.js';

const DOCUMENTED: Readonly<Record<string, readonly SubscriptionStatus[]>> = {
  active: ['cancelled', 'paused', 'past_due'],
  trial: ['active', 'cancelled', 'expired'],
  paused: ['active', 'cancelled'],
  past_due: ['active', 'cancelled', 'expired'],
  cancelled: ['active'],
  expired: [],
};

const CAUSES = [...new Set(MOVES.map(({ cause }) => cause))];

describe('the state machine', () => {
  it.each(SUBSCRIPTION_STATUSES)('leads from %s exactly where it is documented to', (from) => {
    const reached = MOVES.filter((move) => move.from === from).map(({ to }) => to);
    expect([...new Set(reached)].sort()).toEqual([...(DOCUMENTED[from] ?? [])].sort());
  });

  it('has one move per status and cause, and tells of each', () => {
    const keys = MOVES.map(({ from, cause }) => `${from ?? 'new'}/${cause}`);
    expect(new Set(keys).size).toBe(MOVES.length);
    for (const { event } of MOVES) expect(SUBSCRIPTION_EVENTS).toContain(event);
  });

  it('never stays where it is, never leaves expired, and takes access away when a subscription ends or pauses', () => {
    for (const { from, to } of MOVES) expect(from).not.toBe(to);
    expect(MOVES.filter(({ from }) => from === 'expired')).toEqual([]);
    expect(SUBSCRIPTION_STATUSES.filter((status) => !WITH_ACCESS.has(status))).toEqual([
      'paused',
      'cancelled',
      'expired',
    ]);
  });

  it('walks only along listed moves, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<MoveCause>(...CAUSES), { maxLength: 40 }), (happenings) => {
        let status: SubscriptionStatus | null = null;
        for (const cause of happenings) {
          const move = findMove(status, cause);
          if (move === undefined) continue;
          expect(move.from).toBe(status);
          if (status !== null) expect(DOCUMENTED[status]).toContain(move.to);
          status = move.to;
        }
        if (status !== null) expect(SUBSCRIPTION_STATUSES).toContain(status);
      }),
      { numRuns: 500 },
    );
  });

  it('can bring every live subscription to an end', () => {
    for (const status of LIVE) expect(findMove(status, 'cancelled')?.to).toBe('cancelled');
  });
});
