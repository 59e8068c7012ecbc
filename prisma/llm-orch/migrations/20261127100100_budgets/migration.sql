-- Ceilings in USD over a calendar day or month (UTC): of a tenant, of each of its users, of one user.
CREATE TABLE budgets (
  tenant_id uuid NOT NULL,
  scope text NOT NULL CHECK (scope IN ('tenant', 'each_user', 'user')),
  -- The user for the scope of one user, else the tenant.
  subject_id uuid NOT NULL,
  period text NOT NULL CHECK (period IN ('day', 'month')),
  limit_micro_usd bigint NOT NULL CHECK (limit_micro_usd >= 0),
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT budgets_pkey PRIMARY KEY (tenant_id, scope, subject_id, period)
);
SELECT platform.protect('budgets', '{tenant_id}');

-- What was spent and is held in one day or month, by a tenant (subject = tenant) or by a user.
CREATE TABLE budget_windows (
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  period text NOT NULL CHECK (period IN ('day', 'month')),
  starts_on date NOT NULL,
  spent_micro_usd bigint NOT NULL CHECK (spent_micro_usd >= 0),
  held_micro_usd bigint NOT NULL CHECK (held_micro_usd >= 0),
  CONSTRAINT budget_windows_pkey PRIMARY KEY (tenant_id, subject_id, period, starts_on)
);
SELECT platform.protect('budget_windows', '{tenant_id,starts_on}');

-- One attempt's bound, held in the windows of its day and month until its cost is known.
CREATE TABLE budget_holds (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  micro_usd bigint NOT NULL CHECK (micro_usd >= 0),
  day date NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'expired')),
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT budget_holds_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX budget_holds_due_idx ON budget_holds (expires_at);
SELECT platform.protect('budget_holds', '{tenant_id,id,state,expires_at}');

-- Holds an attempt's bound in every window that has a limit, or none: then it says which is too small and what is left.
CREATE FUNCTION hold_budget(
  p_tenant uuid, p_user uuid, p_id uuid, p_micro_usd bigint, p_day date, p_expires_at timestamptz
) RETURNS TABLE (scope text, period text, limit_micro_usd bigint, left_micro_usd bigint) LANGUAGE plpgsql AS $$
DECLARE
  v_limits int;
BEGIN
  SELECT count(*) INTO v_limits FROM budgets b
   WHERE b.tenant_id = p_tenant AND (b.scope <> 'user' OR b.subject_id = p_user);
  IF v_limits = 0 THEN RETURN; END IF;
  INSERT INTO budget_windows AS w (tenant_id, subject_id, period, starts_on, spent_micro_usd, held_micro_usd)
  SELECT p_tenant, s.subject_id, p.period, (CASE p.period WHEN 'day' THEN p_day ELSE date_trunc('month', p_day)::date END), 0, 0
    FROM (SELECT p_tenant UNION SELECT p_user) AS s (subject_id), (VALUES ('day'), ('month')) AS p (period)
   ORDER BY s.subject_id, p.period
  ON CONFLICT DO NOTHING;
  -- Always in the same order, so that two calls never wait for each other.
  PERFORM 1 FROM budget_windows w
    WHERE w.tenant_id = p_tenant AND w.subject_id IN (p_tenant, p_user)
      AND w.starts_on = (CASE w.period WHEN 'day' THEN p_day ELSE date_trunc('month', p_day)::date END)
    ORDER BY w.subject_id, w.period FOR UPDATE;
  RETURN QUERY
    SELECT b.scope, b.period, b.limit_micro_usd, greatest(0, b.limit_micro_usd - w.spent_micro_usd - w.held_micro_usd)
      FROM budgets b
      JOIN budget_windows w ON w.tenant_id = p_tenant AND w.period = b.period
       AND w.subject_id = (CASE b.scope WHEN 'tenant' THEN p_tenant ELSE p_user END)
       AND w.starts_on = (CASE w.period WHEN 'day' THEN p_day ELSE date_trunc('month', p_day)::date END)
     WHERE b.tenant_id = p_tenant AND (b.scope <> 'user' OR b.subject_id = p_user)
       -- A user's own limit stands in place of everyone's.
       AND NOT (b.scope = 'each_user' AND EXISTS (
         SELECT FROM budgets own WHERE own.tenant_id = p_tenant AND own.scope = 'user' AND own.subject_id = p_user AND own.period = b.period))
       AND w.spent_micro_usd + w.held_micro_usd + p_micro_usd > b.limit_micro_usd
     ORDER BY 4 LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  UPDATE budget_windows w SET held_micro_usd = w.held_micro_usd + p_micro_usd
   WHERE w.tenant_id = p_tenant AND w.subject_id IN (p_tenant, p_user)
     AND w.starts_on = (CASE w.period WHEN 'day' THEN p_day ELSE date_trunc('month', p_day)::date END);
  INSERT INTO budget_holds (tenant_id, id, user_id, micro_usd, day, state, expires_at)
  VALUES (p_tenant, p_id, p_user, p_micro_usd, p_day, 'held', p_expires_at);
END
$$;

-- Replaces a hold by what was spent; the hold is gone afterwards. Of one that expired, its bound was spent already.
CREATE FUNCTION settle_budget(p_tenant uuid, p_id uuid, p_cost_micro_usd bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_hold budget_holds;
BEGIN
  DELETE FROM budget_holds h WHERE h.tenant_id = p_tenant AND h.id = p_id RETURNING h.* INTO v_hold;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM lock_budget_windows(v_hold);
  UPDATE budget_windows w SET
      held_micro_usd = w.held_micro_usd - (CASE v_hold.state WHEN 'held' THEN v_hold.micro_usd ELSE 0 END),
      spent_micro_usd = w.spent_micro_usd + p_cost_micro_usd - (CASE v_hold.state WHEN 'expired' THEN v_hold.micro_usd ELSE 0 END)
   WHERE w.tenant_id = p_tenant AND w.subject_id IN (p_tenant, v_hold.user_id)
     AND w.starts_on = (CASE w.period WHEN 'day' THEN v_hold.day ELSE date_trunc('month', v_hold.day)::date END);
  RETURN true;
END
$$;

-- Whoever held this is gone: what may have been billed counts as spent. A late settlement still corrects it.
CREATE FUNCTION expire_budget_hold(p_tenant uuid, p_id uuid, p_now timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_hold budget_holds;
BEGIN
  UPDATE budget_holds h SET state = 'expired'
   WHERE h.tenant_id = p_tenant AND h.id = p_id AND h.state = 'held' AND h.expires_at <= p_now RETURNING h.* INTO v_hold;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM lock_budget_windows(v_hold);
  UPDATE budget_windows w SET held_micro_usd = w.held_micro_usd - v_hold.micro_usd, spent_micro_usd = w.spent_micro_usd + v_hold.micro_usd
   WHERE w.tenant_id = p_tenant AND w.subject_id IN (p_tenant, v_hold.user_id)
     AND w.starts_on = (CASE w.period WHEN 'day' THEN v_hold.day ELSE date_trunc('month', v_hold.day)::date END);
  RETURN true;
END
$$;

CREATE FUNCTION lock_budget_windows(p_hold budget_holds) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM budget_windows w
    WHERE w.tenant_id = p_hold.tenant_id AND w.subject_id IN (p_hold.tenant_id, p_hold.user_id)
      AND w.starts_on = (CASE w.period WHEN 'day' THEN p_hold.day ELSE date_trunc('month', p_hold.day)::date END)
    ORDER BY w.subject_id, w.period FOR UPDATE;
END
$$;
