import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { hasRedis, startRedis, type RedisServer } from '@eventzr/testing';
import { CacheUnavailable } from './cache-store.js';
import { describeCacheStore, until } from './cache-store.conformance.js';
import { MemoryCacheStore } from './memory-cache-store.js';
import { RedisCacheStore } from './redis-cache-store.js';

describeCacheStore('memory', () => {
  const clock = new ManualClock();
  return Promise.resolve({
    store: new MemoryCacheStore(clock),
    clock,
    pass: (milliseconds) => Promise.resolve(clock.advance(milliseconds)),
  });
});

describe('memory cache store', () => {
  it('stays bounded: the longest untouched entry leaves first', async () => {
    const store = new MemoryCacheStore(new ManualClock(), 3);
    for (const key of ['a', 'b', 'c']) await store.set(key, key, 1_000);
    await store.set('a', 'again', 1_000);
    await store.set('d', 'd', 1_000);
    expect([await store.get('a'), await store.get('b'), await store.get('d')]).toEqual([
      'again',
      undefined,
      'd',
    ]);
  });
});

(hasRedis('cache store over Redis') ? describe : describe.skip)('with a Redis server', () => {
  let server: RedisServer;
  let run = 0;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  const open = (): RedisCacheStore => {
    run += 1;
    return new RedisCacheStore({
      url: server.url,
      clock: new ManualClock(),
      prefix: `test${run}`,
    });
  };

  describeCacheStore('redis', () => {
    const clock = new ManualClock();
    run += 1;
    return Promise.resolve({
      store: new RedisCacheStore({ url: server.url, clock, prefix: `test${run}` }),
      clock,
      pass: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
  });

  it('says so within a bounded time when the server is gone, and is back with its listeners afterwards', async () => {
    const store = open();
    const heard: string[] = [];
    await store.subscribe('c', (message) => heard.push(message));
    await server.stop();
    const startedAt = performance.now();
    await expect(store.get('a')).rejects.toBeInstanceOf(CacheUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await server.restart();
    await until(() => {
      void store.publish('c', 'back').catch(() => undefined);
      return heard.includes('back');
    });
    await store.close();
  });

  it('hears later what it could not subscribe to while the server was away', async () => {
    await server.stop();
    const store = open();
    const heard: string[] = [];
    await expect(store.subscribe('c', (message) => heard.push(message))).rejects.toThrow(CacheUnavailable);
    await server.restart();
    await until(() => {
      void store.publish('c', 'back').catch(() => undefined);
      return heard.includes('back');
    });
    await store.close();
  });
});
