import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HouseConfig, ManualClock, newId } from '@eventzr/config';
import { PgJobPool, type SqlTx } from '@eventzr/db';
import {
  CatalogueError,
  runInContext,
  type AppLogger,
  type Principal,
  type RequestContext,
  type ServiceIdentity,
} from '@eventzr/http';
import type { OperationClaim, Operations } from '@eventzr/idempotency';
import { ServiceClient } from '@eventzr/service-client';
import { FakeWallet } from '@eventzr/testing';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { SettlementConflict, type OpenOperation } from './credits.js';
import { LeaseKeeper } from './lease-keeper.js';
import { OperationOpener } from './operation-opener.js';
import { holdIdOf, OPERATION_LEASE_MS, OperationStore } from './operation-store.js';
import { ParentHolds } from './parent-holds.js';
import { SettlementSender } from './settlement-sender.js';
import { SETTLEMENT_EVERY_MS, SettlementStore } from './settlement-store.js';
import { Settlements } from './settlements.js';
import { OperationSweep, SettlementSweep } from './sweeps.js';
import { WalletApi } from './wallet-api.js';
import { WalletCredits } from './wallet-credits.js';

const TENANT = 'a0000000-0000-4000-8000-000000000002';
const USER = '00000000-0000-4000-8000-000000000201';
const HOUR = 3_600_000;
const identity: ServiceIdentity = { name: 'studio', title: 'Studio', version: '1' };
const logged: object[] = [];
const note = (facts: object): void => void logged.push(facts);
const logger: AppLogger = { debug: note, info: note, warn: note, error: note };

let fixture: FixtureService;
let wallet: FakeWallet;
let clock: ManualClock;
let services: ServiceClient;
let claim: OperationClaim;
let credits: WalletCredits;
let parents: ParentHolds;
let settlementSweep: SettlementSweep;
let operationSweep: OperationSweep;

beforeAll(async () => {
  fixture = await startFixture();
  wallet = await FakeWallet.start();
});

afterAll(async () => {
  services.onApplicationShutdown();
  await wallet.stop();
  await fixture.close();
});

beforeEach(async () => {
  await fixture.db.withTenant(async (tx) => {
    await tx.$executeRaw`DELETE FROM platform.settlements`;
    await tx.$executeRaw`DELETE FROM platform.credit_operations`;
  }, TENANT);
  clock = new ManualClock();
  wallet.isDown = false;
  wallet.balance(1_000);
  claim = { operationId: newId(), fence: randomUUID(), attempt: 1, keyed: false, resumed: false };
  wire();
});

/** As WalletClientModule does it, with a claim that the spec controls. */
function wire(): void {
  const config = Object.assign(new HouseConfig(), {
    serviceKey: 'k'.repeat(32),
    walletInternalUrl: wallet.url,
  });
  const jobs = new PgJobPool(fixture.connections);
  const operations = { current: () => claim } as Operations;
  services = new ServiceClient(config, identity, clock, fixture.db);
  const api = new WalletApi(services);
  const store = new OperationStore(fixture.db, clock);
  const settlementStore = new SettlementStore(fixture.db, jobs, clock);
  const sender = new SettlementSender(api, settlementStore, logger);
  const leases = new LeaseKeeper(store, clock, logger);
  const settlements = new Settlements(fixture.db, store, settlementStore, sender, leases);
  const opener = new OperationOpener(store, settlements, api, leases);
  credits = new WalletCredits(operations, opener, settlements, api, logger);
  parents = new ParentHolds(api);
  settlementSweep = new SettlementSweep(settlementStore, sender, clock);
  operationSweep = new OperationSweep(jobs, fixture.db, store, settlements, clock);
}

function serving<R>(
  work: () => Promise<R>,
  headers: Record<string, string> = {},
  caller?: string,
): Promise<R> {
  const principal = { userId: USER, tenantId: TENANT, roles: ['user'], token: 't' } as unknown as Principal; // the rest is not read
  const context = {
    requestId: newId(),
    traceparent: '',
    principal,
    headers,
    caller,
  } as unknown as RequestContext;
  return runInContext(context, work);
}

const open = (amount = 40, headers: Record<string, string> = {}): Promise<OpenOperation> =>
  serving(
    () =>
      credits.open({
        operation: 'images.generate',
        credits: amount,
        deadline: new Date(clock.now().getTime() + HOUR),
      }),
    headers,
  );

/** The same request again, in a new process. */
function resume(): void {
  claim = { ...claim, fence: randomUUID(), attempt: claim.attempt + 1, resumed: true };
  services.onApplicationShutdown();
  wire();
}

const commit = <R>(work: (tx: SqlTx) => Promise<R>): Promise<R> => fixture.db.withTenant(work, TENANT);

async function refusal(work: Promise<unknown>): Promise<CatalogueError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CatalogueError) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

interface Row {
  state: string;
  attempt: number;
  amount: number;
}

async function row(): Promise<Row | undefined> {
  return commit(async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT state, attempt, amount_credits AS amount FROM platform.credit_operations WHERE id = ${claim.operationId}::uuid`;
    return rows[0];
  });
}

async function pending(): Promise<number> {
  return commit(async (tx) => {
    const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM platform.settlements WHERE acknowledged_at IS NULL`;
    return rows.length;
  });
}

const states = (): string[] =>
  wallet.holds
    .filter(({ id }) => [1, 2, 3].some((n) => id === holdIdOf(claim.operationId, n)))
    .map(({ state }) => state);

describe('an operation that goes well', () => {
  it('holds, then charges what was used once the transaction is committed', async () => {
    const operation = await open(40);
    expect(operation).toMatchObject({
      operationId: claim.operationId,
      holdId: holdIdOf(claim.operationId, 1),
      credits: 40,
    });
    expect(await row()).toMatchObject({ state: 'reserving', attempt: 1, amount: 40 });
    await commit((tx) => credits.settle(tx, operation, { capture: 30 }));
    await fixture.db.settled();
    expect(wallet.available(TENANT, USER)).toBe(970);
    expect(await row()).toMatchObject({ state: 'settled' });
    expect(await pending()).toBe(0);
    expect(wallet.faults).toEqual([]);
  });

  it('keeps the hold for work that goes on after the answer', async () => {
    const operation = await open();
    await commit((tx) => credits.markHeld(tx, operation));
    clock.advance(24 * HOUR);
    expect(await operationSweep.run()).toMatchObject({ processed: 0 });
    await commit((tx) => credits.settle(tx, operation, { release: true }));
    await fixture.db.settled();
    expect(states()).toEqual(['released']);
  });

  it('tells the wallet nothing about a transaction that rolled back', async () => {
    const operation = await open();
    await expect(
      commit(async (tx) => {
        await credits.settle(tx, operation, { capture: 40 });
        throw new Error('the business rows failed');
      }),
    ).rejects.toThrow('business rows');
    expect(states()).toEqual(['open']);
    await serving(() => credits.release(operation));
    await fixture.db.settled();
    expect(states()).toEqual(['released']);
    expect(wallet.available(TENANT, USER)).toBe(1_000);
  });

  it('passes x-wallet on and refuses anything else in it', async () => {
    wallet.teamBalance(500);
    await open(10, { 'x-wallet': 'team' });
    expect(wallet.available(TENANT, null)).toBe(490);
    expect((await refusal(open(10, { 'x-wallet': 'mine' }))).entry.code).toBe('VALIDATION_FAILED');
  });
});

describe('an operation ends once', () => {
  it('the second settlement rolls its transaction back', async () => {
    const operation = await open();
    await commit((tx) => credits.settle(tx, operation, { capture: 40 }));
    await expect(commit((tx) => credits.settle(tx, operation, { release: true }))).rejects.toBeInstanceOf(
      SettlementConflict,
    );
    await fixture.db.settled();
    expect(states()).toEqual(['captured']);
  });

  it('two at once: one wins, the other rolls back', async () => {
    const operation = await open();
    const both = await Promise.allSettled([
      commit((tx) => credits.settle(tx, operation, { capture: 40 })),
      commit((tx) => credits.settle(tx, operation, { release: true })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('a release after the transaction was committed after all changes nothing', async () => {
    const operation = await open();
    await commit((tx) => credits.settle(tx, operation, { capture: 40 }));
    await serving(() => credits.release(operation));
    await fixture.db.settled();
    expect(states()).toEqual(['captured']);
  });
});

describe('402', () => {
  it('says what is missing; the same operation works after a top-up, at its first price', async () => {
    wallet.balance(30);
    const error = await refusal(open(40));
    expect(error.entry).toMatchObject({ code: 'INSUFFICIENT_CREDITS', http: 402 });
    expect(error.details).toMatchObject({ required: 40, available: 30, walletId: expect.any(String) });
    expect(await row()).toMatchObject({ state: 'released' });
    expect(await pending()).toBe(0);
    wallet.balance(100);
    resume();
    expect(await open(99)).toMatchObject({ credits: 40, holdId: holdIdOf(claim.operationId, 2) });
  });
});

describe('a wallet that does not answer', () => {
  it('down: 503, nothing held; the same operation works later under a new hold', async () => {
    wallet.isDown = true;
    const error = await refusal(open());
    expect(error).toMatchObject({ entry: { code: 'UNAVAILABLE', http: 503 }, retryAfterSeconds: 5 });
    await fixture.db.settled();
    expect(await pending()).toBe(1);
    wallet.isDown = false;
    resume();
    const operation = await open();
    expect(operation.holdId).toBe(holdIdOf(claim.operationId, 2));
    clock.advance(SETTLEMENT_EVERY_MS);
    expect(await settlementSweep.run()).toMatchObject({ succeeded: 1, failed: 0 });
    expect(states().sort()).toEqual(['open', 'released']);
    expect(wallet.available(TENANT, USER)).toBe(960);
  });

  it('one lost answer: the repetition finds the same hold', async () => {
    wallet.failNext('lost');
    await open();
    expect(states()).toEqual(['open']);
  });

  it('every answer lost: 503, and the hold that nobody heard of is released', async () => {
    wallet.failNext('lost', 3);
    expect((await refusal(open())).entry.http).toBe(503);
    await fixture.db.settled();
    expect(states()).toEqual(['released']);
    expect(wallet.available(TENANT, USER)).toBe(1_000);
  });

  it('slow: 503 at the deadline, and released', async () => {
    wallet.failNext('slow');
    expect((await refusal(open())).entry.http).toBe(503);
    await fixture.db.settled();
    expect(states()).toEqual(['released']);
  });

  it('while settling: the sweep tells it later, once', async () => {
    const operation = await open();
    wallet.isDown = true;
    await commit((tx) => credits.settle(tx, operation, { capture: 25 }));
    await fixture.db.settled();
    expect(await pending()).toBe(1);
    expect(await settlementSweep.run()).toMatchObject({ processed: 0 });
    wallet.isDown = false;
    clock.advance(SETTLEMENT_EVERY_MS);
    const reports = await Promise.all([settlementSweep.run(), settlementSweep.run()]);
    expect(reports.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(1);
    expect(wallet.available(TENANT, USER)).toBe(975);
    expect(await pending()).toBe(0);
  });

  it('a refused settlement is kept as its answer and logged as an error', async () => {
    const operation = await open(10);
    await commit((tx) => credits.settle(tx, operation, { capture: 11 }));
    await fixture.db.settled();
    expect(await pending()).toBe(0);
    expect(logged.at(-1)).toMatchObject({ code: 'ERR_WALLET_CAPTURE_EXCEEDS_HOLD' });
  });
});

describe('a process that dies after the hold', () => {
  it("the client's retry takes the same hold over, at its first price", async () => {
    const first = await open(40);
    resume();
    expect(await open(70)).toEqual(first);
    expect(states()).toEqual(['open']);
    expect(wallet.available(TENANT, USER)).toBe(960);
  });

  it('what the dead process still does is ignored', async () => {
    const old = claim;
    const first = await open();
    resume();
    await open();
    const current = claim;
    claim = old;
    await serving(() => credits.release(first));
    claim = current;
    await fixture.db.settled();
    expect(states()).toEqual(['open']);
    expect(await row()).toMatchObject({ state: 'reserving' });
  });

  it('without a retry the sweep releases, but only once the lease is over', async () => {
    const operation = await open();
    clock.advance(OPERATION_LEASE_MS);
    expect(await operationSweep.run()).toMatchObject({ processed: 0 });
    clock.advance(1);
    expect(await operationSweep.run()).toMatchObject({ succeeded: 1 });
    await fixture.db.settled();
    expect(states()).toEqual(['released']);
    expect((await refusal(commit((tx) => credits.markHeld(tx, operation)))).entry.http).toBe(503);
    await expect(commit((tx) => credits.settle(tx, operation, { capture: 1 }))).rejects.toBeInstanceOf(
      SettlementConflict,
    );
    resume();
    expect(await open()).toMatchObject({ holdId: holdIdOf(claim.operationId, 2) });
  });

  it('a hold that expired meanwhile is replaced by a new one', async () => {
    const first = await open();
    wallet.expire(first.holdId);
    resume();
    expect(await open()).toMatchObject({ holdId: holdIdOf(claim.operationId, 2) });
  });
});

describe('an operation that somebody else runs', () => {
  it('409 when the claim is not ours any more', async () => {
    await open();
    resume();
    claim = { ...claim, keyed: true };
    expect((await refusal(open())).entry.code).toBe('IDEMPOTENCY_IN_PROGRESS');
  });

  it('409 when it is over', async () => {
    const operation = await open();
    await commit((tx) => credits.markHeld(tx, operation));
    resume();
    expect((await refusal(open())).entry.code).toBe('IDEMPOTENCY_IN_PROGRESS');
  });
});

describe('quote', () => {
  it('says which wallet would pay, and whether it could; nothing is held', async () => {
    expect(await serving(() => credits.quote(1_001))).toMatchObject({
      wallet: { kind: 'user', available: 1_000 },
      sufficient: false,
    });
    expect(await serving(() => credits.quote(1_000))).toMatchObject({ sufficient: true });
    wallet.isDown = true;
    expect((await refusal(serving(() => credits.quote(1)))).entry.http).toBe(503);
  });
});

describe("a parent's hold", () => {
  it('counts while it is open, for its own user and its own service', async () => {
    const { holdId } = await open();
    expect(await serving(() => parents.isOpenForCaller(holdId), {}, 'studio')).toBe(true);
    expect(await serving(() => parents.isOpenForCaller(holdId), {}, 'aibrain')).toBe(false);
    expect(await serving(() => parents.isOpenForCaller(newId()), {}, 'studio')).toBe(false);
    expect(await serving(() => parents.isOpenForCaller('../../etc'), {}, 'studio')).toBe(false);
    wallet.expire(holdId);
    expect(await serving(() => parents.isOpenForCaller(holdId), {}, 'studio')).toBe(false);
  });
});

it('free operations take no hold', async () => {
  await expect(open(0)).rejects.toThrow(RangeError);
});
