import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { emptySql, sql } from '@eventzr/db';
import type { AuthTx } from '../auth.db.js';
import { NO_PLAN } from './plan-tiers.js';

export interface SubscribedPlan {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly actorType: 'user' | 'team';
  readonly actorId: string;
  readonly planTier: string;
  readonly rank: number;
  readonly live: boolean;
  readonly sequence: number;
}

/** What users and teams are subscribed to, and the best of it in each account. */
@Injectable()
export class PlansRepository {
  constructor(private readonly clock: Clock) {}

  /** Takes what an event says; false when a later event was taken before. */
  async put(tx: AuthTx, plan: SubscribedPlan): Promise<boolean> {
    // Events of two subscriptions of one account take turns, or each would rate it without the other.
    await tx.$executeRaw`SELECT FROM tenants WHERE tenant_id = ${plan.tenantId}::uuid FOR NO KEY UPDATE`;
    const count = await tx.$executeRaw`
      INSERT INTO subscribed_plans AS p (tenant_id, subscription_id, actor_type, actor_id, plan_tier, rank, live, sequence, updated_at)
      VALUES (${plan.tenantId}::uuid, ${plan.subscriptionId}::uuid, ${plan.actorType}, ${plan.actorId}::uuid, ${plan.planTier},
              ${plan.rank}::smallint, ${plan.live}, ${plan.sequence}::bigint, ${this.clock.now()}::timestamptz)
      ON CONFLICT (tenant_id, subscription_id) DO UPDATE
         SET actor_type = excluded.actor_type, actor_id = excluded.actor_id, plan_tier = excluded.plan_tier, rank = excluded.rank,
             live = excluded.live, sequence = excluded.sequence, updated_at = excluded.updated_at
       WHERE p.sequence < excluded.sequence`;
    return count === 1;
  }

  /** Writes the highest living plan, one's own or the team's, into accounts: `userId`'s, or all of the tenant. */
  async rate(tx: AuthTx, userId: string | undefined): Promise<void> {
    const whose = userId === undefined ? emptySql : sql`AND u.id = ${userId}::uuid`;
    await tx.$executeRaw`
      UPDATE users u SET plan_tier = best.plan_tier, updated_at = ${this.clock.now()}::timestamptz
        FROM users v
        CROSS JOIN LATERAL (
          SELECT coalesce((
            SELECT p.plan_tier FROM subscribed_plans p
             WHERE p.live AND p.rank >= 0 AND (p.actor_type = 'team' OR p.actor_id = v.id)
             ORDER BY p.rank DESC LIMIT 1), ${NO_PLAN}) AS plan_tier) best
       WHERE v.id = u.id AND u.plan_tier IS DISTINCT FROM best.plan_tier ${whose}`;
  }

  /** Forgets the subscriptions of an account that is deleted. */
  async forget(tx: AuthTx, userId: string): Promise<void> {
    await tx.$executeRaw`DELETE FROM subscribed_plans WHERE actor_type = 'user' AND actor_id = ${userId}::uuid`;
  }
}
