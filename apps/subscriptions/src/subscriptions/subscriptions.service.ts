import { Injectable } from '@nestjs/common';
import { hasRole } from '@eventzr/auth';
import { decodeCursor, encodeCursor, paged, type Paged, type Principal } from '@eventzr/http';
import { SubscriptionsErrors } from '../subscriptions.errors.js';
import { WITH_ACCESS, type SubscriptionStatus } from './state-machine.js';
import {
  SubscriptionPosition,
  type ListSubscriptionsQuery,
  type SubscriptionView,
} from './subscriptions.dto.js';
import {
  SubscriptionsRepository,
  type SubscriptionWithPlan,
  type Visibility,
} from './subscriptions.repository.js';

@Injectable()
export class SubscriptionsService {
  constructor(private readonly subscriptions: SubscriptionsRepository) {}

  async list(query: ListSubscriptionsQuery, caller: Principal): Promise<Paged<SubscriptionView>> {
    const after = decodeCursor(query.cursor, SubscriptionPosition);
    const found = await this.subscriptions.list(query, visibleTo(caller), after);
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ createdAt: last.createdAt, id: last.id });
    return paged(page.map(toView), { nextCursor, limit: query.limit });
  }

  async get(id: string, caller: Principal): Promise<SubscriptionView> {
    const subscription = await this.subscriptions.find(id, visibleTo(caller));
    if (subscription === null) throw SubscriptionsErrors.SUBSCRIPTION_NOT_FOUND();
    return toView(subscription);
  }
}

/** Users see their own, organizers and admins all of their tenant. */
function visibleTo(caller: Principal): Visibility {
  return { actorId: hasRole(caller.roles, ['organizer']) ? undefined : caller.userId };
}

function toView(row: SubscriptionWithPlan): SubscriptionView {
  const { id, code, name, tier, billingCycle } = row.plan;
  return {
    id: row.id,
    actorType: row.actorType,
    actorId: row.actorId,
    plan: { id, code, name, tier, billingCycle },
    status: row.status,
    access: WITH_ACCESS.has(row.status as SubscriptionStatus),
    priceCents: Number(row.priceCents),
    currency: row.currency,
    aiCredits: row.aiCredits,
    currentPeriod: {
      index: row.periodIndex,
      start: row.periodStart.toISOString(),
      end: row.periodEnd.toISOString(),
    },
    timeZone: row.zone,
    nextRenewalAt: renewsBy(row),
    trialEndsAt: row.trialEnd?.toISOString() ?? null,
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    endedAt: row.endedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function renewsBy(row: SubscriptionWithPlan): string | null {
  return row.status === 'active' && !row.cancelAtPeriodEnd ? (row.nextRunAt?.toISOString() ?? null) : null;
}
