import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { AppLogger } from '@eventzr/http';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { LlmProviderOutage } from '../llm-orch.events.js';
import type { BreakerChange } from './breaker.js';
import type { BreakerTarget } from './breakers.js';

/** A provider belongs to no tenant: its outages are the platform's own. */
const PLATFORM_TENANT = '00000000-0000-0000-0000-000000000001';

/** Tells the world when a model went out of service and when it came back. */
@Injectable()
export class OutageReports implements BeforeApplicationShutdown {
  // One after the other: what changed first is told first.
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: LlmOrchDb,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** Resolves when it is told; nobody has to wait for it. */
  report({ provider, model }: BreakerTarget, { from, state, untilMs }: BreakerChange): Promise<void> {
    const data: LlmProviderOutage = {
      provider,
      model,
      previousState: from,
      state,
      changedAt: this.clock.now().toISOString(),
      ...(untilMs === 0 ? {} : { retryAt: new Date(untilMs).toISOString() }),
    };
    this.telling = this.telling.then(() => this.tell(data));
    return this.telling;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.telling;
  }

  private async tell(data: LlmProviderOutage): Promise<void> {
    const { provider, model } = data;
    await this.db
      .withTenant(
        (tx) =>
          this.outbox.append(tx, {
            type: 'eventzr.llm.provider.outage.v1',
            aggregateId: `${provider}/${model}`,
            tenantId: PLATFORM_TENANT,
            data,
          }),
        PLATFORM_TENANT,
      )
      .catch((error: unknown) =>
        this.logger.error({ err: error, provider, model }, 'an outage was not told'),
      );
  }
}
