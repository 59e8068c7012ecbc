import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import { SubscriptionsDb } from '../subscriptions.db.js';
import type { ListSubscriptionsQuery, SubscriptionPosition } from './subscriptions.dto.js';

const WITH_PLAN = { plan: true } as const;

export type SubscriptionWithPlan = Prisma.SubscriptionGetPayload<{ include: typeof WITH_PLAN }>;

/** What somebody may see: everything of the tenant, or one actor's own. */
export interface Visibility {
  readonly actorId: string | undefined;
}

@Injectable()
export class SubscriptionsRepository {
  constructor(private readonly db: SubscriptionsDb) {}

  /** The newest first, and one more than the page holds, if there is one. */
  list(
    query: ListSubscriptionsQuery,
    { actorId }: Visibility,
    after: SubscriptionPosition | undefined,
  ): Promise<SubscriptionWithPlan[]> {
    const where: Prisma.SubscriptionWhereInput = {
      ...(actorId === undefined ? {} : { actorId }),
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.planId === undefined ? {} : { planId: query.planId }),
    };
    if (query.actorId !== undefined) where.AND = [{ actorId: query.actorId }];
    if (after !== undefined) {
      const createdAt = new Date(after.createdAt);
      where.OR = [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }];
    }
    const orderBy: Prisma.SubscriptionOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];
    return this.db.withTenant((tx) =>
      tx.subscription.findMany({ where, orderBy, take: query.limit + 1, include: WITH_PLAN }),
    );
  }

  find(id: string, { actorId }: Visibility): Promise<SubscriptionWithPlan | null> {
    const where = { id, ...(actorId === undefined ? {} : { actorId }) };
    return this.db.withTenant((tx) => tx.subscription.findFirst({ where, include: WITH_PLAN }));
  }
}
