import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
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

const redisInstalled = installed('redis-server');
if (!redisInstalled)
  process.stderr.write(
    'skipped: cache store over Redis (no redis-server on PATH; apt-get install redis-server)\n',
  );

(redisInstalled ? describe : describe.skip)('with a Redis server', () => {
  let port: number;
  let server: ChildProcess;
  let run = 0;

  beforeAll(async () => {
    port = await freePort();
    server = await startRedis(port);
  });
  afterAll(() => stopRedis(server));

  const open = (): RedisCacheStore => {
    run += 1;
    return new RedisCacheStore({
      url: `redis://127.0.0.1:${port}`,
      clock: new ManualClock(),
      prefix: `test${run}`,
    });
  };

  describeCacheStore('redis', () => {
    const clock = new ManualClock();
    run += 1;
    return Promise.resolve({
      store: new RedisCacheStore({ url: `redis://127.0.0.1:${port}`, clock, prefix: `test${run}` }),
      clock,
      pass: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
  });

  it('says so within a bounded time when the server is gone, and is back with its listeners afterwards', async () => {
    const store = open();
    const heard: string[] = [];
    await store.subscribe('c', (message) => heard.push(message));
    await stopRedis(server);
    const startedAt = performance.now();
    await expect(store.get('a')).rejects.toBeInstanceOf(CacheUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    server = await startRedis(port);
    await until(() => {
      void store.publish('c', 'back').catch(() => undefined);
      return heard.includes('back');
    });
    await store.close();
  });
});

function installed(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function startRedis(port: number): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of child.stdout) if (String(line).includes('Ready to accept connections')) break;
  child.stdout.resume();
  return child;
}

async function stopRedis(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
