import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CatalogueError } from '@eventzr/http';
import { SettlementConflict, type OpenOperation } from './credits.js';
import { OPERATION_LEASE_MS } from './operation-store.js';
import { PaidService } from './paid-service.fake.js';
import { SETTLEMENT_EVERY_MS } from './settlement-store.js';

let paid: PaidService;

beforeAll(async () => {
  paid = await PaidService.start();
});
afterAll(() => paid.close());
beforeEach(() => paid.fresh());

const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof CatalogueError ? error.entry.http : error),
  );

/** The operation of a job that was accepted: its hold goes on without its process. */
async function accepted(): Promise<OpenOperation> {
  const operation = await paid.open(40);
  await paid.commit((tx) => paid.credits.markHeld(tx, operation));
  await paid.resume();
  return operation;
}

const capture = (operation: OpenOperation, credits: number) =>
  paid.commit((tx) => paid.credits.settle(tx, operation, { capture: credits }));
const release = (operation: OpenOperation) =>
  paid.commit((tx) => paid.credits.settle(tx, operation, { release: true }));

async function sweep() {
  paid.clock.advance(SETTLEMENT_EVERY_MS);
  const report = await paid.settlementSweep.run();
  await paid.settled();
  return report;
}

describe('a process dies', () => {
  it("after claim: the client's retry opens the operation, with one hold", async () => {
    await paid.resume();
    expect(await paid.open(40)).toMatchObject({ holdId: paid.holdId(1), credits: 40 });
    expect(paid.holdStates()).toEqual(['open']);
  });

  it('after hold: the retry finds it by its id; without a retry the sweep releases it', async () => {
    const first = await paid.open(40);
    await paid.resume();
    expect(await paid.open(40)).toEqual(first);
    paid.clock.advance(OPERATION_LEASE_MS + 1);
    expect(await paid.operationSweep.run()).toMatchObject({ succeeded: 1 });
    await paid.settled();
    expect(paid.holdStates()).toEqual(['released']);
    expect(paid.available()).toBe(1_000);
  });

  it('after the transaction: the operation is over for every retry, and keeps its hold', async () => {
    await accepted();
    expect(await statusOf(paid.open(40))).toBe(409);
    paid.clock.advance(24 * OPERATION_LEASE_MS);
    expect(await paid.operationSweep.run()).toMatchObject({ processed: 0 });
    expect(paid.holdStates()).toEqual(['open']);
  });

  it('as a worker before it submits: the one that runs it again charges the same hold', async () => {
    const operation = await accepted();
    await paid.resume();
    await capture(operation, 30);
    await paid.settled();
    expect(paid.holdStates()).toEqual(['captured']);
    expect(paid.available()).toBe(970);
  });

  it('as a worker after it submitted, outcome unknown: released, and what comes back late charges nothing', async () => {
    const operation = await accepted();
    await release(operation);
    await paid.settled();
    await expect(capture(operation, 30)).rejects.toBeInstanceOf(SettlementConflict);
    await sweep();
    expect(paid.holdStates()).toEqual(['released']);
    expect(paid.available()).toBe(1_000);
  });

  it('after the final transaction: the sweep of the next process captures, once', async () => {
    const operation = await accepted();
    paid.wallet.isDown = true; // nothing of what this process sends after its commit arrives
    await capture(operation, 30);
    await paid.resume();
    paid.wallet.isDown = false;
    expect(await sweep()).toMatchObject({ succeeded: 1 });
    expect(await sweep()).toMatchObject({ processed: 0 });
    expect(paid.available()).toBe(970);
  });

  it('after the wallet captured, before its answer arrived: asked again it charges nothing more', async () => {
    const operation = await accepted();
    paid.wallet.failNext('lost', 10);
    await capture(operation, 30);
    await paid.resume();
    expect(await paid.pending()).toBe(1);
    paid.wallet.recover();
    await sweep();
    expect(await paid.pending()).toBe(0);
    expect(paid.holdStates()).toEqual(['captured']);
    expect(paid.available()).toBe(970);
  });

  it('in every sweep at once: each hold is told of once', async () => {
    const operation = await paid.open(40);
    paid.clock.advance(OPERATION_LEASE_MS + 1);
    await Promise.all([
      paid.operationSweep.run(),
      paid.operationSweep.run(),
      release(operation).catch(() => 0),
    ]);
    await paid.settled();
    await sweep();
    expect(paid.holdStates()).toEqual(['released']);
    expect(paid.available()).toBe(1_000);
  });
});

describe('no work without a hold', () => {
  it.each([
    ['down', 503],
    ['error', 503],
    [{ status: 429, code: 'RATE_LIMITED' }, 503],
    [{ status: 500, code: 'INTERNAL' }, 503],
    [{ status: 402, code: 'ERR_WALLET_INSUFFICIENT_CREDITS' }, 402],
    [{ status: 402, code: 'ERR_WALLET_CREDIT_LIMIT_EXCEEDED' }, 402],
    [{ status: 403, code: 'ERR_WALLET_FROZEN' }, 403],
    [{ status: 403, code: 'ERR_WALLET_TEAM_NOT_ALLOWED' }, 403],
  ] as const)('wallet %j: %i, the work never starts, the same key works later', async (failure, status) => {
    let worked = false;
    paid.wallet.failNext(failure, 3);
    const request = paid.open(40).then(() => (worked = true));
    expect(await statusOf(request)).toBe(status);
    expect(worked).toBe(false);
    await paid.settled();
    expect(await paid.row()).toMatchObject({ state: 'released' });
    paid.wallet.recover();
    await paid.resume();
    await paid.open(40);
    await sweep();
    expect(paid.holdStates().filter((state) => state === 'open')).toHaveLength(1);
    expect(paid.available()).toBe(960);
  });
});
