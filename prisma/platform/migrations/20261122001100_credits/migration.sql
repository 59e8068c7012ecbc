-- Paid operations of this service, and what has still to be told to the wallet about their holds.

CREATE TABLE credit_operations (
  tenant_id         uuid        NOT NULL,
  id                uuid        NOT NULL,
  attempt           integer     NOT NULL CHECK (attempt > 0),
  user_id           uuid        NOT NULL,
  operation         text        NOT NULL,
  amount_credits    integer     NOT NULL CHECK (amount_credits >= 0),
  wallet_choice     text        CHECK (wallet_choice IN ('user', 'team')),
  wallet_id         uuid,
  hold_id           uuid        NOT NULL,
  state             text        NOT NULL CHECK (state IN ('reserving', 'held', 'settled', 'released')),
  fence             uuid        NOT NULL,
  lease_until       timestamptz NOT NULL,
  deadline_at       timestamptz NOT NULL,
  ceiling_micro_usd bigint      CHECK (ceiling_micro_usd > 0),
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credit_operations_abandoned ON credit_operations (lease_until) WHERE state = 'reserving';
CREATE INDEX credit_operations_hold ON credit_operations (tenant_id, hold_id);
SELECT platform.protect('platform.credit_operations', ARRAY['tenant_id', 'id', 'state', 'lease_until', 'deadline_at']);

CREATE TABLE settlements (
  tenant_id       uuid        NOT NULL,
  hold_id         uuid        NOT NULL,
  operation_id    uuid        NOT NULL,
  kind            text        NOT NULL CHECK (kind IN ('capture', 'release')),
  amount_credits  integer     NOT NULL CHECK (amount_credits >= 0),
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  answer          jsonb,
  -- The ledger said no: an operation whose charge someone has to look at.
  refused         boolean     NOT NULL GENERATED ALWAYS AS (coalesce(answer ? 'refused', false)) STORED,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, hold_id)
);
CREATE INDEX settlements_due ON settlements (next_attempt_at) WHERE acknowledged_at IS NULL;
CREATE INDEX settlements_refused ON settlements (acknowledged_at) WHERE refused;
SELECT platform.protect('platform.settlements', 
  ARRAY['tenant_id', 'hold_id', 'next_attempt_at', 'acknowledged_at', 'refused', 'created_at']);

-- Ends a claim without an answer. A key whose operation may have touched money keeps its operation id, so that the
-- same request continues it instead of paying twice; any other key is free at once.
CREATE FUNCTION idempotency_free(
  p_tenant uuid, p_principal text, p_method text, p_route text, p_key text, p_fence uuid, p_now timestamptz
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  UPDATE platform.idempotency_keys i SET state = 'freed', lease_until = p_now, expires_at = p_now + interval '24 hours'
   WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key
     AND i.fence = p_fence AND i.state = 'running'
     AND EXISTS (SELECT 1 FROM platform.credit_operations c WHERE c.tenant_id = i.tenant_id AND c.id = i.operation_id);
  IF NOT FOUND THEN
    DELETE FROM platform.idempotency_keys i
     WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key
       AND i.fence = p_fence AND i.state = 'running';
  END IF;
END $$;
