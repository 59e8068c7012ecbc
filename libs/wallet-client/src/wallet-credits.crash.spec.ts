import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { CatalogueError } from '@eventzr/http';
import { PaidService } from './paid-service.fake.js';
import { SettlementConflict } from './credits.js';
import { OPERATION_LEASE_MS } from './operation-store.js';
import { SETTLEMENT_EVERY_MS } from './settlement-store.js';

let paid: PaidService;

beforeAll(async () => {
  paid = await PaidService.start();
});
afterAll(() => paid.close());
beforeEach(() => paid.fresh());

async function refusal(work: Promise<unknown>): Promise<CatalogueError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CatalogueError) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

describe('a wallet that does not answer', () => {
  it('down: 503, nothing held; the same operation works later under a new hold', async () => {
    paid.wallet.isDown = true;
    const error = await refusal(paid.open());
    expect(error).toMatchObject({ entry: { code: 'UNAVAILABLE', http: 503 }, retryAfterSeconds: 5 });
    await paid.settled();
    expect(await paid.pending()).toBe(1);
    paid.wallet.isDown = false;
    await paid.resume();
    const operation = await paid.open();
    expect(operation.holdId).toBe(paid.holdId(2));
    paid.clock.advance(SETTLEMENT_EVERY_MS);
    expect(await paid.settlementSweep.run()).toMatchObject({ succeeded: 1, failed: 0 });
    expect(paid.holdStates().sort()).toEqual(['open', 'released']);
    expect(paid.available()).toBe(960);
  });

  it('one lost answer: the repetition finds the same hold', async () => {
    paid.wallet.failNext('lost');
    await paid.open();
    expect(paid.holdStates()).toEqual(['open']);
  });

  it('every answer lost: 503, and the hold that nobody heard of is released', async () => {
    paid.wallet.failNext('lost', 3);
    expect((await refusal(paid.open())).entry.http).toBe(503);
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
    expect(paid.available()).toBe(1_000);
  });

  it('slow: 503 at the deadline, and released', async () => {
    paid.wallet.failNext('slow');
    expect((await refusal(paid.open())).entry.http).toBe(503);
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
  });

  it('while settling: the sweep tells it later, once', async () => {
    const operation = await paid.open();
    paid.wallet.isDown = true;
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 25 }));
    await paid.settled();
    expect(await paid.pending()).toBe(1);
    expect(await paid.settlementSweep.run()).toMatchObject({ processed: 0 });
    paid.wallet.isDown = false;
    paid.clock.advance(SETTLEMENT_EVERY_MS);
    const reports = await Promise.all([paid.settlementSweep.run(), paid.settlementSweep.run()]);
    expect(reports.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(1);
    expect(paid.available()).toBe(975);
    expect(await paid.pending()).toBe(0);
  });

  it('a refused settlement is kept as its answer and logged as an error', async () => {
    const operation = await paid.open(10);
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 11 }));
    await paid.settled();
    expect(await paid.pending()).toBe(0);
    expect(paid.logged.at(-1)).toMatchObject({ code: 'ERR_WALLET_CAPTURE_EXCEEDS_HOLD' });
  });
});

describe('an answer that the ledger did not give', () => {
  const foreign = [
    { status: 404, code: 'NOT_FOUND' },
    { status: 401, code: 'UNAUTHORIZED' },
    { status: 403, code: 'FORBIDDEN' },
    { status: 400, code: 'VALIDATION_FAILED' },
    { status: 402, code: 'INSUFFICIENT_CREDITS' },
  ];

  it.each(foreign)('$status $code while settling: not answered yet, charged later', async (answer) => {
    const operation = await paid.open(40);
    paid.wallet.failNext(answer, 2);
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 25 }));
    await paid.settled();
    expect(await paid.pending()).toBe(1);
    paid.clock.advance(SETTLEMENT_EVERY_MS);
    expect(await paid.settlementSweep.run()).toMatchObject({ failed: 1 });
    expect(await paid.pending()).toBe(1);
    paid.clock.advance(2 * SETTLEMENT_EVERY_MS);
    expect(await paid.settlementSweep.run()).toMatchObject({ succeeded: 1 });
    expect(paid.available()).toBe(975);
    expect(await paid.pending()).toBe(0);
  });

  it.each(foreign)('$status $code at the reserve: 503, and the wallet hears of a release', async (answer) => {
    paid.wallet.failNext(answer);
    expect((await refusal(paid.open())).entry).toMatchObject({ code: 'UNAVAILABLE', http: 503 });
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
  });

  it("404 NOT_FOUND about a parent's hold: 503, not a hold that does not count", async () => {
    const { holdId } = await paid.open();
    paid.wallet.failNext({ status: 404, code: 'NOT_FOUND' });
    const asked = paid.serving(() => paid.parents.isOpenForCaller(holdId), {}, 'studio');
    expect((await refusal(asked)).entry.http).toBe(503);
  });

  it('is asked again ever more seldom, at least every five minutes', async () => {
    const operation = await paid.open();
    paid.wallet.failNext({ status: 404, code: 'NOT_FOUND' }, 100);
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 25 }));
    await paid.settled();
    for (const pause of [15_000, 15_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000]) {
      paid.clock.advance(pause - 1);
      expect(await paid.settlementSweep.run()).toMatchObject({ processed: 0 });
      paid.clock.advance(1);
      expect(await paid.settlementSweep.run()).toMatchObject({ failed: 1 });
    }
    paid.wallet.recover();
  });
});

describe('the settlement sweep warns', () => {
  const warnings = () => paid.logged.filter((facts) => 'settlements' in facts);

  it('of what the wallet refused and of what it leaves unanswered for five minutes, with counts', async () => {
    await paid.settlementSweep.run();
    paid.logged.length = 0;
    const first = await paid.open(10);
    await paid.commit((tx) => paid.credits.settle(tx, first, { capture: 11 }));
    await paid.settled();
    await paid.settlementSweep.run();
    expect(warnings()).toEqual([{ settlements: { refused: 1, unacknowledged: 0 } }]);
    await paid.settlementSweep.run();
    expect(warnings()).toHaveLength(1);
    paid.claim = { ...paid.claim, operationId: newId() };
    const second = await paid.open(10);
    paid.wallet.isDown = true;
    await paid.commit((tx) => paid.credits.settle(tx, second, { capture: 10 }));
    await paid.settled();
    paid.clock.advance(300_001);
    await paid.settlementSweep.run();
    expect(warnings().at(-1)).toEqual({ settlements: { refused: 1, unacknowledged: 1 } });
  });
});

describe('a process that dies after the hold', () => {
  it("the client's retry takes the same hold over, at its first price", async () => {
    const first = await paid.open(40);
    await paid.resume();
    expect(await paid.open(70)).toEqual(first);
    expect(paid.holdStates()).toEqual(['open']);
    expect(paid.available()).toBe(960);
  });

  it('what the dead process still does is ignored', async () => {
    const old = paid.claim;
    const first = await paid.open();
    await paid.resume();
    await paid.open();
    const current = paid.claim;
    paid.claim = old;
    await paid.serving(() => paid.credits.release(first));
    paid.claim = current;
    await paid.settled();
    expect(paid.holdStates()).toEqual(['open']);
    expect(await paid.row()).toMatchObject({ state: 'reserving' });
  });

  it('without a retry the sweep releases, but only once the lease is over', async () => {
    const operation = await paid.open();
    paid.clock.advance(OPERATION_LEASE_MS);
    expect(await paid.operationSweep.run()).toMatchObject({ processed: 0 });
    paid.clock.advance(1);
    expect(await paid.operationSweep.run()).toMatchObject({ succeeded: 1 });
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
    expect((await refusal(paid.commit((tx) => paid.credits.markHeld(tx, operation)))).entry.http).toBe(503);
    await expect(
      paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 1 })),
    ).rejects.toBeInstanceOf(SettlementConflict);
    await paid.resume();
    expect(await paid.open()).toMatchObject({ holdId: paid.holdId(2) });
  });

  it('a sign of life after the sweep has looked keeps the operation', async () => {
    const operation = await paid.open();
    const looked = new Date(paid.clock.now().getTime() + OPERATION_LEASE_MS);
    expect(await paid.giveUpIfLeaseEndedBefore(looked, operation)).toBe(false);
    expect(await paid.giveUpIfLeaseEndedBefore(new Date(looked.getTime() + 1), operation)).toBe(true);
  });

  it('a hold that expired meanwhile is replaced by a new one', async () => {
    const first = await paid.open();
    paid.wallet.expire(first.holdId);
    await paid.resume();
    expect(await paid.open()).toMatchObject({ holdId: paid.holdId(2) });
  });
});

describe('an operation that somebody else runs', () => {
  it('409 when the claim is not ours any more', async () => {
    await paid.open();
    await paid.resume();
    paid.claim = { ...paid.claim, keyed: true };
    expect((await refusal(paid.open())).entry.code).toBe('IDEMPOTENCY_IN_PROGRESS');
  });

  it('409 when it is over', async () => {
    const operation = await paid.open();
    await paid.commit((tx) => paid.credits.markHeld(tx, operation));
    await paid.resume();
    expect((await refusal(paid.open())).entry.code).toBe('IDEMPOTENCY_IN_PROGRESS');
  });
});
