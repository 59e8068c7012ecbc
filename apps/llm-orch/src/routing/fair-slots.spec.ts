import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { FreeSlot } from './fair-slots.js';
import { FairSlots, NoSlot } from './fair-slots.js';

const NEVER = new AbortController().signal;

describe('FairSlots', () => {
  it('lets tenants take turns, however many calls one of them has waiting', async () => {
    const slots = new FairSlots({ total: 1, perTenant: 1, waiting: 10 });
    const order: string[] = [];
    const running: FreeSlot[] = [await slots.take('busy', NEVER)];
    const ask = async (tenant: string) => {
      running.push(await slots.take(tenant, NEVER));
      order.push(tenant);
    };
    for (const tenant of ['busy', 'busy', 'busy', 'busy', 'other', 'third']) void ask(tenant);
    for (let call = 0; call < 6; call += 1) {
      running.pop()?.();
      await turn();
    }
    expect(order.slice(0, 3).sort()).toEqual(['busy', 'other', 'third']);
    expect(order).toHaveLength(6);
    running.pop()?.();
    expect(slots.size).toBe(0);
  });

  it('gives one tenant no more than its share although there is room', async () => {
    const slots = new FairSlots({ total: 10, perTenant: 2, waiting: 1 });
    const free = await slots.take('one', NEVER);
    await slots.take('one', NEVER);
    const third = slots.take('one', NEVER);
    await expect(slots.take('one', NEVER)).rejects.toBeInstanceOf(NoSlot);
    await slots.take('two', NEVER);
    free();
    free();
    await third;
    await expect(slots.take('one', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  it('forgets a caller that went away while it waited', async () => {
    const slots = new FairSlots({ total: 1, perTenant: 1, waiting: 1 });
    const free = await slots.take('one', NEVER);
    const leaving = new AbortController();
    const waits = slots.take('one', leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waits).rejects.toThrow('gone');
    free();
    const next = await slots.take('one', NEVER);
    next();
    expect(slots.size).toBe(0);
  });
});
