-- One rule each for what is low and for what is due, used wherever either is asked.

-- Less than a fifth is left of what there was after credits last came in. Whole numbers: a share of 11 is not 2.
CREATE FUNCTION low_threshold(p_full bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT (p_full + 4) / 5 $$;

-- What the wallet's grants lose to time now: whatever open holds would not burn of those whose time is over.
CREATE FUNCTION due_grants(p_wallet wallets, p_now timestamptz) RETURNS TABLE (grant_id uuid, lost bigint)
LANGUAGE sql STABLE AS $$
  SELECT o.id, least(o.remaining, o.upto - p_wallet.held)::bigint
    FROM (SELECT g.id, g.remaining, g.expires_at,
                 sum(g.remaining) OVER (ORDER BY g.priority, g.expires_at NULLS LAST, g.promotional DESC, g.created_at, g.id) AS upto
            FROM wallet.grants g
           WHERE g.tenant_id = p_wallet.tenant_id AND g.wallet_id = p_wallet.id AND g.remaining > 0) o
   WHERE o.expires_at <= p_now AND o.upto > p_wallet.held
$$;

-- What a reserve would find in the wallet now.
CREATE FUNCTION spendable(p_tenant uuid, p_wallet uuid, p_now timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_wallet wallet.wallets;
BEGIN
  SELECT * INTO v_wallet FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_wallet;
  IF NOT FOUND OR v_wallet.frozen THEN RETURN 0; END IF;
  IF v_wallet.next_grant_expiry_at <= p_now THEN
    RETURN v_wallet.available - (SELECT coalesce(sum(d.lost), 0) FROM wallet.due_grants(v_wallet, p_now) d);
  END IF;
  RETURN v_wallet.available;
END $$;

CREATE OR REPLACE FUNCTION expire_due_grants(p_wallet wallets, p_now timestamptz) RETURNS wallets LANGUAGE plpgsql AS $$
DECLARE
  v_wallet wallet.wallets := p_wallet;
  v_lost   bigint;
BEGIN
  WITH cut AS (
    UPDATE wallet.grants g SET remaining = g.remaining - d.lost
      FROM wallet.due_grants(p_wallet, p_now) d
     WHERE g.tenant_id = p_wallet.tenant_id AND g.id = d.grant_id
    RETURNING d.lost
  )
  SELECT coalesce(sum(lost), 0) INTO v_lost FROM cut;
  IF v_lost > 0 THEN
    v_wallet := wallet.post(p_wallet, uuidv7(), 'grant_expiry', v_lost, ARRAY['available', 'expiry'], ARRAY[-v_lost, v_lost], p_now, 'system');
  END IF;
  UPDATE wallet.wallets w
     SET next_grant_expiry_at = (SELECT min(g.expires_at) FROM wallet.grants g
                                  WHERE g.tenant_id = w.tenant_id AND g.wallet_id = w.id AND g.remaining > 0)
   WHERE w.tenant_id = p_wallet.tenant_id AND w.id = p_wallet.id
  RETURNING w.* INTO v_wallet;
  RETURN v_wallet;
END $$;

-- Credits that come in end a low balance only when they lift it: one that stays low was told of already.
CREATE FUNCTION came_in(p_tenant uuid, p_wallet uuid, p_full bigint, p_expires_at timestamptz) RETURNS void LANGUAGE sql AS $$
  UPDATE wallet.wallets w
     SET full_credits = p_full,
         low_told = w.low_told AND w.available < wallet.low_threshold(p_full),
         next_grant_expiry_at = least(w.next_grant_expiry_at, p_expires_at)
   WHERE w.tenant_id = p_tenant AND w.id = p_wallet
$$;

CREATE OR REPLACE FUNCTION issue(
  p_tenant uuid, p_now timestamptz, p_wallet uuid, p_wallet_kind text, p_owner uuid, p_transfer uuid, p_kind text,
  p_amount bigint, p_source text, p_source_id text, p_priority integer, p_promotional boolean, p_expires_at timestamptz,
  p_actor text, p_description text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_wallet wallet.wallets;
  v_known  wallet.transfers;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  v_wallet := wallet.lock_wallet(p_tenant, p_wallet, p_wallet_kind, p_owner, p_now);
  SELECT * INTO v_known FROM wallet.transfers t WHERE t.tenant_id = p_tenant AND t.id = p_transfer;
  IF FOUND THEN
    RETURN jsonb_build_object('outcome', CASE
      WHEN v_known.wallet_id <> p_wallet THEN 'conflict' WHEN v_known.amount <> p_amount THEN 'conflict' ELSE 'existing' END,
      'field', CASE WHEN v_known.wallet_id <> p_wallet THEN 'walletId' WHEN v_known.amount <> p_amount THEN 'amount' END);
  END IF;
  v_wallet := wallet.post(v_wallet, p_transfer, p_kind, p_amount, ARRAY['issuance', 'available'], ARRAY[-p_amount, p_amount],
                          p_now, p_actor, p_description => p_description);
  INSERT INTO wallet.grants (tenant_id, id, wallet_id, source, source_id, amount, remaining, priority, promotional, expires_at, created_at)
  VALUES (p_tenant, p_transfer, p_wallet, p_source, p_source_id, p_amount, p_amount, p_priority, p_promotional, p_expires_at, p_now);
  PERFORM wallet.came_in(p_tenant, p_wallet, v_wallet.available + v_wallet.held, p_expires_at);
  RETURN jsonb_build_object('outcome', 'created');
END $$;

CREATE OR REPLACE FUNCTION refund(
  p_tenant uuid, p_now timestamptz, p_of uuid, p_transfer uuid, p_amount bigint, p_actor text, p_description text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_of     wallet.transfers;
  v_wallet wallet.wallets;
  v_left   bigint;
  v_amount bigint;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT * INTO v_of FROM wallet.transfers t WHERE t.tenant_id = p_tenant AND t.id = p_of;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'not_found'); END IF;
  IF v_of.kind NOT IN ('capture', 'late_capture') THEN RETURN jsonb_build_object('outcome', 'not_refundable', 'kind', v_of.kind); END IF;
  SELECT * INTO STRICT v_wallet FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = v_of.wallet_id FOR NO KEY UPDATE;
  SELECT v_of.amount - coalesce(sum(t.amount), 0) INTO v_left FROM wallet.transfers t WHERE t.tenant_id = p_tenant AND t.refund_of = p_of;
  IF v_left = 0 THEN RETURN jsonb_build_object('outcome', 'already_refunded'); END IF;
  v_amount := coalesce(p_amount, v_left);
  IF v_amount > v_left THEN RETURN jsonb_build_object('outcome', 'exceeded', 'refundable', v_left); END IF;
  v_wallet := wallet.post(v_wallet, p_transfer, 'refund', v_amount, ARRAY['spend', 'available'], ARRAY[-v_amount, v_amount],
                          p_now, p_actor, v_of.hold_id, p_of, p_description);
  INSERT INTO wallet.grants (tenant_id, id, wallet_id, source, source_id, amount, remaining, created_at)
  VALUES (p_tenant, p_transfer, v_wallet.id, 'refund', p_of::text, v_amount, v_amount, p_now);
  PERFORM wallet.came_in(p_tenant, v_wallet.id, greatest(v_wallet.full_credits, v_wallet.available + v_wallet.held), NULL);
  RETURN jsonb_build_object('outcome', 'created');
END $$;

-- What it says is what a reserve would find: expired credits count no more, swept or not.
CREATE OR REPLACE FUNCTION quote(p_tenant uuid, p_now timestamptz, p_user uuid, p_user_wallet uuid, p_team_wallet uuid, p_choice text, p_roles text[], p_amount bigint)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_user   bigint;
  v_team   bigint;
  v_policy wallet.team_policies;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  v_user := wallet.spendable(p_tenant, p_user_wallet, p_now);
  v_team := wallet.spendable(p_tenant, p_team_wallet, p_now);
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

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wallet TO wallet_app;
