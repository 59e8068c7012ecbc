-- Two statements, two snapshots: a hold that was reserved between them is seen by the second one alone, its wallet
-- unlocked. Then both run again; the hold is there by now.
CREATE OR REPLACE FUNCTION lock_hold(p_tenant uuid, p_id uuid, OUT o_hold holds, OUT o_wallet wallets) LANGUAGE plpgsql AS $$
BEGIN
  FOR look IN 1..2 LOOP
    SELECT w.* INTO o_wallet FROM wallet.holds h JOIN wallet.wallets w ON w.tenant_id = h.tenant_id AND w.id = h.wallet_id
     WHERE h.tenant_id = p_tenant AND h.id = p_id FOR NO KEY UPDATE OF w;
    SELECT h.* INTO o_hold FROM wallet.holds h WHERE h.tenant_id = p_tenant AND h.id = p_id;
    EXIT WHEN o_hold.wallet_id IS NULL OR o_wallet.id IS NOT NULL;
  END LOOP;
END $$;
