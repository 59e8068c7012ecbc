-- Idempotency-Key: who claimed a key, for which request, and the answer that is replayed.
-- Calls of the job scheduler have no tenant: they are kept under the nil UUID.

CREATE TABLE idempotency_keys (
  tenant_id    uuid        NOT NULL,
  principal    text        NOT NULL,
  method       text        NOT NULL,
  route        text        NOT NULL,
  key          text        NOT NULL,
  fingerprint  bytea       NOT NULL,
  operation_id uuid        NOT NULL,
  attempt      integer     NOT NULL,
  fence        uuid        NOT NULL,
  state        text        NOT NULL CHECK (state IN ('running', 'freed', 'stored')),
  lease_until  timestamptz NOT NULL,
  status       integer,
  content_type text,
  location     text,
  body         text,
  expires_at   timestamptz NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, principal, method, route, key),
  CHECK (length(key) BETWEEN 1 AND 255),
  CHECK (state <> 'stored' OR (status BETWEEN 200 AND 299 AND body IS NOT NULL))
);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
SELECT platform.protect('platform.idempotency_keys', ARRAY['tenant_id', 'expires_at']);

CREATE TYPE idempotency_claim AS (
  outcome text, operation_id uuid, attempt integer, status integer, content_type text, location text, body text
);

-- What a request finds under its key; null: nothing that binds it.
CREATE FUNCTION idempotency_found(k platform.idempotency_keys, p_fingerprint bytea, p_now timestamptz)
RETURNS platform.idempotency_claim LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF k.key IS NULL OR k.state = 'freed'
     OR (k.state = 'running' AND k.lease_until <= p_now)
     OR (k.state = 'stored' AND k.expires_at <= p_now) THEN
    RETURN NULL;
  ELSIF k.fingerprint <> p_fingerprint THEN
    RETURN ROW('other', NULL, NULL, NULL, NULL, NULL, NULL)::platform.idempotency_claim;
  ELSIF k.state = 'running' THEN
    RETURN ROW('running', NULL, NULL, NULL, NULL, NULL, NULL)::platform.idempotency_claim;
  END IF;
  RETURN ROW('replay', k.operation_id, k.attempt, k.status, k.content_type, k.location, k.body)::platform.idempotency_claim;
END $$;

-- A claim that commits before the work starts, in one statement. Nobody waits: a row that another transaction
-- holds is "running". An abandoned claim of the same request is taken over with its operation id.
CREATE FUNCTION idempotency_claim_operation(
  p_tenant uuid, p_principal text, p_method text, p_route text, p_key text, p_fingerprint bytea,
  p_operation uuid, p_fence uuid, p_now timestamptz, p_lease_until timestamptz
) RETURNS platform.idempotency_claim LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  k platform.idempotency_keys;
  found_claim platform.idempotency_claim;
  locked boolean;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  LOOP
    INSERT INTO platform.idempotency_keys (tenant_id, principal, method, route, key, fingerprint, operation_id, attempt,
                                           fence, state, lease_until, expires_at, created_at)
    VALUES (p_tenant, p_principal, p_method, p_route, p_key, p_fingerprint, p_operation, 1,
            p_fence, 'running', p_lease_until, p_lease_until + interval '24 hours', p_now)
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
      RETURN ROW('fresh', p_operation, 1, NULL, NULL, NULL, NULL)::platform.idempotency_claim;
    END IF;
    SELECT * INTO k FROM platform.idempotency_keys i
     WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key
       FOR UPDATE SKIP LOCKED;
    locked := FOUND;
    IF NOT locked THEN
      SELECT * INTO k FROM platform.idempotency_keys i
       WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key;
      CONTINUE WHEN NOT FOUND;
    END IF;
    found_claim := platform.idempotency_found(k, p_fingerprint, p_now);
    IF found_claim.outcome IS NOT NULL THEN
      RETURN found_claim;
    ELSIF NOT locked THEN
      RETURN ROW('running', NULL, NULL, NULL, NULL, NULL, NULL)::platform.idempotency_claim;
    END IF;
    IF k.state <> 'stored' AND k.fingerprint = p_fingerprint THEN
      UPDATE platform.idempotency_keys i
         SET attempt = i.attempt + 1, fence = p_fence, state = 'running',
             lease_until = p_lease_until, expires_at = p_lease_until + interval '24 hours'
       WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key;
      RETURN ROW('resumed', k.operation_id, k.attempt + 1, NULL, NULL, NULL, NULL)::platform.idempotency_claim;
    END IF;
    UPDATE platform.idempotency_keys i
       SET fingerprint = p_fingerprint, operation_id = p_operation, attempt = 1, fence = p_fence, state = 'running',
           lease_until = p_lease_until, expires_at = p_lease_until + interval '24 hours', created_at = p_now,
           status = NULL, content_type = NULL, location = NULL, body = NULL
     WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key;
    RETURN ROW('fresh', p_operation, 1, NULL, NULL, NULL, NULL)::platform.idempotency_claim;
  END LOOP;
END $$;

-- A claim inside the transaction of the work itself: the advisory lock stands for "running", no row is needed yet.
-- One jsonb in, one out: each parameter and column costs the typed client time, and this runs on every write.
CREATE FUNCTION idempotency_claim_atomic(p_claim jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  k platform.idempotency_keys;
  found_claim platform.idempotency_claim;
BEGIN
  FOR step IN 1..2 LOOP
    SELECT * INTO k FROM platform.idempotency_keys i
     WHERE i.tenant_id = (p_claim->>'tenantId')::uuid AND i.principal = p_claim->>'principal' AND i.method = p_claim->>'method'
       AND i.route = p_claim->>'route' AND i.key = p_claim->>'key';
    found_claim := platform.idempotency_found(k, decode(p_claim->>'fingerprint', 'hex'), (p_claim->>'now')::timestamptz);
    IF found_claim.outcome IS NOT NULL THEN
      RETURN to_jsonb(found_claim);
    END IF;
    -- Replays need no lock, so they do not disturb each other; behind the lock the row is read once more.
    IF step = 1 AND NOT pg_try_advisory_xact_lock(hashtextextended(concat_ws(E'\x1f', p_claim->>'tenantId', p_claim->>'principal',
         p_claim->>'method', p_claim->>'route', p_claim->>'key'), 20)) THEN
      RETURN '{"outcome": "running"}';
    END IF;
  END LOOP;
  RETURN '{"outcome": "fresh", "attempt": 1}';
END $$;

-- Stores the answer of a write that was claimed by `idempotency_claim_atomic`.
CREATE FUNCTION idempotency_store_atomic(p_claim jsonb, p_answer jsonb) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO platform.idempotency_keys AS i (tenant_id, principal, method, route, key, fingerprint, operation_id, attempt, fence,
         state, lease_until, status, content_type, location, body, expires_at, created_at)
  VALUES ((p_claim->>'tenantId')::uuid, p_claim->>'principal', p_claim->>'method', p_claim->>'route', p_claim->>'key',
         decode(p_claim->>'fingerprint', 'hex'), (p_claim->>'operationId')::uuid, 1, (p_claim->>'operationId')::uuid, 'stored',
         (p_claim->>'now')::timestamptz, (p_answer->>'status')::integer, p_answer->>'contentType', p_answer->>'location',
         p_answer->>'body', (p_answer->>'expiresAt')::timestamptz, (p_claim->>'now')::timestamptz)
  ON CONFLICT (tenant_id, principal, method, route, key) DO UPDATE
     SET fingerprint = excluded.fingerprint, operation_id = excluded.operation_id, attempt = 1, fence = excluded.fence,
         state = 'stored', lease_until = excluded.lease_until, status = excluded.status, content_type = excluded.content_type,
         location = excluded.location, body = excluded.body, expires_at = excluded.expires_at, created_at = excluded.created_at;
  RETURN 1;
END $$;

-- Stores the answer of a claimed operation; 0: the claim is somebody else's by now, so the caller must roll back.
CREATE FUNCTION idempotency_store_operation(p_claim jsonb, p_answer jsonb) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  changed integer;
BEGIN
  UPDATE platform.idempotency_keys i
     SET state = 'stored', status = (p_answer->>'status')::integer, content_type = p_answer->>'contentType',
         location = p_answer->>'location', body = p_answer->>'body', expires_at = (p_answer->>'expiresAt')::timestamptz
   WHERE i.tenant_id = (p_claim->>'tenantId')::uuid AND i.principal = p_claim->>'principal' AND i.method = p_claim->>'method'
     AND i.route = p_claim->>'route' AND i.key = p_claim->>'key' AND i.fence = (p_claim->>'fence')::uuid AND i.state = 'running';
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END $$;

-- Lengthens the lease of a living claim; false: somebody else owns it now.
CREATE FUNCTION idempotency_renew(
  p_tenant uuid, p_principal text, p_method text, p_route text, p_key text, p_fence uuid, p_lease_until timestamptz
) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  UPDATE platform.idempotency_keys i SET lease_until = p_lease_until, expires_at = p_lease_until + interval '24 hours'
   WHERE i.tenant_id = p_tenant AND i.principal = p_principal AND i.method = p_method AND i.route = p_route AND i.key = p_key
     AND i.fence = p_fence AND i.state = 'running';
  RETURN FOUND;
END $$;
