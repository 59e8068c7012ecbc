import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import type { Principal } from '@eventzr/http';
import type { AuthTx } from '../auth.db.js';
import { TENANT_CREATED, TENANT_REINSTATED, TENANT_SUSPENDED, type TenantFacts } from '../auth.events.js';
import { RevocationsService } from '../feed/revocations.service.js';

/** What follows from a change of a tenant, in its transaction. */
@Injectable()
export class TenantEffects {
  constructor(
    private readonly revocations: RevocationsService,
    private readonly outbox: Outbox,
  ) {}

  async created(tx: AuthTx, actor: Principal, tenantId: string): Promise<void> {
    await this.tell(tx, TENANT_CREATED, actor, tenantId);
  }

  async moved(tx: AuthTx, actor: Principal, tenantId: string, status: string): Promise<void> {
    const suspended = status === 'suspended';
    const order = { tenantId, kind: 'tenant', value: tenantId } as const;
    await (suspended ? this.revocations.suspend(order) : this.revocations.reinstate(order));
    await this.tell(tx, suspended ? TENANT_SUSPENDED : TENANT_REINSTATED, actor, tenantId);
  }

  private async tell(tx: AuthTx, type: string, { userId: actorId }: Principal, tenantId: string) {
    const data: TenantFacts = { tenantId, actorId };
    await this.outbox.append(tx, { type, aggregateId: tenantId, tenantId, data });
  }
}
