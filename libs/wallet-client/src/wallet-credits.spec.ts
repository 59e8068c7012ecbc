import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { CatalogueError } from '@eventzr/http';
import { PaidService } from './paid-service.fake.js';
import { SettlementConflict } from './credits.js';

const HOUR_MS = 3_600_000;

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

describe('an operation that goes well', () => {
  it('holds, then charges what was used once the transaction is committed', async () => {
    const operation = await paid.open(40);
    expect(operation).toMatchObject({
      operationId: paid.claim.operationId,
      holdId: paid.holdId(1),
      credits: 40,
    });
    expect(await paid.row()).toMatchObject({ state: 'reserving', attempt: 1, amount: 40 });
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 30 }));
    await paid.settled();
    expect(paid.available()).toBe(970);
    expect(await paid.row()).toMatchObject({ state: 'settled' });
    expect(await paid.pending()).toBe(0);
    expect(paid.wallet.faults).toEqual([]);
  });

  it('keeps the hold for work that goes on after the answer', async () => {
    const operation = await paid.open();
    await paid.commit((tx) => paid.credits.markHeld(tx, operation));
    paid.clock.advance(24 * HOUR_MS);
    expect(await paid.operationSweep.run()).toMatchObject({ processed: 0 });
    await paid.commit((tx) => paid.credits.settle(tx, operation, { release: true }));
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
  });

  it('tells the wallet nothing about a transaction that rolled back', async () => {
    const operation = await paid.open();
    await expect(
      paid.commit(async (tx) => {
        await paid.credits.settle(tx, operation, { capture: 40 });
        throw new Error('the business rows failed');
      }),
    ).rejects.toThrow('business rows');
    expect(paid.holdStates()).toEqual(['open']);
    await paid.serving(() => paid.credits.release(operation));
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
    expect(paid.available()).toBe(1_000);
  });

  it('passes x-wallet on and refuses anything else in it', async () => {
    paid.wallet.teamBalance(500);
    await paid.open(10, { 'x-wallet': 'team' });
    expect(paid.available('team')).toBe(490);
    expect((await refusal(paid.open(10, { 'x-wallet': 'mine' }))).entry.code).toBe('VALIDATION_FAILED');
  });
});

describe('an operation ends once', () => {
  it('the second settlement rolls its transaction back', async () => {
    const operation = await paid.open();
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 40 }));
    await expect(
      paid.commit((tx) => paid.credits.settle(tx, operation, { release: true })),
    ).rejects.toBeInstanceOf(SettlementConflict);
    await paid.settled();
    expect(paid.holdStates()).toEqual(['captured']);
  });

  it('two at once: one wins, the other rolls back', async () => {
    const operation = await paid.open();
    const both = await Promise.allSettled([
      paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 40 })),
      paid.commit((tx) => paid.credits.settle(tx, operation, { release: true })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('a release after the transaction was committed after all changes nothing', async () => {
    const operation = await paid.open();
    await paid.commit((tx) => paid.credits.settle(tx, operation, { capture: 40 }));
    await paid.serving(() => paid.credits.release(operation));
    await paid.settled();
    expect(paid.holdStates()).toEqual(['captured']);
  });
});

describe('402', () => {
  it('says what is missing; the same operation works after a top-up, at its first price', async () => {
    paid.wallet.balance(30);
    const error = await refusal(paid.open(40));
    expect(error.entry).toMatchObject({ code: 'INSUFFICIENT_CREDITS', http: 402 });
    expect(error.details).toMatchObject({ required: 40, available: 30, walletId: expect.any(String) });
    expect(await paid.row()).toMatchObject({ state: 'released' });
    expect(await paid.pending()).toBe(0);
    paid.wallet.balance(100);
    await paid.resume();
    expect(await paid.open(99)).toMatchObject({ credits: 40, holdId: paid.holdId(2) });
  });
});

describe('quote', () => {
  it('says which wallet would pay, and whether it could; nothing is held', async () => {
    expect(await paid.serving(() => paid.credits.quote(1_001))).toMatchObject({
      wallet: { kind: 'user', available: 1_000 },
      sufficient: false,
    });
    expect(await paid.serving(() => paid.credits.quote(1_000))).toMatchObject({ sufficient: true });
    paid.wallet.isDown = true;
    expect((await refusal(paid.serving(() => paid.credits.quote(1)))).entry.http).toBe(503);
  });
});

describe("a parent's hold", () => {
  it('counts while it is open, for its own user and its own service', async () => {
    const { holdId } = await paid.open();
    expect(await paid.serving(() => paid.parents.isOpenForCaller(holdId), {}, 'studio')).toBe(true);
    expect(await paid.serving(() => paid.parents.isOpenForCaller(holdId), {}, 'aibrain')).toBe(false);
    expect(await paid.serving(() => paid.parents.isOpenForCaller(newId()), {}, 'studio')).toBe(false);
    expect(await paid.serving(() => paid.parents.isOpenForCaller('../../etc'), {}, 'studio')).toBe(false);
    paid.wallet.expire(holdId);
    expect(await paid.serving(() => paid.parents.isOpenForCaller(holdId), {}, 'studio')).toBe(false);
  });
});

it('free operations take no hold', async () => {
  await expect(paid.open(0)).rejects.toThrow(RangeError);
});
