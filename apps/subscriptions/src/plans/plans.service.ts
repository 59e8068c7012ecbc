import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, paged, type Paged } from '@eventzr/http';
import { SubscriptionsErrors } from '../subscriptions.errors.js';
import { PlanPosition, type ListPlansQuery, type PlanView } from './plans.dto.js';
import { PlansRepository, type PlanRow } from './plans.repository.js';

@Injectable()
export class PlansService {
  constructor(private readonly plans: PlansRepository) {}

  async list(query: ListPlansQuery): Promise<Paged<PlanView>> {
    const found = await this.plans.list(query, decodeCursor(query.cursor, PlanPosition));
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ position: last.position });
    return paged(page.map(toPlanView), { nextCursor, limit: query.limit });
  }

  async get(id: string): Promise<PlanView> {
    const plan = await this.plans.find(id);
    if (plan === null) throw SubscriptionsErrors.PLAN_NOT_FOUND();
    return toPlanView(plan);
  }
}

function toPlanView(plan: PlanRow): PlanView {
  return {
    id: plan.id,
    code: plan.code,
    name: plan.name,
    tier: plan.tier,
    audience: plan.audience,
    billingCycle: plan.billingCycle,
    priceCents: Number(plan.priceCents),
    currency: plan.currency,
    aiCredits: plan.aiCredits,
    limits: {
      events: plan.includedEvents,
      storageBytes: plan.storageBytes === null ? null : Number(plan.storageBytes),
      members: plan.members,
    },
    trialDays: plan.trialDays,
    popular: plan.popular,
    active: plan.active,
  };
}
