/** Too many calls of this tenant wait already. */
export class NoSlot extends Error {}

export interface SlotLimits {
  /** Calls under way at once, of everyone. */
  readonly total: number;
  /** The same of one tenant. */
  readonly perTenant: number;
  /** Calls of one tenant that may wait. */
  readonly waiting: number;
}

interface Waiter {
  readonly start: () => void;
}

interface Tenant {
  running: number;
  readonly waiting: Waiter[];
}

/** Frees the slot; once. */
export type FreeSlot = () => void;

/** Lets a bounded number of calls run, and lets tenants take turns while they wait. Forgets tenants that have none. */
export class FairSlots {
  private running = 0;
  // In order of their turn: whoever got a slot goes to the end.
  private readonly tenants = new Map<string, Tenant>();

  constructor(private readonly limits: SlotLimits) {}

  /** @throws NoSlot when too many wait; the signal's reason when it is aborted before the turn comes */
  async take(tenantId: string, signal: AbortSignal): Promise<FreeSlot> {
    signal.throwIfAborted();
    const tenant = this.tenants.get(tenantId) ?? { running: 0, waiting: [] };
    this.tenants.set(tenantId, tenant);
    if (this.mayStart(tenant)) {
      this.start(tenant);
      return this.freeOnce(tenantId, tenant);
    }
    if (tenant.waiting.length >= this.limits.waiting) throw new NoSlot();
    await this.turn(tenant, signal);
    return this.freeOnce(tenantId, tenant);
  }

  /** How many tenants it knows of; none when nothing runs or waits. */
  get size(): number {
    return this.tenants.size;
  }

  private turn(tenant: Tenant, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        tenant.waiting.splice(tenant.waiting.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      tenant.waiting.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  private mayStart(tenant: Tenant): boolean {
    return this.running < this.limits.total && tenant.running < this.limits.perTenant;
  }

  private start(tenant: Tenant): void {
    this.running += 1;
    tenant.running += 1;
  }

  private freeOnce(tenantId: string, tenant: Tenant): FreeSlot {
    let freed = false;
    return () => {
      if (freed) return;
      freed = true;
      this.running -= 1;
      tenant.running -= 1;
      this.next();
      if (tenant.running === 0 && tenant.waiting.length === 0) this.tenants.delete(tenantId);
    };
  }

  private next(): void {
    for (const [tenantId, tenant] of this.tenants) {
      if (tenant.waiting.length === 0 || !this.mayStart(tenant)) continue;
      this.tenants.delete(tenantId);
      this.tenants.set(tenantId, tenant);
      this.start(tenant);
      tenant.waiting.shift()?.start();
      return;
    }
  }
}
