-- Reserve, capture, release, expire: one call each. All of them look up under the wallet's lock.

CREATE FUNCTION team_spent_today(p_tenant uuid, p_team uuid, p_user uuid, p_now timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(CASE h.state WHEN 'open' THEN h.amount WHEN 'captured' THEN h.captured_amount ELSE 0 END), 0)::bigint
    FROM wallet.holds h
   WHERE h.tenant_id = p_tenant AND h.wallet_id = p_team AND h.user_id = p_user
     AND h.created_at >= date_trunc('day', p_now, 'UTC')
$$;

-- The first field in which a request differs from the hold that its id names; null when none does.
CREATE FUNCTION hold_difference(
  p_hold holds, p_service text, p_user uuid, p_choice text, p_operation text, p_reference text, p_amount bigint, p_deadline timestamptz
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN p_hold.owner_service <> p_service THEN 'id'
    WHEN p_hold.wallet_id IS NULL THEN NULL -- a tombstone knows no fields to differ in
    WHEN p_hold.user_id <> p_user THEN 'userId'
    WHEN p_hold.wallet_choice IS DISTINCT FROM p_choice THEN 'walletChoice'
    WHEN p_hold.operation <> p_operation THEN 'operation'
    WHEN p_hold.reference_id <> p_reference THEN 'referenceId'
    WHEN p_hold.amount <> p_amount THEN 'amount'
    WHEN p_hold.deadline_at <> p_deadline THEN 'deadline'
  END
$$;

-- Reserves a batch whose items all try the same wallet first. Each item is decided in turn on the running balance and
-- gets its own outcome; the balance itself changes by one UPDATE per wallet.
-- An item: { n, id, service, userId, userWallet, teamWallet, choice, operation, referenceId, amount, deadline, expiresAt, roles }
CREATE FUNCTION reserve(p_tenant uuid, p_now timestamptz, p_items jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_by_team  boolean := coalesce(p_items -> 0 ->> 'choice' = 'team', false);
  v_team_id  uuid := (p_items -> 0 ->> 'teamWallet')::uuid;
  v_first    wallet.wallets;
  v_team     wallet.wallets;
  v_policy   wallet.team_policies;
  v_used     jsonb := '{}';
  v_item     record;
  v_hold     wallet.holds;
  v_pays     uuid;
  v_outcome  text;
  v_field    text;
  v_left     bigint;
  v_results  jsonb[] := '{}';
  v_ids      uuid[] := '{}';
  v_wallets  uuid[] := '{}';
  v_transfers uuid[] := '{}';
  v_amounts  bigint[] := '{}';
  v_available bigint[] := '{}';
  v_held     bigint[] := '{}';
  v_total    bigint := 0;
  v_team_total bigint := 0;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  IF v_by_team THEN
    v_first := wallet.lock_wallet(p_tenant, v_team_id, 'team', p_tenant, p_now);
  ELSE
    v_first := wallet.lock_wallet(p_tenant, (p_items -> 0 ->> 'userWallet')::uuid, 'user', (p_items -> 0 ->> 'userId')::uuid, p_now);
  END IF;

  FOR v_item IN
    SELECT * FROM jsonb_to_recordset(p_items) AS i (
      n int, id uuid, service text, "userId" uuid, choice text, operation text, "referenceId" text, amount bigint,
      deadline timestamptz, "expiresAt" timestamptz, roles text[]) ORDER BY i.n
  LOOP
    v_pays := NULL; v_field := NULL; v_left := NULL;
    SELECT * INTO v_hold FROM wallet.holds h WHERE h.tenant_id = p_tenant AND h.id = v_item.id;
    IF FOUND THEN
      v_field := wallet.hold_difference(v_hold, v_item.service, v_item."userId", v_item.choice, v_item.operation,
                                        v_item."referenceId", v_item.amount, v_item.deadline);
      v_outcome := CASE WHEN v_field IS NOT NULL THEN 'conflict' WHEN v_hold.state IN ('released', 'expired') THEN v_hold.state ELSE 'existing' END;
    ELSIF v_item."expiresAt" <= p_now THEN
      v_outcome := 'expired';
    ELSE
      IF v_by_team OR (v_item.choice IS NULL AND NOT v_first.frozen AND v_first.available - v_total < v_item.amount) THEN
        IF v_policy.tenant_id IS NULL THEN
          SELECT * INTO v_policy FROM wallet.team_policies p WHERE p.tenant_id = p_tenant;
          IF NOT FOUND THEN v_policy := ROW(p_tenant, ARRAY['organizer', 'admin'], NULL, p_tenant, p_now)::wallet.team_policies; END IF;
          v_team := CASE WHEN v_by_team THEN v_first ELSE v_team END;
        END IF;
        IF v_policy.daily_cap_credits IS NOT NULL THEN
          v_left := v_policy.daily_cap_credits
            - wallet.team_spent_today(p_tenant, v_team_id, v_item."userId", p_now)
            - coalesce((v_used ->> v_item."userId"::text)::bigint, 0);
        END IF;
      END IF;
      IF v_first.frozen THEN
        v_outcome := 'frozen';
      ELSIF v_by_team THEN
        v_outcome := CASE
          WHEN NOT v_item.roles && v_policy.roles THEN 'denied'
          WHEN v_first.available - v_total < v_item.amount THEN 'insufficient'
          WHEN v_left < v_item.amount THEN 'capped'
          ELSE 'created' END;
        v_pays := v_first.id;
      ELSIF v_first.available - v_total >= v_item.amount THEN
        v_outcome := 'created';
        v_pays := v_first.id;
      ELSE
        v_outcome := 'insufficient';
        IF v_item.choice IS NULL AND v_item.roles && v_policy.roles AND coalesce(v_left >= v_item.amount, true) THEN
          IF v_team.id IS NULL THEN
            v_team := wallet.lock_wallet(p_tenant, v_team_id, 'team', p_tenant, p_now);
            -- The cap was read before this lock, on which holds of the same user by choice of the team may have waited: read
            -- what is spent again, in a statement that sees them.
            IF v_policy.daily_cap_credits IS NOT NULL THEN
              v_left := v_policy.daily_cap_credits - wallet.team_spent_today(p_tenant, v_team_id, v_item."userId", p_now);
            END IF;
          END IF;
          IF NOT v_team.frozen AND v_team.available - v_team_total >= v_item.amount AND coalesce(v_left >= v_item.amount, true) THEN
            v_outcome := 'created';
            v_pays := v_team.id;
          END IF;
        END IF;
      END IF;
    END IF;

    IF v_outcome = 'created' THEN
      v_ids := v_ids || v_item.id;
      v_wallets := v_wallets || v_pays;
      v_transfers := v_transfers || uuidv7();
      v_amounts := v_amounts || v_item.amount;
      IF v_pays = v_first.id THEN
        v_total := v_total + v_item.amount;
        v_available := v_available || (v_first.available - v_total);
        v_held := v_held || (v_first.held + v_total);
      ELSE
        v_team_total := v_team_total + v_item.amount;
        v_available := v_available || (v_team.available - v_team_total);
        v_held := v_held || (v_team.held + v_team_total);
      END IF;
      IF v_pays = v_team_id THEN
        v_used := v_used || jsonb_build_object(v_item."userId"::text, coalesce((v_used ->> v_item."userId"::text)::bigint, 0) + v_item.amount);
      END IF;
    END IF;
    v_results := v_results || jsonb_build_object(
      'id', v_item.id, 'outcome', v_outcome, 'field', v_field,
      'walletId', coalesce(v_pays, v_hold.wallet_id, v_first.id),
      'kind', CASE WHEN coalesce(v_pays, v_hold.wallet_id, v_first.id) = v_team_id THEN 'team' ELSE 'user' END,
      'state', coalesce(v_hold.state, 'open'), 'captured', coalesce(v_hold.captured_amount, 0),
      'uncollected', coalesce(v_hold.uncollected_amount, 0),
      'createdAt', coalesce(v_hold.created_at, p_now), 'resolvedAt', v_hold.resolved_at,
      'available', least(v_first.available - v_total, CASE WHEN v_outcome = 'capped' THEN greatest(v_left, 0) END));
  END LOOP;

  IF cardinality(v_ids) > 0 THEN
    INSERT INTO wallet.holds (tenant_id, id, owner_service, state, wallet_id, user_id, operation, reference_id,
                              wallet_choice, amount, deadline_at, expires_at, created_at)
    SELECT p_tenant, i.id, i.service, 'open', a.wallet_id, i."userId", i.operation, i."referenceId", i.choice, i.amount,
           i.deadline, i."expiresAt", p_now
      FROM unnest(v_ids, v_wallets) AS a (id, wallet_id)
      JOIN jsonb_to_recordset(p_items) AS i (id uuid, service text, "userId" uuid, choice text, operation text,
                                             "referenceId" text, amount bigint, deadline timestamptz, "expiresAt" timestamptz) USING (id);
    INSERT INTO wallet.transfers (tenant_id, id, wallet_id, kind, amount, hold_id, actor, description, available_after, held_after, created_at)
    SELECT p_tenant, a.transfer, a.wallet_id, 'hold', i.amount, a.id, i.service, i.operation, a.available, a.held, p_now
      FROM unnest(v_ids, v_wallets, v_transfers, v_available, v_held) AS a (id, wallet_id, transfer, available, held)
      JOIN jsonb_to_recordset(p_items) AS i (id uuid, service text, operation text, amount bigint) USING (id);
    INSERT INTO wallet.entries (tenant_id, transfer_id, line, account, wallet_id, amount)
    SELECT p_tenant, a.transfer, l.line, l.account, a.wallet_id, l.sign * a.amount
      FROM unnest(v_wallets, v_transfers, v_amounts) AS a (wallet_id, transfer, amount)
     CROSS JOIN (VALUES (1, 'available', -1), (2, 'held', 1)) AS l (line, account, sign);
    UPDATE wallet.wallets w
       SET available = w.available - m.total, held = w.held + m.total, updated_at = p_now
      FROM (VALUES (v_first.id, v_total), (v_team.id, CASE WHEN v_by_team THEN 0 ELSE v_team_total END)) AS m (id, total)
     WHERE w.tenant_id = p_tenant AND w.id = m.id AND m.total > 0;
    INSERT INTO wallet.balance_changes (tenant_id, wallet_id, since)
    SELECT DISTINCT p_tenant, a.id, p_now FROM unnest(v_wallets) AS a (id) ON CONFLICT DO NOTHING;
  END IF;
  RETURN to_jsonb(v_results);
END $$;

CREATE FUNCTION hold_answer(p_outcome text, p_hold holds) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'outcome', p_outcome, 'id', p_hold.id, 'service', p_hold.owner_service, 'state', p_hold.state,
    'walletId', p_hold.wallet_id,
    'kind', (SELECT w.kind FROM wallet.wallets w WHERE w.tenant_id = p_hold.tenant_id AND w.id = p_hold.wallet_id),
    'userId', p_hold.user_id, 'operation', p_hold.operation, 'referenceId', p_hold.reference_id, 'amount', p_hold.amount,
    'captured', p_hold.captured_amount, 'uncollected', p_hold.uncollected_amount, 'deadline', p_hold.deadline_at,
    'expiresAt', p_hold.expires_at, 'createdAt', p_hold.created_at, 'resolvedAt', p_hold.resolved_at)
$$;

-- Locks the wallet behind a hold and returns the hold as it stands under that lock. Null: no such hold. A tombstone has no wallet.
CREATE FUNCTION lock_hold(p_tenant uuid, p_id uuid, OUT o_hold holds, OUT o_wallet wallets) LANGUAGE plpgsql AS $$
BEGIN
  SELECT w.* INTO o_wallet FROM wallet.holds h JOIN wallet.wallets w ON w.tenant_id = h.tenant_id AND w.id = h.wallet_id
   WHERE h.tenant_id = p_tenant AND h.id = p_id FOR NO KEY UPDATE OF w;
  SELECT h.* INTO o_hold FROM wallet.holds h WHERE h.tenant_id = p_tenant AND h.id = p_id;
END $$;

CREATE FUNCTION find_hold(p_tenant uuid, p_id uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_hold wallet.holds;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT * INTO v_hold FROM wallet.holds h WHERE h.tenant_id = p_tenant AND h.id = p_id;
  RETURN CASE WHEN v_hold.id IS NULL THEN NULL ELSE wallet.hold_answer('found', v_hold) END;
END $$;

-- Charges a hold. Work that outlived its hold is still charged: what is available now, the rest is booked as uncollected.
CREATE FUNCTION capture(p_tenant uuid, p_now timestamptz, p_service text, p_id uuid, p_amount bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_locked record;
  v_hold   wallet.holds;
  v_wallet wallet.wallets;
  v_charge bigint;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT * INTO v_locked FROM wallet.lock_hold(p_tenant, p_id);
  v_hold := v_locked.o_hold;
  v_wallet := v_locked.o_wallet;
  IF v_hold.id IS NULL OR v_hold.owner_service <> p_service THEN RETURN jsonb_build_object('outcome', 'not_found'); END IF;
  IF v_hold.state = 'released' THEN RETURN wallet.hold_answer('released', v_hold); END IF;
  IF v_hold.state = 'captured' THEN
    RETURN wallet.hold_answer(CASE WHEN v_hold.captured_amount + v_hold.uncollected_amount = p_amount THEN 'done' ELSE 'conflict' END, v_hold);
  END IF;
  IF p_amount > v_hold.amount THEN RETURN wallet.hold_answer('exceeds', v_hold); END IF;

  v_charge := CASE v_hold.state WHEN 'open' THEN p_amount ELSE least(p_amount, v_wallet.available) END;
  IF v_hold.state = 'open' THEN
    PERFORM wallet.post(v_wallet, uuidv7(), 'capture', p_amount, ARRAY['held', 'available', 'spend'],
                        ARRAY[-v_hold.amount, v_hold.amount - p_amount, p_amount], p_now, p_service, p_id, p_description => v_hold.operation);
  ELSE
    PERFORM wallet.post(v_wallet, uuidv7(), 'late_capture', v_charge, ARRAY['available', 'uncollected', 'spend'],
                        ARRAY[-v_charge, v_charge - p_amount, p_amount], p_now, p_service, p_id, p_description => v_hold.operation);
  END IF;
  PERFORM wallet.burn_grants(v_wallet, v_charge);
  UPDATE wallet.holds h
     SET state = 'captured', captured_amount = v_charge, uncollected_amount = p_amount - v_charge, resolved_at = p_now
   WHERE h.tenant_id = p_tenant AND h.id = p_id AND h.state = v_hold.state
  RETURNING h.* INTO STRICT v_hold;
  RETURN wallet.hold_answer('done', v_hold);
END $$;

-- Gives a hold back. An unknown hold leaves a tombstone, which refuses a reserve that is still on its way.
CREATE FUNCTION release(p_tenant uuid, p_now timestamptz, p_service text, p_id uuid) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_locked record;
  v_hold   wallet.holds;
  v_wallet wallet.wallets;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  LOOP
    SELECT * INTO v_locked FROM wallet.lock_hold(p_tenant, p_id);
    v_hold := v_locked.o_hold;
    v_wallet := v_locked.o_wallet;
    EXIT WHEN v_hold.id IS NOT NULL;
    INSERT INTO wallet.holds (tenant_id, id, owner_service, state, amount, created_at, resolved_at)
    VALUES (p_tenant, p_id, p_service, 'released', 0, p_now, p_now) ON CONFLICT DO NOTHING;
  END LOOP;
  IF v_hold.owner_service <> p_service THEN RETURN jsonb_build_object('outcome', 'not_found'); END IF;
  IF v_hold.state = 'captured' THEN RETURN wallet.hold_answer('captured', v_hold); END IF;
  IF v_hold.state <> 'open' THEN RETURN wallet.hold_answer('done', v_hold); END IF;
  PERFORM wallet.post(v_wallet, uuidv7(), 'release', v_hold.amount, ARRAY['held', 'available'], ARRAY[-v_hold.amount, v_hold.amount],
                      p_now, p_service, p_id, p_description => v_hold.operation);
  UPDATE wallet.holds h SET state = 'released', resolved_at = p_now
   WHERE h.tenant_id = p_tenant AND h.id = p_id AND h.state = 'open'
  RETURNING h.* INTO STRICT v_hold;
  RETURN wallet.hold_answer('done', v_hold);
END $$;

-- Ends a hold whose time is over; false when it was settled meanwhile.
CREATE FUNCTION expire_hold(p_tenant uuid, p_now timestamptz, p_id uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_locked record;
  v_hold   wallet.holds;
  v_wallet wallet.wallets;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT * INTO v_locked FROM wallet.lock_hold(p_tenant, p_id);
  v_hold := v_locked.o_hold;
  v_wallet := v_locked.o_wallet;
  IF v_hold.id IS NULL OR v_hold.state <> 'open' OR v_hold.expires_at > p_now THEN RETURN false; END IF;
  PERFORM wallet.post(v_wallet, uuidv7(), 'hold_expiry', v_hold.amount, ARRAY['held', 'available'], ARRAY[-v_hold.amount, v_hold.amount],
                      p_now, 'system', p_id, p_description => v_hold.operation);
  UPDATE wallet.holds h SET state = 'expired', resolved_at = p_now
   WHERE h.tenant_id = p_tenant AND h.id = p_id AND h.state = 'open'
  RETURNING h.* INTO STRICT v_hold;
  RETURN true;
END $$;

-- Which wallet would pay, and whether it could; nothing is held and nothing is made.
CREATE FUNCTION quote(p_tenant uuid, p_now timestamptz, p_user uuid, p_user_wallet uuid, p_team_wallet uuid, p_choice text, p_roles text[], p_amount bigint)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_user   bigint;
  v_team   bigint;
  v_policy wallet.team_policies;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT coalesce((SELECT CASE WHEN w.frozen THEN 0 ELSE w.available END FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_user_wallet), 0),
         coalesce((SELECT CASE WHEN w.frozen THEN 0 ELSE w.available END FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_team_wallet), 0)
    INTO v_user, v_team;
  SELECT * INTO v_policy FROM wallet.team_policies p WHERE p.tenant_id = p_tenant;
  IF NOT p_roles && coalesce(v_policy.roles, ARRAY['organizer', 'admin']) THEN
    v_team := 0;
  ELSIF v_policy.daily_cap_credits IS NOT NULL THEN
    v_team := least(v_team, greatest(0, v_policy.daily_cap_credits - wallet.team_spent_today(p_tenant, p_team_wallet, p_user, p_now)));
  END IF;
  IF p_choice = 'team' OR (p_choice IS NULL AND v_user < p_amount AND v_team >= p_amount
       AND NOT EXISTS (SELECT 1 FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_user_wallet AND w.frozen)) THEN
    RETURN jsonb_build_object('walletId', p_team_wallet, 'kind', 'team', 'available', v_team, 'sufficient', v_team >= p_amount);
  END IF;
  RETURN jsonb_build_object('walletId', p_user_wallet, 'kind', 'user', 'available', v_user, 'sufficient', v_user >= p_amount);
END $$;

-- Every invariant of the tenant's ledger in one snapshot; a row is a violation, or a warning about age.
CREATE FUNCTION ledger_findings(p_now timestamptz) RETURNS TABLE (severity text, rule text, wallet_id uuid, reference uuid, expected bigint, actual bigint)
LANGUAGE sql STABLE AS $$
  SELECT 'violation', 'transfer_sums_to_zero', NULL::uuid, e.transfer_id, 0::bigint, sum(e.amount)::bigint
    FROM wallet.entries e GROUP BY e.transfer_id HAVING sum(e.amount) <> 0
  UNION ALL
  SELECT 'violation', b.rule, w.id, NULL, b.expected, b.actual
    FROM wallet.wallets w
    LEFT JOIN (SELECT e.wallet_id, sum(e.amount) FILTER (WHERE e.account = 'available') AS available,
                      sum(e.amount) FILTER (WHERE e.account = 'held') AS held
                 FROM wallet.entries e WHERE e.wallet_id IS NOT NULL GROUP BY e.wallet_id) l ON l.wallet_id = w.id
    LEFT JOIN (SELECT h.wallet_id, sum(h.amount) AS held FROM wallet.holds h WHERE h.state = 'open' GROUP BY h.wallet_id) o ON o.wallet_id = w.id
    LEFT JOIN (SELECT g.wallet_id, sum(g.remaining) AS remaining FROM wallet.grants g WHERE g.remaining > 0 GROUP BY g.wallet_id) r ON r.wallet_id = w.id
   CROSS JOIN LATERAL (VALUES
     ('available_matches_entries', coalesce(l.available, 0)::bigint, w.available),
     ('held_matches_entries', coalesce(l.held, 0)::bigint, w.held),
     ('held_matches_open_holds', coalesce(o.held, 0)::bigint, w.held),
     ('grants_match_balance', coalesce(r.remaining, 0)::bigint, w.available + w.held)) AS b (rule, expected, actual)
   WHERE b.expected <> b.actual
  UNION ALL
  SELECT 'violation', 'one_resolution_per_hold', h.wallet_id, h.id, CASE h.state WHEN 'open' THEN 0 ELSE 1 END::bigint, r.resolutions
    FROM wallet.holds h
   CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE t.kind IN ('capture', 'release', 'hold_expiry')) AS resolutions,
                              count(*) FILTER (WHERE t.kind = 'hold') AS reserves,
                              count(*) FILTER (WHERE t.kind = 'late_capture') AS late,
                              min(t.kind) FILTER (WHERE t.kind IN ('capture', 'release', 'hold_expiry')) AS kind
                         FROM wallet.transfers t WHERE t.tenant_id = h.tenant_id AND t.hold_id = h.id) r
   WHERE h.wallet_id IS NOT NULL
     AND (r.reserves, r.resolutions, r.late, coalesce(r.kind, '')) NOT IN (
       (1, CASE h.state WHEN 'open' THEN 0 ELSE 1 END, 0,
        CASE h.state WHEN 'open' THEN '' WHEN 'captured' THEN 'capture' WHEN 'released' THEN 'release' ELSE 'hold_expiry' END),
       (1, 1, CASE h.state WHEN 'captured' THEN 1 ELSE -1 END, 'hold_expiry'))
  UNION ALL
  SELECT 'violation', c.rule, h.wallet_id, h.id, c.expected, c.actual
    FROM wallet.holds h
    LEFT JOIN (SELECT t.hold_id, sum(t.amount)::bigint AS captured
                 FROM wallet.transfers t WHERE t.kind IN ('capture', 'late_capture') GROUP BY t.hold_id) t ON t.hold_id = h.id
    LEFT JOIN (SELECT t.hold_id, -sum(e.amount)::bigint AS uncollected
                 FROM wallet.transfers t JOIN wallet.entries e ON e.tenant_id = t.tenant_id AND e.transfer_id = t.id
                WHERE t.kind IN ('capture', 'late_capture') AND e.account = 'uncollected' GROUP BY t.hold_id) u ON u.hold_id = h.id
   CROSS JOIN LATERAL (VALUES
     ('captured_matches_transfer', coalesce(t.captured, 0), h.captured_amount),
     ('uncollected_matches_entries', coalesce(u.uncollected, 0), h.uncollected_amount)) AS c (rule, expected, actual)
   WHERE c.expected <> c.actual
  UNION ALL
  -- What a transfer says it moved: into the holding for a hold, out of the wallet for what it lost, as spent for a charge.
  SELECT 'violation', 'transfer_amount_matches_entries', t.wallet_id, t.id, m.moved, t.amount
    FROM wallet.transfers t
    LEFT JOIN (SELECT e.transfer_id, sum(e.amount) FILTER (WHERE e.account = 'available') AS available,
                      sum(e.amount) FILTER (WHERE e.account = 'held') AS held,
                      sum(e.amount) FILTER (WHERE e.account = 'spend') AS spent
                 FROM wallet.entries e GROUP BY e.transfer_id) e ON e.transfer_id = t.id
   CROSS JOIN LATERAL (SELECT coalesce(CASE t.kind WHEN 'hold' THEN e.held WHEN 'capture' THEN e.spent
                                                   WHEN 'late_capture' THEN -e.available WHEN 'grant_expiry' THEN -e.available
                                                   ELSE e.available END, 0)::bigint AS moved) m
   WHERE m.moved <> t.amount
  UNION ALL
  SELECT 'violation', 'entries_belong_to_a_transfer', NULL, e.transfer_id, 1, 0
    FROM wallet.entries e
   WHERE NOT EXISTS (SELECT 1 FROM wallet.transfers t WHERE t.tenant_id = e.tenant_id AND t.id = e.transfer_id)
   GROUP BY e.transfer_id
  UNION ALL
  SELECT 'violation', 'transfers_belong_to_a_wallet_and_their_hold', t.wallet_id, t.id, 1, 0
    FROM wallet.transfers t
   WHERE NOT EXISTS (SELECT 1 FROM wallet.wallets w WHERE w.tenant_id = t.tenant_id AND w.id = t.wallet_id)
      OR (t.hold_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM wallet.holds h WHERE h.tenant_id = t.tenant_id AND h.id = t.hold_id AND h.wallet_id = t.wallet_id))
  UNION ALL
  SELECT 'warning', 'open_hold_past_expiry', h.wallet_id, h.id, 0, h.amount
    FROM wallet.holds h WHERE h.state = 'open' AND h.expires_at < p_now - interval '5 minutes'
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wallet TO wallet_app;
