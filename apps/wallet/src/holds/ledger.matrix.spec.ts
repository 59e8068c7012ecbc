import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { startTestDatabase, type TestDatabase } from '@eventzr/testing';
import { LEDGER_DAY, LedgerHarness, ledgerPool, newLedgerOwner, type LedgerOwner } from './ledger.fake.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  pool = ledgerPool(database, 4);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A wallet of 100 credits and one hold of 30, brought into a state; what was charged is 20. */
interface Scene {
  readonly ledger: LedgerHarness;
  readonly owner: LedgerOwner;
  readonly id: string;
}

const reserve = ({ ledger, owner, id }: Scene, amount = 30, service = 'studio') =>
  ledger.reserve(owner, id, amount, { service });
const expire = async ({ ledger, id }: Scene) => {
  ledger.now += LEDGER_DAY;
  await ledger.expireDue(id);
};

const states = {
  unknown: () => Promise.resolve(),
  open: (scene: Scene) => reserve(scene),
  // Its time is over, but no sweep has come by.
  overdue: async (scene: Scene) => {
    await reserve(scene);
    scene.ledger.now += LEDGER_DAY;
  },
  captured: async (scene: Scene) => {
    await reserve(scene);
    await scene.ledger.capture(scene.id, 20);
  },
  released: async (scene: Scene) => {
    await reserve(scene);
    await scene.ledger.release(scene.id);
  },
  expired: async (scene: Scene) => {
    await reserve(scene);
    await expire(scene);
  },
  'captured late': async (scene: Scene) => {
    await reserve(scene);
    await expire(scene);
    await scene.ledger.capture(scene.id, 20);
  },
  tombstone: (scene: Scene) => scene.ledger.release(scene.id),
};
type State = keyof typeof states;

const operations = {
  reserve: (scene: Scene) => reserve(scene),
  'reserve another amount': (scene: Scene) => reserve(scene, 31),
  'reserve by another service': (scene: Scene) => reserve(scene, 30, 'aibrain'),
  'capture 20': ({ ledger, id }: Scene) => ledger.capture(id, 20),
  'capture 19': ({ ledger, id }: Scene) => ledger.capture(id, 19),
  'capture 0': ({ ledger, id }: Scene) => ledger.capture(id, 0),
  'capture 31': ({ ledger, id }: Scene) => ledger.capture(id, 31),
  'capture by another service': ({ ledger, id }: Scene) => ledger.capture(id, 20, 'aibrain'),
  release: ({ ledger, id }: Scene) => ledger.release(id),
  'release by another service': ({ ledger, id }: Scene) => ledger.release(id, 'aibrain'),
  expire: async ({ ledger, id }: Scene) => ({ outcome: String(await ledger.expireDue(id)) }),
  find: async ({ ledger, id }: Scene) => (await ledger.find(id)) ?? { outcome: 'none' },
};
type Operation = keyof typeof operations;

/** `answer, answer to the same call again -> state afterwards, available/held`. */
const expected: Record<State, Record<Operation, string>> = {
  unknown: {
    reserve: 'created, existing -> open 70/30',
    'reserve another amount': 'created, existing -> open 69/31',
    'reserve by another service': 'created, existing -> open 70/30',
    'capture 20': 'not_found, not_found -> none 100/0',
    'capture 19': 'not_found, not_found -> none 100/0',
    'capture 0': 'not_found, not_found -> none 100/0',
    'capture 31': 'not_found, not_found -> none 100/0',
    'capture by another service': 'not_found, not_found -> none 100/0',
    release: 'done, done -> released 100/0',
    'release by another service': 'done, done -> released 100/0',
    expire: 'false, false -> none 100/0',
    find: 'none, none -> none 100/0',
  },
  open: {
    reserve: 'existing, existing -> open 70/30',
    'reserve another amount': 'conflict amount, conflict amount -> open 70/30',
    'reserve by another service': 'conflict id, conflict id -> open 70/30',
    'capture 20': 'done, done -> captured 80/0',
    'capture 19': 'done, done -> captured 81/0',
    'capture 0': 'done, done -> captured 100/0',
    'capture 31': 'exceeds, exceeds -> open 70/30',
    'capture by another service': 'not_found, not_found -> open 70/30',
    release: 'done, done -> released 100/0',
    'release by another service': 'not_found, not_found -> open 70/30',
    expire: 'false, false -> open 70/30',
    find: 'found, found -> open 70/30',
  },
  overdue: {
    reserve: 'existing, existing -> open 70/30',
    'reserve another amount': 'conflict amount, conflict amount -> open 70/30',
    'reserve by another service': 'conflict id, conflict id -> open 70/30',
    'capture 20': 'done, done -> captured 80/0',
    'capture 19': 'done, done -> captured 81/0',
    'capture 0': 'done, done -> captured 100/0',
    'capture 31': 'exceeds, exceeds -> open 70/30',
    'capture by another service': 'not_found, not_found -> open 70/30',
    release: 'done, done -> released 100/0',
    'release by another service': 'not_found, not_found -> open 70/30',
    expire: 'true, false -> expired 100/0',
    find: 'found, found -> open 70/30',
  },
  captured: {
    reserve: 'existing, existing -> captured 80/0',
    'reserve another amount': 'conflict amount, conflict amount -> captured 80/0',
    'reserve by another service': 'conflict id, conflict id -> captured 80/0',
    'capture 20': 'done, done -> captured 80/0',
    'capture 19': 'conflict, conflict -> captured 80/0',
    'capture 0': 'conflict, conflict -> captured 80/0',
    'capture 31': 'conflict, conflict -> captured 80/0',
    'capture by another service': 'not_found, not_found -> captured 80/0',
    release: 'captured, captured -> captured 80/0',
    'release by another service': 'not_found, not_found -> captured 80/0',
    expire: 'false, false -> captured 80/0',
    find: 'found, found -> captured 80/0',
  },
  released: {
    reserve: 'released, released -> released 100/0',
    'reserve another amount': 'conflict amount, conflict amount -> released 100/0',
    'reserve by another service': 'conflict id, conflict id -> released 100/0',
    'capture 20': 'released, released -> released 100/0',
    'capture 19': 'released, released -> released 100/0',
    'capture 0': 'released, released -> released 100/0',
    'capture 31': 'released, released -> released 100/0',
    'capture by another service': 'not_found, not_found -> released 100/0',
    release: 'done, done -> released 100/0',
    'release by another service': 'not_found, not_found -> released 100/0',
    expire: 'false, false -> released 100/0',
    find: 'found, found -> released 100/0',
  },
  expired: {
    reserve: 'expired, expired -> expired 100/0',
    'reserve another amount': 'conflict amount, conflict amount -> expired 100/0',
    'reserve by another service': 'conflict id, conflict id -> expired 100/0',
    'capture 20': 'done, done -> captured 80/0',
    'capture 19': 'done, done -> captured 81/0',
    'capture 0': 'done, done -> captured 100/0',
    'capture 31': 'exceeds, exceeds -> expired 100/0',
    'capture by another service': 'not_found, not_found -> expired 100/0',
    release: 'done, done -> expired 100/0',
    'release by another service': 'not_found, not_found -> expired 100/0',
    expire: 'false, false -> expired 100/0',
    find: 'found, found -> expired 100/0',
  },
  'captured late': {
    reserve: 'existing, existing -> captured 80/0',
    'reserve another amount': 'conflict amount, conflict amount -> captured 80/0',
    'reserve by another service': 'conflict id, conflict id -> captured 80/0',
    'capture 20': 'done, done -> captured 80/0',
    'capture 19': 'conflict, conflict -> captured 80/0',
    'capture 0': 'conflict, conflict -> captured 80/0',
    'capture 31': 'conflict, conflict -> captured 80/0',
    'capture by another service': 'not_found, not_found -> captured 80/0',
    release: 'captured, captured -> captured 80/0',
    'release by another service': 'not_found, not_found -> captured 80/0',
    expire: 'false, false -> captured 80/0',
    find: 'found, found -> captured 80/0',
  },
  tombstone: {
    reserve: 'released, released -> released 100/0',
    'reserve another amount': 'released, released -> released 100/0',
    'reserve by another service': 'conflict id, conflict id -> released 100/0',
    'capture 20': 'released, released -> released 100/0',
    'capture 19': 'released, released -> released 100/0',
    'capture 0': 'released, released -> released 100/0',
    'capture 31': 'released, released -> released 100/0',
    'capture by another service': 'not_found, not_found -> released 100/0',
    release: 'done, done -> released 100/0',
    'release by another service': 'not_found, not_found -> released 100/0',
    expire: 'false, false -> released 100/0',
    find: 'found, found -> released 100/0',
  },
};

const cells = (Object.keys(states) as State[]).flatMap((state) =>
  (Object.keys(operations) as Operation[]).map((operation) => [operation, state] as const),
);

describe('every operation on a hold in every state, and again after a lost answer', () => {
  it.each(cells)('%s, the hold being %s', async (operation, state) => {
    const scene = { ledger: new LedgerHarness(pool), owner: newLedgerOwner(), id: randomUUID() };
    await scene.ledger.topUp(scene.owner, 100);
    await states[state](scene);
    const [first, again] = [await operations[operation](scene), await operations[operation](scene)];
    const after = await scene.ledger.find(scene.id);
    const { available, held } = await scene.ledger.balance(scene.owner);
    const seen = `${spoken(first)}, ${spoken(again)} -> ${after?.state ?? 'none'} ${available}/${held}`;
    expect(seen).toBe(expected[state][operation]);
    const broken = (await scene.ledger.findings()).filter(({ severity }) => severity === 'violation');
    expect(broken).toEqual([]);
  });
});

// `field` says in what a reserve differs.
function spoken({ outcome, field }: { readonly outcome: string; readonly field?: string | null }): string {
  return field === null || field === undefined ? outcome : `${outcome} ${field}`;
}
