// Discount codes and the professional subscriptions of the documented accounts; plans come with the migration. Safe to run again.

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const STARTUP_CO = 'a0000000-0000-4000-8000-000000000002';
const PRO = 'b0000000-0000-4000-8000-000000000004';

const DISCOUNTS = [
  { number: 1, code: 'STUDENT2026', program: 'student', percent: 50, duration: 'repeating', months: 12 },
  { number: 2, code: 'STARTUP50', program: 'startup', percent: 50, duration: 'repeating', months: 6 },
  { number: 3, code: 'WELCOME20', program: 'promotional', percent: 20, duration: 'once', months: null },
  { number: 4, code: 'REFER25', program: 'referral', percent: 25, duration: 'repeating', months: 3 },
];

/** dev@, admin@ and organizer@; the others have no subscription, which means BASE. */
const PROFESSIONALS = ['101', '102', '103'];

/**
 * @param {object} input
 * @param {import('pg').Client} input.client as the cluster's admin, search_path on the service's schema
 * @param {Date} input.now
 */
export async function seed({ client, now }) {
  for (const tenantId of [EVENTZR, STARTUP_CO]) {
    for (const discount of DISCOUNTS) await insertDiscount(client, tenantId, discount, now);
  }
  for (const [index, user] of PROFESSIONALS.entries()) await insertSubscription(client, index + 1, user, now);
}

async function insertDiscount(client, tenantId, { number, code, program, percent, duration, months }, now) {
  await client.query(
    `INSERT INTO discounts (tenant_id, id, code, program, kind, basis_points, duration, duration_months, created_at)
     VALUES ($1, $2, $3, $4, 'percentage', $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      tenantId,
      `b2000000-0000-4000-8000-00000000000${number}`,
      code,
      program,
      percent * 100,
      duration,
      months,
      now,
    ],
  );
}

async function insertSubscription(client, number, user, now) {
  const anchor = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const { rowCount } = await client.query(
    `INSERT INTO subscriptions (tenant_id, id, actor_type, actor_id, plan_id, status, price_cents, currency, ai_credits,
       payment_method, anchor_local, zone, interval_unit, interval_count, period_index, period_start, period_end, next_run_at,
       created_at, updated_at)
     SELECT $1::uuid, $2::uuid, 'user', $3::uuid, p.id, 'active', p.price_cents, p.currency, p.ai_credits, 'card_succeed',
            $4::timestamptz AT TIME ZONE 'UTC', 'UTC', 'month', 1, 0, $4::timestamptz, due.at, due.at, $5::timestamptz, $5::timestamptz
       FROM plans p,
            LATERAL (SELECT ($4::timestamptz AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC' AS at) AS due
      WHERE p.id = $6::uuid
         ON CONFLICT DO NOTHING`,
    [
      EVENTZR,
      `b1000000-0000-4000-8000-00000000010${number}`,
      `00000000-0000-4000-8000-000000000${user}`,
      anchor,
      now,
      PRO,
    ],
  );
  if (rowCount === 0) return;
  await client.query(
    `INSERT INTO subscription_transitions (tenant_id, id, subscription_id, from_status, to_status, cause, actor, at)
     VALUES ($1, $2, $3, NULL, 'active', 'subscribed', 'seed', $4) ON CONFLICT DO NOTHING`,
    [
      EVENTZR,
      `b3000000-0000-4000-8000-00000000010${number}`,
      `b1000000-0000-4000-8000-00000000010${number}`,
      now,
    ],
  );
}
