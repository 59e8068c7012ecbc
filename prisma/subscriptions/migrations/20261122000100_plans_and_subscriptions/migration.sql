-- Plans belong to no tenant: everybody subscribes to the same ones.
CREATE TABLE plans (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  tier text NOT NULL CHECK (tier IN ('BASE', 'STUDENT', 'STARTUP', 'PRO', 'PROMAX', 'ENTERPRISE', 'TEAM_BASE', 'TEAM_PRO', 'TEAM_ENTERPRISE')),
  audience text NOT NULL CHECK (audience IN ('user', 'team')),
  billing_cycle text NOT NULL CHECK (billing_cycle IN ('monthly', 'annual')),
  price_cents bigint NOT NULL CHECK (price_cents >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  included_events integer CHECK (included_events >= 0),
  storage_bytes bigint CHECK (storage_bytes >= 0),
  ai_credits integer NOT NULL CHECK (ai_credits >= 0),
  members integer CHECK (members >= 1),
  trial_days integer NOT NULL CHECK (trial_days >= 0),
  popular boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  position integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT plans_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX plans_code_key ON plans (code);
CREATE UNIQUE INDEX plans_position_key ON plans (position);
SELECT platform.share('plans');

INSERT INTO plans (id, code, name, tier, audience, billing_cycle, price_cents, currency, included_events, storage_bytes, ai_credits,
                   members, trial_days, popular, position, created_at, updated_at)
SELECT id::uuid, code, name, tier, audience, cycle, cents, 'USD', events, gigabytes * 1073741824, credits, members, trial, popular, position,
       '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
  FROM (VALUES
    ('b0000000-0000-4000-8000-000000000001', 'BASE',            'BASE',            'BASE',            'user', 'monthly', 0,       5,    1::bigint, 0,      NULL::int, 0,  false, 1),
    ('b0000000-0000-4000-8000-000000000002', 'STUDENT',         'STUDENT',         'STUDENT',         'user', 'monthly', 999,     25,   10,        500,    NULL,      14, false, 2),
    ('b0000000-0000-4000-8000-000000000003', 'STARTUP',         'STARTUP',         'STARTUP',         'user', 'monthly', 2999,    50,   50,        2000,   NULL,      14, false, 3),
    ('b0000000-0000-4000-8000-000000000004', 'PRO',             'PRO',             'PRO',             'user', 'monthly', 9999,    200,  200,       10000,  NULL,      14, true,  4),
    ('b0000000-0000-4000-8000-000000000005', 'PROMAX',          'PROMAX',          'PROMAX',          'user', 'monthly', 29999,   1000, 1024,      50000,  NULL,      14, false, 5),
    ('b0000000-0000-4000-8000-000000000006', 'ENTERPRISE',      'ENTERPRISE',      'ENTERPRISE',      'user', 'monthly', 2500000, NULL, NULL,      250000, NULL,      30, false, 6),
    ('b0000000-0000-4000-8000-000000000007', 'TEAM_BASE',       'Team BASE',       'TEAM_BASE',       'team', 'monthly', 0,       10,   NULL,      0,      5,         0,  false, 7),
    ('b0000000-0000-4000-8000-000000000008', 'TEAM_PRO',        'Team PRO',        'TEAM_PRO',        'team', 'monthly', 49999,   500,  NULL,      25000,  50,        0,  false, 8),
    ('b0000000-0000-4000-8000-000000000009', 'TEAM_ENTERPRISE', 'Team ENTERPRISE', 'TEAM_ENTERPRISE', 'team', 'monthly', 5000000, NULL, NULL,      500000, NULL,      0,  false, 9),
    ('b0000000-0000-4000-8000-000000000010', 'PRO_ANNUAL',      'PRO Annually',    'PRO',             'user', 'annual',  95990,   200,  200,       10000,  NULL,      14, false, 10)
  ) AS plan (id, code, name, tier, audience, cycle, cents, events, gigabytes, credits, members, trial, popular, position);

CREATE TABLE discounts (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  code text NOT NULL,
  program text NOT NULL CHECK (program IN ('student', 'startup', 'promotional', 'referral')),
  kind text NOT NULL CHECK (kind IN ('percentage', 'fixed')),
  basis_points integer CHECK (basis_points BETWEEN 1 AND 10000),
  amount_cents bigint CHECK (amount_cents > 0),
  duration text NOT NULL CHECK (duration IN ('once', 'repeating', 'forever')),
  duration_months integer CHECK (duration_months > 0),
  max_redemptions integer CHECK (max_redemptions > 0),
  redeemed integer NOT NULL DEFAULT 0 CHECK (redeemed >= 0),
  active boolean NOT NULL DEFAULT true,
  expires_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT discounts_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT discounts_value CHECK ((kind = 'percentage') = (basis_points IS NOT NULL) AND (kind = 'fixed') = (amount_cents IS NOT NULL)),
  CONSTRAINT discounts_duration CHECK ((duration = 'repeating') = (duration_months IS NOT NULL)),
  CONSTRAINT discounts_redeemed CHECK (max_redemptions IS NULL OR redeemed <= max_redemptions)
);
CREATE UNIQUE INDEX discounts_code_key ON discounts (tenant_id, code);
SELECT platform.protect('discounts', '{}');

-- A boundary of period n is anchor_local + n intervals in `zone`, never the boundary before plus one interval.
CREATE TABLE subscriptions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  actor_type text NOT NULL CHECK (actor_type IN ('user', 'team')),
  actor_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  pending_plan_id uuid,
  status text NOT NULL CHECK (status IN ('trial', 'active', 'past_due', 'paused', 'cancelled', 'expired')),
  version integer NOT NULL DEFAULT 1,
  price_cents bigint NOT NULL CHECK (price_cents >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  ai_credits integer NOT NULL CHECK (ai_credits >= 0),
  payment_method text,
  anchor_local timestamp(3) NOT NULL,
  zone text NOT NULL,
  interval_unit text NOT NULL CHECK (interval_unit IN ('month', 'year')),
  interval_count integer NOT NULL CHECK (interval_count BETWEEN 1 AND 36),
  period_index integer NOT NULL CHECK (period_index >= 0),
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  next_run_at timestamptz(3),
  collecting_invoice_id uuid,
  trial_end timestamptz(3),
  cancel_at_period_end boolean NOT NULL DEFAULT false,
  paused_at timestamptz(3),
  paused_remaining_seconds integer CHECK (paused_remaining_seconds >= 0),
  backlog_flagged_at timestamptz(3),
  ended_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT subscriptions_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT subscriptions_period CHECK (period_start < period_end),
  CONSTRAINT subscriptions_paused CHECK ((status = 'paused') = (paused_at IS NOT NULL)),
  CONSTRAINT subscriptions_ended CHECK ((status IN ('cancelled', 'expired')) = (ended_at IS NOT NULL)),
  CONSTRAINT subscriptions_due CHECK (status <> 'active' OR next_run_at IS NOT NULL),
  CONSTRAINT subscriptions_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans (id) ON DELETE RESTRICT ON UPDATE NO ACTION,
  CONSTRAINT subscriptions_pending_plan_id_fkey FOREIGN KEY (pending_plan_id) REFERENCES plans (id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX subscriptions_live_key ON subscriptions (tenant_id, actor_type, actor_id) WHERE status IN ('trial', 'active', 'past_due', 'paused');
CREATE INDEX subscriptions_actor_idx ON subscriptions (tenant_id, actor_id, created_at DESC);
CREATE INDEX subscriptions_due_idx ON subscriptions (next_run_at) WHERE status = 'active' AND collecting_invoice_id IS NULL AND NOT cancel_at_period_end;
SELECT platform.protect('subscriptions', '{tenant_id,id,status,next_run_at,collecting_invoice_id,cancel_at_period_end}');

CREATE TABLE subscription_transitions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  from_status text,
  to_status text NOT NULL,
  cause text NOT NULL,
  actor text NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT subscription_transitions_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT subscription_transitions_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions (tenant_id, id) ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX subscription_transitions_subscription_idx ON subscription_transitions (tenant_id, subscription_id, at);
SELECT platform.protect('subscription_transitions', '{}');

CREATE TABLE invoices (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  period_index integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('period', 'proration')),
  status text NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'void', 'uncollectible')),
  number text,
  currency text NOT NULL,
  subtotal_cents bigint NOT NULL CHECK (subtotal_cents >= 0),
  discount_cents bigint NOT NULL DEFAULT 0 CHECK (discount_cents BETWEEN 0 AND subtotal_cents),
  tax_cents bigint NOT NULL DEFAULT 0 CHECK (tax_cents >= 0),
  total_cents bigint NOT NULL,
  ai_credits integer NOT NULL CHECK (ai_credits >= 0),
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_retry_at timestamptz(3),
  issued_at timestamptz(3),
  paid_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT invoices_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT invoices_total CHECK (total_cents = subtotal_cents - discount_cents + tax_cents),
  CONSTRAINT invoices_paid CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
  CONSTRAINT invoices_number_of_issued CHECK (status <> 'draft' OR number IS NULL),
  CONSTRAINT invoices_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions (tenant_id, id) ON DELETE RESTRICT ON UPDATE NO ACTION,
  CONSTRAINT invoices_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans (id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
-- One invoice per period and kind: what makes a renewal happen once. A voided one may be issued again.
CREATE UNIQUE INDEX invoices_period_key ON invoices (tenant_id, subscription_id, period_index, kind) WHERE status <> 'void';
CREATE UNIQUE INDEX invoices_number_key ON invoices (tenant_id, number);
CREATE INDEX invoices_retry_idx ON invoices (next_retry_at) WHERE status = 'open';
SELECT platform.protect('invoices', '{tenant_id,id,status,next_retry_at}');

CREATE TABLE invoice_lines (
  tenant_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('plan', 'credit', 'debit', 'discount', 'tax')),
  description text NOT NULL,
  amount_cents bigint NOT NULL,
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  CONSTRAINT invoice_lines_pkey PRIMARY KEY (tenant_id, invoice_id, position),
  CONSTRAINT invoice_lines_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id) ON DELETE CASCADE ON UPDATE NO ACTION
);
SELECT platform.protect('invoice_lines', '{}');

CREATE TABLE invoice_counters (
  tenant_id uuid NOT NULL,
  last bigint NOT NULL,
  CONSTRAINT invoice_counters_pkey PRIMARY KEY (tenant_id)
);
SELECT platform.protect('invoice_counters', '{}');

-- One attempt to move money. `pending` past its lease means: the process died, ask again under the same key.
CREATE TABLE payments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  attempt integer NOT NULL CHECK (attempt > 0),
  status text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  currency text NOT NULL,
  payment_method text,
  provider text,
  reference text,
  decline_code text,
  lease_until timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  CONSTRAINT payments_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT payments_finished CHECK ((status = 'pending') = (finished_at IS NULL)),
  CONSTRAINT payments_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices (tenant_id, id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX payments_attempt_key ON payments (tenant_id, invoice_id, attempt);
CREATE INDEX payments_abandoned_idx ON payments (lease_until) WHERE status = 'pending';
SELECT platform.protect('payments', '{tenant_id,id,status,lease_until}');
