-- How credits move. Every function expects its caller to hold the wallet's row lock, or takes it first: a lookup that
-- ran before the lock would decide on a stale snapshot. Lock order: user wallet, then team wallet, never two of a kind.

-- Changes a wallet's balance and writes the transfer with its entries.
CREATE FUNCTION post(
  p_wallet wallets, p_transfer uuid, p_kind text, p_amount bigint, p_accounts text[], p_amounts bigint[],
  p_now timestamptz, p_actor text,
  p_hold uuid DEFAULT NULL, p_refund_of uuid DEFAULT NULL, p_description text DEFAULT NULL
) RETURNS wallets LANGUAGE plpgsql AS $$
DECLARE
  v_available bigint := coalesce((SELECT sum(e.n) FROM unnest(p_accounts, p_amounts) AS e (account, n) WHERE e.account = 'available'), 0);
  v_held      bigint := coalesce((SELECT sum(e.n) FROM unnest(p_accounts, p_amounts) AS e (account, n) WHERE e.account = 'held'), 0);
  v_wallet    wallet.wallets;
BEGIN
  UPDATE wallet.wallets w
     SET available = w.available + v_available, held = w.held + v_held, updated_at = p_now
   WHERE w.tenant_id = p_wallet.tenant_id AND w.id = p_wallet.id
     AND w.available + v_available >= 0 AND w.held + v_held >= 0
  RETURNING w.* INTO v_wallet;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'wallet % cannot move % available and % held', p_wallet.id, v_available, v_held USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO wallet.transfers (tenant_id, id, wallet_id, kind, amount, hold_id, refund_of, actor, description,
                                available_after, held_after, created_at)
  VALUES (v_wallet.tenant_id, p_transfer, v_wallet.id, p_kind, p_amount, p_hold, p_refund_of, p_actor, p_description,
          v_wallet.available, v_wallet.held, p_now);
  INSERT INTO wallet.entries (tenant_id, transfer_id, line, account, wallet_id, amount)
  SELECT v_wallet.tenant_id, p_transfer, e.line, e.account,
         CASE WHEN e.account IN ('available', 'held') THEN v_wallet.id END, e.n
    FROM unnest(p_accounts, p_amounts) WITH ORDINALITY AS e (account, n, line)
   WHERE e.n <> 0;
  INSERT INTO wallet.balance_changes (tenant_id, wallet_id, since) VALUES (v_wallet.tenant_id, v_wallet.id, p_now)
  ON CONFLICT DO NOTHING;
  RETURN v_wallet;
END $$;

-- Takes `p_amount` from the wallet's grants: by priority, then what expires first, then promotional before paid.
CREATE FUNCTION burn_grants(p_wallet wallets, p_amount bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_burned bigint;
BEGIN
  IF p_amount = 0 THEN RETURN; END IF;
  WITH ordered AS (
    SELECT g.id, g.remaining,
           sum(g.remaining) OVER (ORDER BY g.priority, g.expires_at NULLS LAST, g.promotional DESC, g.created_at, g.id)
             - g.remaining AS before
      FROM wallet.grants g
     WHERE g.tenant_id = p_wallet.tenant_id AND g.wallet_id = p_wallet.id AND g.remaining > 0
  ), burned AS (
    UPDATE wallet.grants g SET remaining = g.remaining - least(o.remaining, p_amount - o.before)
      FROM ordered o
     WHERE g.tenant_id = p_wallet.tenant_id AND g.id = o.id AND o.before < p_amount
    RETURNING least(o.remaining, p_amount - o.before) AS amount
  )
  SELECT coalesce(sum(amount), 0) INTO v_burned FROM burned;
  IF v_burned <> p_amount THEN
    RAISE EXCEPTION 'the grants of wallet % cover % of %', p_wallet.id, v_burned, p_amount USING ERRCODE = 'check_violation';
  END IF;
END $$;

-- Ends what is due of the wallet's grants, sparing the credits that open holds would burn.
CREATE FUNCTION expire_due_grants(p_wallet wallets, p_now timestamptz) RETURNS wallets LANGUAGE plpgsql AS $$
DECLARE
  v_wallet wallet.wallets := p_wallet;
  v_lost   bigint;
BEGIN
  WITH ordered AS (
    SELECT g.id, g.remaining, g.expires_at,
           sum(g.remaining) OVER (ORDER BY g.priority, g.expires_at NULLS LAST, g.promotional DESC, g.created_at, g.id) AS upto
      FROM wallet.grants g
     WHERE g.tenant_id = p_wallet.tenant_id AND g.wallet_id = p_wallet.id AND g.remaining > 0
  ), due AS (
    SELECT o.id, least(o.remaining, o.upto - p_wallet.held) AS lost
      FROM ordered o
     WHERE o.expires_at <= p_now AND o.upto > p_wallet.held
  ), cut AS (
    UPDATE wallet.grants g SET remaining = g.remaining - d.lost
      FROM due d
     WHERE g.tenant_id = p_wallet.tenant_id AND g.id = d.id
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

-- Locks the wallet, making it on first use, and settles what time has done to its grants.
CREATE FUNCTION lock_wallet(p_tenant uuid, p_wallet uuid, p_kind text, p_owner uuid, p_now timestamptz) RETURNS wallets
LANGUAGE plpgsql AS $$
DECLARE
  v_wallet wallet.wallets;
BEGIN
  SELECT * INTO v_wallet FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_wallet FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    INSERT INTO wallet.wallets (tenant_id, id, kind, owner_id, created_at, updated_at)
    VALUES (p_tenant, p_wallet, p_kind, p_owner, p_now, p_now) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT v_wallet FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_wallet FOR NO KEY UPDATE;
  END IF;
  IF v_wallet.next_grant_expiry_at <= p_now THEN
    v_wallet := wallet.expire_due_grants(v_wallet, p_now);
  END IF;
  RETURN v_wallet;
END $$;

-- Brings credits in, exactly once per transfer id.
CREATE FUNCTION issue(
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
  UPDATE wallet.wallets w
     SET full_credits = w.available + w.held, low_told = false,
         next_grant_expiry_at = least(w.next_grant_expiry_at, p_expires_at)
   WHERE w.tenant_id = p_tenant AND w.id = p_wallet;
  RETURN jsonb_build_object('outcome', 'created');
END $$;

-- Gives back what a capture took, whole or in parts, as a grant that does not expire.
CREATE FUNCTION refund(
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
  PERFORM wallet.post(v_wallet, p_transfer, 'refund', v_amount, ARRAY['spend', 'available'], ARRAY[-v_amount, v_amount],
                      p_now, p_actor, v_of.hold_id, p_of, p_description);
  INSERT INTO wallet.grants (tenant_id, id, wallet_id, source, source_id, amount, remaining, created_at)
  VALUES (p_tenant, p_transfer, v_wallet.id, 'refund', p_of::text, v_amount, v_amount, p_now);
  UPDATE wallet.wallets w SET full_credits = greatest(w.full_credits, w.available + w.held), low_told = false
   WHERE w.tenant_id = p_tenant AND w.id = v_wallet.id;
  RETURN jsonb_build_object('outcome', 'created');
END $$;

-- The sweep's call for one wallet; returns the credits that were lost.
CREATE FUNCTION expire_grants(p_tenant uuid, p_now timestamptz, p_wallet uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_wallet wallet.wallets;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT * INTO v_wallet FROM wallet.wallets w WHERE w.tenant_id = p_tenant AND w.id = p_wallet FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND OR v_wallet.next_grant_expiry_at IS NULL OR v_wallet.next_grant_expiry_at > p_now THEN RETURN 0; END IF;
  RETURN v_wallet.available - (wallet.expire_due_grants(v_wallet, p_now)).available;
END $$;
