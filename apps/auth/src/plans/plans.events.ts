import { Injectable } from '@nestjs/common';
import { isUuid } from '@eventzr/config';
import { EventHandler, type CloudEvent } from '@eventzr/events';
import type { AuthTx } from '../auth.db.js';
import { planTierOf, rankOf } from './plan-tiers.js';
import { PlansRepository, type SubscribedPlan } from './plans.repository.js';

/** Statuses that give access to what is subscribed to; `past_due` is the grace in which payment is asked for again. */
const WITH_ACCESS = new Set(['trial', 'active', 'past_due']);

/**
 * Every move of a subscription says what it now is, and the highest living one becomes the account's plan: its tokens
 * carry it from the next refresh on. Events arrive in any order; each subscription keeps the latest by sequence.
 */
@Injectable()
export class SubscriptionMoved extends EventHandler<AuthTx> {
  readonly type = 'eventzr.subscription.*';

  constructor(private readonly plans: PlansRepository) {
    super();
  }

  async run(event: CloudEvent, tx: AuthTx): Promise<void> {
    const plan = planOf(event);
    if (plan === undefined || !(await this.plans.put(tx, plan))) return;
    await this.plans.rate(tx, plan.actorType === 'team' ? undefined : plan.actorId);
  }
}

/** Undefined for events about something else, such as a quota or a referral: those carry no tier and no status. */
function planOf({ subject: tenantId, sequence, data }: CloudEvent): SubscribedPlan | undefined {
  const { subscriptionId, actorType, actorId, tier, status } = data;
  if (tier === undefined || status === undefined) return undefined;
  if (!isUuid(subscriptionId) || typeof tier !== 'string' || typeof status !== 'string')
    throw new TypeError('a subscription is told by its id, tier and status');
  if (actorType !== 'team' && (actorType !== 'user' || !isUuid(actorId)))
    throw new TypeError('the actor must be a team or a user with an id');
  return {
    tenantId,
    subscriptionId,
    actorType,
    actorId: actorType === 'team' ? tenantId : String(actorId),
    planTier: planTierOf(tier),
    rank: rankOf(tier),
    live: WITH_ACCESS.has(status),
    sequence,
  };
}
