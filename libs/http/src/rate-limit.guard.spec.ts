import { describe, expect, it } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import type { ExecutionContext } from '@nestjs/common';
import { CacheUnavailable, MemoryCacheStore, type ThrottleState } from '@eventzr/cache';
import { HouseConfig, ManualClock } from '@eventzr/config';
import { AppLogger } from './app-logger.js';
import { runInContext, type RequestContext } from './context.js';
import { DEFAULT_TIER_LIMITS, RateLimitGuard, RateLimitParts } from './rate-limit.guard.js';

class LostCache extends MemoryCacheStore {
  asked = 0;

  override throttle(): Promise<ThrottleState> {
    this.asked += 1;
    return Promise.reject(new CacheUnavailable());
  }
}

class Warnings extends AppLogger {
  readonly warnings: string[] = [];
  debug(): void {}
  info(): void {}
  error(): void {}
  warn(_facts: object, message = ''): void {
    this.warnings.push(message);
  }
}

const request = {
  port: 'public',
  route: '/x',
  principal: { tenantId: 't', tier: 'BASE' },
} as unknown as RequestContext; // the guard reads no more of it

describe('rate limit guard', () => {
  it('admits everyone with one warning while the cache is lost, without waiting for it each time', async () => {
    const clock = new ManualClock();
    const cache = new LostCache(clock);
    const logger = new Warnings();
    const parts = new RateLimitParts(clock, logger, new Reflector());
    const identity = { name: 'vault', title: 'Vault', version: '1' } as const;
    const guard = new RateLimitGuard(cache, new HouseConfig(), DEFAULT_TIER_LIMITS, identity, parts);
    const execution = {
      getHandler: () => handler,
      getClass: () => Object,
      switchToHttp: () => ({ getRequest: () => ({}), getResponse: () => ({ headers: () => undefined }) }),
    } as unknown as ExecutionContext; // a handler without rules
    for (let n = 0; n < 3; n += 1) {
      expect(await runInContext(request, () => guard.canActivate(execution))).toBe(true);
    }
    expect([cache.asked, logger.warnings.length]).toEqual([1, 1]);
    clock.advance(6_000);
    await runInContext(request, () => guard.canActivate(execution));
    expect(cache.asked).toBe(2);
  });
});

function handler(): void {}
