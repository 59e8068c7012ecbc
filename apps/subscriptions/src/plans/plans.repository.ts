import { Injectable } from '@nestjs/common';
import type { Plan } from '../generated/prisma/client.js';
import { SubscriptionsDb } from '../subscriptions.db.js';
import type { ListPlansQuery, PlanPosition } from './plans.dto.js';

export type PlanRow = Plan;

@Injectable()
export class PlansRepository {
  constructor(private readonly db: SubscriptionsDb) {}

  /** One plan more than the page holds, if there is one. */
  list(query: ListPlansQuery, after: PlanPosition | undefined): Promise<Plan[]> {
    const { audience, tier, billingCycle, limit } = query;
    const filters = Object.entries({ audience, tier, billingCycle }).filter(
      ([, value]) => value !== undefined,
    );
    return this.db.withTenant((tx) =>
      tx.plan.findMany({
        where: { active: true, position: { gt: after?.position ?? 0 }, ...Object.fromEntries(filters) },
        orderBy: { position: 'asc' },
        take: limit + 1,
      }),
    );
  }

  find(id: string): Promise<Plan | null> {
    return this.db.withTenant((tx) => tx.plan.findUnique({ where: { id } }));
  }
}
