import { Injectable } from '@nestjs/common';
import { currentPrincipal, HttpErrors } from '@eventzr/http';
import { LlmOrchConfig } from '../config.js';
import type { FreeSlot } from './fair-slots.js';
import { FairSlots, NoSlot } from './fair-slots.js';

/** So many tenants at their limit may work at once. */
const TENANTS_AT_ONCE = 8;
/** Waiting calls for each running one. */
const QUEUE_FACTOR = 8;

/** Keeps one tenant from taking every connection: each has a share, and whoever waits takes turns. */
@Injectable()
export class TenantSlots {
  private readonly slots: FairSlots;

  constructor({ tenantConcurrency }: LlmOrchConfig) {
    this.slots = new FairSlots({
      perTenant: tenantConcurrency,
      total: tenantConcurrency * TENANTS_AT_ONCE,
      waiting: tenantConcurrency * QUEUE_FACTOR,
    });
  }

  /** @throws RATE_LIMITED 429 when too many of the tenant's calls wait; the signal's reason */
  async take(signal: AbortSignal): Promise<FreeSlot> {
    try {
      return await this.slots.take(currentPrincipal().tenantId, signal);
    } catch (error) {
      if (!(error instanceof NoSlot)) throw error;
      throw HttpErrors.RATE_LIMITED({ limitSource: 'concurrency' }, { retryAfterSeconds: 1 });
    }
  }
}
