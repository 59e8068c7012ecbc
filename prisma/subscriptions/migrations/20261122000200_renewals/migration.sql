-- Renewals in sets: each function walks the tenants of its batch in ascending order and switches the tenant setting as it
-- goes, so that row level security holds although a batch spans tenants. Instants come from the caller's clock.
-- Batches come as objects by tenant, so that no tenant reads the rows of another's.
-- Plans are cached per connection: with these settings (foreign key checks obey them too) and `id = ANY (...)` a plan that was made
-- while a table was small is the right one when it has grown.

CREATE TYPE due_renewal AS (
  tenant_id uuid, id uuid, anchor_local_ms double precision, zone text, interval_unit text, interval_count integer,
  period_index integer, period_end timestamptz
);

-- Locks what is due and belongs to nobody else at the moment.
CREATE FUNCTION claim_due_renewals(p_found jsonb, p_now timestamptz) RETURNS SETOF subscriptions.due_renewal
LANGUAGE plpgsql VOLATILE 
SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off AS $$
DECLARE
  tenant uuid;
  part jsonb;
  ids uuid[];
BEGIN
  FOR tenant, part IN SELECT key::uuid, value FROM jsonb_each(p_found) ORDER BY key LOOP
    ids := ARRAY(SELECT (f->>'id')::uuid FROM jsonb_array_elements(part) AS f);
    PERFORM set_config('app.tenant_id', tenant::text, true);
    RETURN QUERY
    SELECT s.tenant_id, s.id, extract(epoch FROM s.anchor_local)::double precision * 1000, s.zone, s.interval_unit, s.interval_count,
           s.period_index, s.period_end::timestamptz
      FROM subscriptions.subscriptions s
     WHERE s.tenant_id = tenant AND s.id = ANY (ids) AND s.status = 'active' AND s.collecting_invoice_id IS NULL
       AND NOT s.cancel_at_period_end AND s.next_run_at <= p_now
     ORDER BY s.id
       FOR UPDATE SKIP LOCKED;
  END LOOP;
END $$;

CREATE TYPE renewal_bill AS (
  "tenantId" uuid, "subscriptionId" uuid, "periodIndex" integer, "periodStart" timestamptz, "periodEnd" timestamptz,
  "invoiceId" uuid, "paymentId" uuid, "eventId" uuid
);

CREATE TYPE payment_due AS (
  tenant_id uuid, payment_id uuid, invoice_id uuid, attempt integer, amount_cents bigint, currency text, payment_method text
);

-- What `payment_succeeded` and `payment_failed` say about an invoice.
CREATE FUNCTION renewal_event(s subscriptions.subscriptions, i subscriptions.invoices, p subscriptions.plans) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'tenantId', s.tenant_id, 'subscriptionId', s.id, 'actorType', s.actor_type, 'actorId', s.actor_id, 'planId', s.plan_id,
    'tier', p.tier, 'billingCycle', p.billing_cycle, 'status', s.status, 'invoiceId', i.id, 'periodIndex', i.period_index,
    'periodStart', to_char(i.period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'periodEnd', to_char(i.period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'amountCents', i.total_cents, 'currency', i.currency, 'aiCredits', i.ai_credits)
$$;

-- Advances each claimed subscription by one period and issues its invoice, in one transaction with the claim. A free period
-- is paid at once; every other gets a pending payment. An invoice that exists already is a period that was done: no error.
CREATE FUNCTION bill_periods(p_bills jsonb, p_now timestamptz, p_lease_until timestamptz, p_traceparent text, p_subscribers text[])
RETURNS SETOF subscriptions.payment_due LANGUAGE plpgsql VOLATILE 
SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off AS $$
DECLARE
  tenant uuid;
  part jsonb;
  subscription_ids uuid[];
  invoice_ids uuid[];
  issued integer;
  last_number bigint;
BEGIN
  FOR tenant, part IN SELECT key::uuid, value FROM jsonb_each(p_bills) ORDER BY key LOOP
    subscription_ids := ARRAY(SELECT (b->>'subscriptionId')::uuid FROM jsonb_array_elements(part) AS b);
    invoice_ids := ARRAY(SELECT (b->>'invoiceId')::uuid FROM jsonb_array_elements(part) AS b);
    PERFORM set_config('app.tenant_id', tenant::text, true);
    RETURN QUERY
    WITH bill AS (
      SELECT * FROM jsonb_populate_recordset(NULL::subscriptions.renewal_bill, part) AS b
    ), made AS (
      INSERT INTO subscriptions.invoices (tenant_id, id, subscription_id, plan_id, period_index, kind, status, currency, subtotal_cents,
                                          total_cents, ai_credits, period_start, period_end, issued_at, paid_at, created_at)
      SELECT s.tenant_id, b."invoiceId", s.id, s.plan_id, b."periodIndex", 'period', CASE s.price_cents WHEN 0 THEN 'paid' ELSE 'open' END,
             s.currency, s.price_cents, s.price_cents, s.ai_credits, b."periodStart", b."periodEnd", p_now,
             CASE s.price_cents WHEN 0 THEN p_now END, p_now
        FROM bill b JOIN subscriptions.subscriptions s ON s.id = b."subscriptionId"
       WHERE s.tenant_id = tenant AND s.id = ANY (subscription_ids) AND s.period_index = b."periodIndex" - 1 AND s.status = 'active'
          ON CONFLICT (tenant_id, subscription_id, period_index, kind) WHERE status <> 'void' DO NOTHING
      RETURNING *
    ), advanced AS (
      UPDATE subscriptions.subscriptions s
         SET period_index = b."periodIndex", period_start = b."periodStart", period_end = b."periodEnd", next_run_at = b."periodEnd",
             collecting_invoice_id = made.id, version = s.version + 1, updated_at = p_now
        FROM bill b LEFT JOIN made ON made.id = b."invoiceId" AND made.status = 'open'
       WHERE s.tenant_id = tenant AND s.id = ANY (subscription_ids) AND s.id = b."subscriptionId"
         AND s.period_index = b."periodIndex" - 1 AND s.status = 'active'
      RETURNING s.id
    ), lines AS (
      INSERT INTO subscriptions.invoice_lines (tenant_id, invoice_id, position, kind, description, amount_cents, period_start, period_end)
      SELECT made.tenant_id, made.id, 1, 'plan', p.name, made.total_cents, made.period_start, made.period_end
        FROM made JOIN subscriptions.plans p ON p.id = made.plan_id
    )
    INSERT INTO subscriptions.payments (tenant_id, id, invoice_id, attempt, status, amount_cents, currency, payment_method, lease_until, created_at)
    SELECT made.tenant_id, b."paymentId", made.id, 1, 'pending', made.total_cents, made.currency, s.payment_method, p_lease_until, p_now
      FROM made JOIN bill b ON b."invoiceId" = made.id
      JOIN subscriptions.subscriptions s ON s.id = made.subscription_id
     WHERE made.status = 'open' AND s.tenant_id = tenant AND s.id = ANY (subscription_ids)
    RETURNING payments.tenant_id, payments.id, payments.invoice_id, payments.attempt, payments.amount_cents, payments.currency, payments.payment_method;

    PERFORM platform.append_event(tenant, b."eventId", 'eventzr.subscription.payment_succeeded.v1', s.id::text,
                                  subscriptions.renewal_event(s, i, p), p_traceparent, p_now, p_subscribers)
       FROM jsonb_populate_recordset(NULL::subscriptions.renewal_bill, part) AS b
       JOIN subscriptions.invoices i ON i.id = b."invoiceId" AND i.status = 'paid'
       JOIN subscriptions.subscriptions s ON s.id = i.subscription_id
       JOIN subscriptions.plans p ON p.id = i.plan_id
      WHERE i.tenant_id = tenant AND i.id = ANY (invoice_ids)
        AND s.tenant_id = tenant AND s.id = ANY (subscription_ids);
  END LOOP;

  -- Numbers come last: the counter is the one row that all renewals of a tenant share.
  FOR tenant, part IN SELECT key::uuid, value FROM jsonb_each(p_bills) ORDER BY key LOOP
    invoice_ids := ARRAY(SELECT (b->>'invoiceId')::uuid FROM jsonb_array_elements(part) AS b);
    PERFORM set_config('app.tenant_id', tenant::text, true);
    SELECT count(*) INTO issued FROM subscriptions.invoices i WHERE i.tenant_id = tenant AND i.id = ANY (invoice_ids);
    CONTINUE WHEN issued = 0;
    INSERT INTO subscriptions.invoice_counters AS c (tenant_id, last) VALUES (tenant, issued)
    ON CONFLICT (tenant_id) DO UPDATE SET last = c.last + issued
    RETURNING c.last INTO last_number;
    UPDATE subscriptions.invoices i
       SET number = 'INV-' || lpad((last_number - issued + fresh.ordinal)::text, 8, '0')
      FROM (SELECT made.id, row_number() OVER (ORDER BY made.id) AS ordinal FROM subscriptions.invoices made
             WHERE made.tenant_id = tenant AND made.id = ANY (invoice_ids)) AS fresh
     WHERE i.tenant_id = tenant AND i.id = ANY (invoice_ids) AND i.id = fresh.id;
  END LOOP;
END $$;

-- Takes payments over whose process never came back.
CREATE FUNCTION claim_abandoned_payments(p_found jsonb, p_now timestamptz, p_lease_until timestamptz)
RETURNS SETOF subscriptions.payment_due LANGUAGE plpgsql VOLATILE 
SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off AS $$
DECLARE
  tenant uuid;
  part jsonb;
  ids uuid[];
BEGIN
  FOR tenant, part IN SELECT key::uuid, value FROM jsonb_each(p_found) ORDER BY key LOOP
    ids := ARRAY(SELECT (f->>'id')::uuid FROM jsonb_array_elements(part) AS f);
    PERFORM set_config('app.tenant_id', tenant::text, true);
    RETURN QUERY
    UPDATE subscriptions.payments p SET lease_until = p_lease_until
     WHERE p.tenant_id = tenant AND p.id = ANY (ARRAY(
       SELECT q.id FROM subscriptions.payments q
        WHERE q.tenant_id = tenant AND q.id = ANY (ids) AND q.status = 'pending' AND q.lease_until <= p_now
          FOR UPDATE SKIP LOCKED))
    RETURNING p.tenant_id, p.id, p.invoice_id, p.attempt, p.amount_cents, p.currency, p.payment_method;
  END LOOP;
END $$;

CREATE TYPE payment_result AS (
  "tenantId" uuid, "paymentId" uuid, "succeeded" boolean, "provider" text, "reference" text, "declineCode" text,
  "nextRetryAt" timestamptz, "eventId" uuid, "transitionId" uuid
);

-- Records how payments ended. Whoever comes second finds nothing pending and changes nothing.
CREATE FUNCTION settle_payments(p_results jsonb, p_now timestamptz, p_traceparent text, p_subscribers_succeeded text[], p_subscribers_failed text[])
RETURNS integer LANGUAGE plpgsql VOLATILE 
SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off AS $$
DECLARE
  tenant uuid;
  part jsonb;
  payment_ids uuid[];
  ended record;
  settled integer := 0;
BEGIN
  FOR tenant, part IN SELECT key::uuid, value FROM jsonb_each(p_results) ORDER BY key LOOP
    payment_ids := ARRAY(SELECT (r->>'paymentId')::uuid FROM jsonb_array_elements(part) AS r);
    PERFORM set_config('app.tenant_id', tenant::text, true);
    FOR ended IN
      WITH result AS (
        SELECT * FROM jsonb_populate_recordset(NULL::subscriptions.payment_result, part) AS r
      ), finished AS (
        UPDATE subscriptions.payments p
           SET status = CASE WHEN r.succeeded THEN 'succeeded' ELSE 'failed' END, provider = r.provider, reference = r.reference,
               decline_code = r."declineCode", finished_at = p_now
          FROM result r
         WHERE p.tenant_id = tenant AND p.id = ANY (payment_ids) AND p.id = r."paymentId" AND p.status = 'pending'
        RETURNING p.invoice_id, r.*
      ), billed AS (
        UPDATE subscriptions.invoices i
           SET status = CASE WHEN f.succeeded THEN 'paid' ELSE i.status END, paid_at = CASE WHEN f.succeeded THEN p_now END,
               attempts = i.attempts + 1, next_retry_at = f."nextRetryAt"
          FROM finished f
         WHERE i.tenant_id = tenant AND i.id = ANY (ARRAY(SELECT invoice_id FROM finished)) AND i.id = f.invoice_id AND i.status = 'open'
        RETURNING i.id, i.subscription_id, f.*
      )
      UPDATE subscriptions.subscriptions s
         SET collecting_invoice_id = NULL, status = CASE WHEN b.succeeded OR s.status <> 'active' THEN s.status ELSE 'past_due' END,
             version = s.version + 1, updated_at = p_now
        FROM billed b
       WHERE s.tenant_id = tenant AND s.id = ANY (ARRAY(SELECT subscription_id FROM billed)) AND s.id = b.subscription_id
      RETURNING s.id AS subscription_id, b.id AS invoice_id, b.succeeded, b."declineCode" AS decline_code, b."nextRetryAt" AS next_retry_at,
                b."eventId" AS event_id, b."transitionId" AS transition_id, s.status
    LOOP
      settled := settled + 1;
      IF NOT ended.succeeded AND ended.status = 'past_due' THEN
        INSERT INTO subscriptions.subscription_transitions (tenant_id, id, subscription_id, from_status, to_status, cause, actor, at)
        VALUES (tenant, ended.transition_id, ended.subscription_id, 'active', 'past_due', 'payment_failed', 'system', p_now);
      END IF;
      PERFORM platform.append_event(
                tenant, ended.event_id,
                CASE WHEN ended.succeeded THEN 'eventzr.subscription.payment_succeeded.v1' ELSE 'eventzr.subscription.payment_failed.v1' END,
                s.id::text,
                subscriptions.renewal_event(s, i, p) || CASE WHEN ended.succeeded THEN '{}'::jsonb ELSE jsonb_build_object(
                  'declineCode', ended.decline_code, 'attempt', i.attempts,
                  'nextRetryAt', to_char(ended.next_retry_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END,
                p_traceparent, p_now, CASE WHEN ended.succeeded THEN p_subscribers_succeeded ELSE p_subscribers_failed END)
         FROM subscriptions.subscriptions s
         JOIN subscriptions.invoices i ON i.tenant_id = s.tenant_id AND i.id = ended.invoice_id
         JOIN subscriptions.plans p ON p.id = i.plan_id
        WHERE s.tenant_id = tenant AND s.id = ended.subscription_id;
    END LOOP;
  END LOOP;
  RETURN settled;
END $$;
