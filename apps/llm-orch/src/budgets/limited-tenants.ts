import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Unsubscribe } from '@eventzr/cache';
import { CacheStore } from '@eventzr/cache';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { LlmOrchDb } from '../llm-orch.db.js';
import { BudgetsRepository } from './budgets.repository.js';

const CHANNEL = 'llm-orch:budgets';
/** How long another process may take to notice a first budget when the signal was lost. */
const KNOWN_FOR_MS = 1_000;
const MOST_KNOWN = 10_000;

/** Whether a tenant has any budget: those without one need no hold, and must not pay for the question. */
@Injectable()
export class LimitedTenants implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly known = new Map<string, { limited: boolean; untilMs: number }>();
  private unsubscribe: Unsubscribe | undefined;

  constructor(
    private readonly db: LlmOrchDb,
    private readonly budgets: BudgetsRepository,
    private readonly cache: CacheStore,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = await this.cache
      .subscribe(CHANNEL, (tenantId) => void this.known.delete(tenantId))
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'changed budgets are noticed a second late');
        return undefined;
      });
  }

  async onModuleDestroy(): Promise<void> {
    await this.unsubscribe?.().catch(() => undefined);
  }

  async has(tenantId: string): Promise<boolean> {
    const now = this.clock.now().getTime();
    const known = this.known.get(tenantId);
    if (known !== undefined && known.untilMs > now) return known.limited;
    const limited = await this.db.withTenant((tx) => this.budgets.any(tx), tenantId);
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(tenantId, { limited, untilMs: now + KNOWN_FOR_MS });
    return limited;
  }

  /** Called after a tenant's budgets were changed. */
  async changed(tenantId: string): Promise<void> {
    this.known.delete(tenantId);
    await this.cache
      .publish(CHANNEL, tenantId)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'other processes notice late'));
  }
}
