import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ManualClock } from '@eventzr/config';
import type { CacheStore } from './cache-store.js';

export interface StoreUnderTest {
  readonly store: CacheStore;
  /** Lets time pass for the store's lifetimes. */
  pass(milliseconds: number): Promise<void>;
  readonly clock: ManualClock;
}

/** What every cache store must do, whoever keeps the values. */
export function describeCacheStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`cache store: ${name}`, () => {
    let test: StoreUnderTest;
    beforeEach(async () => {
      test = await open();
    });
    afterEach(() => test.store.close());

    it('keeps a value until its time is over', async () => {
      await test.store.set('a', 'one', 120);
      expect(await test.store.get('a')).toBe('one');
      await test.pass(130);
      expect(await test.store.get('a')).toBeUndefined();
    });

    it('forgets a deleted value', async () => {
      await test.store.set('a', 'one', 5_000);
      await test.store.delete('a');
      expect(await test.store.get('a')).toBeUndefined();
    });

    it('counts from the first call to the end of its lifetime', async () => {
      expect((await test.store.increment('n', 2, 150)).value).toBe(2);
      expect((await test.store.increment('n', 3, 9_000)).value).toBe(5);
      await test.pass(160);
      expect((await test.store.increment('n', 1, 150)).value).toBe(1);
    });

    it('loses no count when many count at once', async () => {
      await Promise.all(Array.from({ length: 200 }, () => test.store.increment('n', 1, 5_000)));
      expect((await test.store.increment('n', 0, 5_000)).value).toBe(200);
    });

    it('lets exactly the allowance through, then says when to come back', async () => {
      const rule = { limit: 10, windowMs: 60_000 };
      const states = await Promise.all(
        Array.from({ length: 15 }, async () => await test.store.throttle('t', rule)),
      );
      expect(states.filter(({ allowed }) => allowed)).toHaveLength(10);
      const refused = await test.store.throttle('t', rule);
      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      test.clock.advance(refused.retryAfterMs);
      expect((await test.store.throttle('t', rule)).allowed).toBe(true);
    });

    it('carries a burst at the end of a window into the next', async () => {
      const rule = { limit: 10, windowMs: 60_000 };
      const toEnd = rule.windowMs - (test.clock.now().getTime() % rule.windowMs) - 10;
      test.clock.advance(toEnd);
      for (let n = 0; n < 10; n += 1) await test.store.throttle('t', rule);
      test.clock.advance(20);
      expect((await test.store.throttle('t', rule)).allowed).toBe(false);
      test.clock.advance(2 * rule.windowMs);
      expect((await test.store.throttle('t', rule)).remaining).toBe(9);
    });

    it('gives a lock to one taker, and back only by its holder', async () => {
      const first = await test.store.acquire('l', 150);
      expect(await test.store.acquire('l', 150)).toBeNull();
      await test.pass(160);
      const second = await test.store.acquire('l', 5_000);
      await first?.release();
      expect(await test.store.acquire('l', 150)).toBeNull();
      await second?.release();
      expect(await test.store.acquire('l', 150)).not.toBeNull();
    });

    it('tells every listener of a channel, until it leaves', async () => {
      const heard: string[] = [];
      const leave = await test.store.subscribe('c', (message) => heard.push(`1:${message}`));
      await test.store.subscribe('c', (message) => heard.push(`2:${message}`));
      await test.store.publish('c', 'x');
      await until(() => heard.length === 2);
      await leave();
      await test.store.publish('c', 'y');
      await until(() => heard.length === 3);
      expect(heard.toSorted()).toEqual(['1:x', '2:x', '2:y']);
    });
  });
}

/** Waits for what comes over a network; fails with the test's own timeout. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
