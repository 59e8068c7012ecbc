-- Second factors that people enrol themselves, plans as subscriptions tell of them, and what administration needs.

-- The secret of an enrolment that no code has confirmed yet.
ALTER TABLE users ADD COLUMN totp_pending_sealed text, ADD COLUMN totp_pending_at timestamptz(3);

CREATE TABLE recovery_codes (
  tenant_id  uuid           NOT NULL,
  user_id    uuid           NOT NULL,
  -- HMAC of the code: the table alone does not open an account.
  digest     bytea          NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT recovery_codes_pkey PRIMARY KEY (tenant_id, user_id, digest),
  CONSTRAINT recovery_codes_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

-- Log-in challenges that were answered: each opens one session.
CREATE TABLE spent_challenges (
  tenant_id  uuid           NOT NULL,
  id         uuid           NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT spent_challenges_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX spent_challenges_expiry_idx ON spent_challenges (expires_at);

-- What users and teams are subscribed to, copied from the events of subscriptions. The best living one is users.plan_tier.
CREATE TABLE subscribed_plans (
  tenant_id       uuid           NOT NULL,
  subscription_id uuid           NOT NULL,
  actor_type      text           NOT NULL CHECK (actor_type IN ('user', 'team')),
  actor_id        uuid           NOT NULL,
  -- As tokens spell it.
  plan_tier       text           NOT NULL,
  rank            smallint       NOT NULL,
  -- Whether it gives access at present.
  live            boolean        NOT NULL,
  -- Of the event it was copied from: older ones change nothing.
  sequence        bigint         NOT NULL,
  updated_at      timestamptz(3) NOT NULL,
  CONSTRAINT subscribed_plans_pkey PRIMARY KEY (tenant_id, subscription_id)
);
CREATE INDEX subscribed_plans_actor_idx ON subscribed_plans (tenant_id, actor_type, actor_id);

CREATE INDEX sessions_revoked_idx ON sessions (revoked_at);

SELECT platform.protect('recovery_codes');
SELECT platform.protect('spent_challenges', '{tenant_id,id,expires_at}');
SELECT platform.protect('subscribed_plans');
SELECT platform.protect('sessions', '{tenant_id,id,expires_at,revoked_at}');
-- The platform's administrators list all tenants; a tenant's name and status are no secret of its own.
SELECT platform.protect('tenants', '{tenant_id,name,status,created_at,updated_at}');
