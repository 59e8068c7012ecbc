import { describe, expect, it } from '@jest/globals';
import { ReserveBatcher } from './reserve-batcher.js';
import type { ReserveItem, ReserveOutcome } from './reserve-item.js';

const item = (id: string, changes: Partial<ReserveItem> = {}): ReserveItem => ({
  tenantId: 't',
  id,
  service: 'studio',
  userId: 'u',
  userWallet: 'user-wallet',
  teamWallet: 'team-wallet',
  choice: null,
  operation: 'images.generate',
  referenceId: 'r',
  amount: 10,
  deadline: 'd',
  expiresAt: 'e',
  roles: ['user'],
  ...changes,
});

const outcomeOf = ({ id }: ReserveItem): ReserveOutcome => ({
  id, outcome: 'created', field: null, walletId: 'w', kind: 'user', state: 'open', captured: 0, uncollected: 0, createdAt: 'c', resolvedAt: null, available: 0,
}); // prettier-ignore

/** A ledger whose statements end when the spec says so. */
class HeldLedger {
  readonly batches: string[][] = [];
  private waiting: (() => void)[] = [];
  hold = false;

  readonly reserve = async (_tenant: string, items: readonly ReserveItem[]): Promise<ReserveOutcome[]> => {
    this.batches.push(items.map(({ id }) => id));
    if (items.some(({ id }) => id === 'bad')) throw new Error('bad item');
    if (this.hold) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return items.map(outcomeOf);
  };

  letGo(): void {
    this.hold = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

describe('reserves on one wallet', () => {
  it('that come together share a statement', async () => {
    const ledger = new HeldLedger();
    const batcher = new ReserveBatcher(ledger.reserve);
    await Promise.all(['a', 'b', 'c'].map((id) => batcher.reserve(item(id))));
    expect(ledger.batches).toEqual([['a', 'b', 'c']]);
  });

  it('that come while one runs wait for it together', async () => {
    const ledger = new HeldLedger();
    ledger.hold = true;
    const batcher = new ReserveBatcher(ledger.reserve);
    const first = batcher.reserve(item('a'));
    await new Promise(setImmediate);
    const others = [batcher.reserve(item('b')), batcher.reserve(item('c'))];
    await new Promise(setImmediate);
    expect(ledger.batches).toEqual([['a']]);
    ledger.letGo();
    await Promise.all([first, ...others]);
    expect(ledger.batches).toEqual([['a'], ['b', 'c']]);
  });

  it('after a pause start anew', async () => {
    const ledger = new HeldLedger();
    const batcher = new ReserveBatcher(ledger.reserve);
    await batcher.reserve(item('a'));
    await batcher.reserve(item('b'));
    expect(ledger.batches).toEqual([['a'], ['b']]);
  });
});

it('reserves on different wallets do not wait for each other', async () => {
  const ledger = new HeldLedger();
  const batcher = new ReserveBatcher(ledger.reserve);
  await Promise.all([
    batcher.reserve(item('a')),
    batcher.reserve(item('b', { userWallet: 'other' })),
    batcher.reserve(item('c', { choice: 'team' })),
    batcher.reserve(item('d', { tenantId: 't2' })),
  ]);
  expect(ledger.batches).toEqual([['a'], ['b'], ['c'], ['d']]);
});

it('the same reserve twice is asked once; the second caller learns that it existed', async () => {
  const ledger = new HeldLedger();
  const batcher = new ReserveBatcher(ledger.reserve);
  const outcomes = await Promise.all([
    batcher.reserve(item('a')),
    batcher.reserve(item('a', { roles: ['admin'] })),
  ]);
  expect(ledger.batches).toEqual([['a']]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'existing']);
});

it('one id with different fields is decided one after the other', async () => {
  const ledger = new HeldLedger();
  const batcher = new ReserveBatcher(ledger.reserve);
  await Promise.all([
    batcher.reserve(item('a')),
    batcher.reserve(item('a', { amount: 11 })),
    batcher.reserve(item('b')),
  ]);
  expect(ledger.batches).toEqual([['a', 'b'], ['a']]);
});

it('a bad item fails alone', async () => {
  const ledger = new HeldLedger();
  const batcher = new ReserveBatcher(ledger.reserve);
  const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((id) => batcher.reserve(item(id))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(ledger.batches).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
});
