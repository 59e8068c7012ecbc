-- Events: what this service tells (outbox) and what it was told (inbox).

-- The last sequence given to an aggregate. Its row lock makes the order of sequences the order of commits.
CREATE TABLE outbox_sequences (
  tenant_id    uuid        NOT NULL,
  aggregate_id text        NOT NULL,
  last         bigint      NOT NULL,
  used_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, aggregate_id)
);
SELECT platform.protect('platform.outbox_sequences', ARRAY['tenant_id', 'used_at']);

CREATE TABLE outbox_events (
  tenant_id    uuid        NOT NULL,
  id           uuid        NOT NULL,
  type         text        NOT NULL,
  aggregate_id text        NOT NULL,
  sequence     bigint      NOT NULL,
  time         timestamptz NOT NULL,
  traceparent  text,
  data         jsonb       NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, aggregate_id, sequence)
);
CREATE INDEX outbox_events_time ON outbox_events (time);
SELECT platform.protect('platform.outbox_events', ARRAY['tenant_id', 'id', 'time']);

-- One row per event and subscriber. `position` orders the rows of an aggregate; it is never used as a cursor,
-- because a transaction that commits late carries an early position.
CREATE TABLE outbox_deliveries (
  tenant_id       uuid        NOT NULL,
  event_id        uuid        NOT NULL,
  subscriber      text        NOT NULL,
  aggregate_id    text        NOT NULL,
  position        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  fence           uuid,
  delivered_at    timestamptz,
  parked_at       timestamptz,
  last_error      text,
  PRIMARY KEY (tenant_id, event_id, subscriber),
  FOREIGN KEY (tenant_id, event_id) REFERENCES outbox_events (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX outbox_deliveries_due ON outbox_deliveries (position) WHERE delivered_at IS NULL AND parked_at IS NULL;
CREATE INDEX outbox_deliveries_order ON outbox_deliveries (tenant_id, subscriber, aggregate_id, position)
  WHERE delivered_at IS NULL AND parked_at IS NULL;
CREATE INDEX outbox_deliveries_undelivered ON outbox_deliveries (parked_at) WHERE delivered_at IS NULL;
SELECT platform.protect('platform.outbox_deliveries',
  ARRAY['tenant_id', 'event_id', 'subscriber', 'aggregate_id', 'position', 'next_attempt_at', 'delivered_at', 'parked_at']);

CREATE TABLE inbox_events (
  tenant_id       uuid        NOT NULL,
  id              uuid        NOT NULL,
  source          text        NOT NULL,
  type            text        NOT NULL,
  aggregate_id    text        NOT NULL,
  sequence        bigint      NOT NULL,
  time            timestamptz NOT NULL,
  traceparent     text,
  data            jsonb       NOT NULL,
  state           text        NOT NULL CHECK (state IN ('received', 'handled', 'outdated', 'dead')),
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  last_error      text,
  received_at     timestamptz NOT NULL,
  handled_at      timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_events_due ON inbox_events (next_attempt_at) WHERE state = 'received';
CREATE INDEX inbox_events_order ON inbox_events (tenant_id, source, aggregate_id, sequence);
CREATE INDEX inbox_events_received ON inbox_events (received_at);
SELECT platform.protect('platform.inbox_events', ARRAY['tenant_id', 'id', 'state', 'next_attempt_at', 'received_at']);

-- Writes an event, its sequence and one delivery per subscriber, inside the caller's transaction.
CREATE FUNCTION append_event(
  p_tenant uuid, p_id uuid, p_type text, p_aggregate text, p_data jsonb, p_traceparent text, p_now timestamptz, p_subscribers text[]
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  next_sequence bigint;
BEGIN
  INSERT INTO platform.outbox_sequences AS s (tenant_id, aggregate_id, last, used_at) VALUES (p_tenant, p_aggregate, 1, p_now)
  ON CONFLICT (tenant_id, aggregate_id) DO UPDATE SET last = s.last + 1, used_at = p_now
  RETURNING s.last INTO next_sequence;
  INSERT INTO platform.outbox_events (tenant_id, id, type, aggregate_id, sequence, time, traceparent, data)
  VALUES (p_tenant, p_id, p_type, p_aggregate, next_sequence, p_now, p_traceparent, p_data);
  INSERT INTO platform.outbox_deliveries (tenant_id, event_id, subscriber, aggregate_id, next_attempt_at)
  SELECT p_tenant, p_id, subscriber, p_aggregate, p_now FROM unnest(p_subscribers) AS subscriber;
END $$;

-- Takes due deliveries for one relay and returns their events: rows that another relay took meanwhile are left out.
CREATE FUNCTION claim_deliveries(p_due jsonb, p_fence uuid, p_now timestamptz, p_lease_until timestamptz)
RETURNS TABLE (tenant_id uuid, event_id uuid, subscriber text, attempts integer, type text, aggregate_id text, sequence bigint,
               "time" timestamptz, traceparent text, data jsonb, "position" bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  tenant text;
BEGIN
  FOR tenant IN SELECT DISTINCT due->>'tenantId' FROM jsonb_array_elements(p_due) AS due LOOP
    PERFORM set_config('app.tenant_id', tenant, true);
    RETURN QUERY
    UPDATE platform.outbox_deliveries d
       SET attempts = d.attempts + 1, fence = p_fence, next_attempt_at = p_lease_until
      FROM jsonb_array_elements(p_due) AS due, platform.outbox_events e
     WHERE due->>'tenantId' = tenant AND d.tenant_id = tenant::uuid AND d.event_id = (due->>'eventId')::uuid
       AND d.subscriber = due->>'subscriber' AND e.tenant_id = d.tenant_id AND e.id = d.event_id
       AND d.delivered_at IS NULL AND d.parked_at IS NULL AND d.next_attempt_at <= p_now
    RETURNING d.tenant_id, d.event_id, d.subscriber, d.attempts, e.type, e.aggregate_id, e.sequence, e.time, e.traceparent,
              e.data, d.position;
  END LOOP;
END $$;

-- Records how deliveries ended: delivered, parked, or due again.
CREATE FUNCTION finish_deliveries(p_results jsonb, p_fence uuid, p_now timestamptz)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  tenant text;
BEGIN
  FOR tenant IN SELECT DISTINCT result->>'tenantId' FROM jsonb_array_elements(p_results) AS result LOOP
    PERFORM set_config('app.tenant_id', tenant, true);
    UPDATE platform.outbox_deliveries d
       SET delivered_at = CASE result->>'outcome' WHEN 'delivered' THEN p_now END,
           parked_at = CASE result->>'outcome' WHEN 'parked' THEN p_now END,
           next_attempt_at = coalesce((result->>'nextAttemptAt')::timestamptz, d.next_attempt_at),
           last_error = result->>'error', fence = NULL
      FROM jsonb_array_elements(p_results) AS result
     WHERE result->>'tenantId' = tenant AND d.tenant_id = tenant::uuid AND d.event_id = (result->>'eventId')::uuid
       AND d.subscriber = result->>'subscriber' AND d.fence = p_fence;
  END LOOP;
END $$;
