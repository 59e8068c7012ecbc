-- Transactions of a single statement, which every paid call runs: as functions that name their tenant themselves they
-- take one round trip and commit by it. Rows are found by their key, whatever is believed of an empty table.

-- Opens an operation; false: it has a row already.
CREATE FUNCTION platform.open_credit_operation(
  p_tenant uuid, p_id uuid, p_user uuid, p_operation text, p_amount integer, p_wallet_choice text, p_hold uuid, p_fence uuid,
  p_lease_until timestamptz, p_deadline timestamptz, p_ceiling bigint, p_now timestamptz
) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  INSERT INTO platform.credit_operations (tenant_id, id, attempt, user_id, operation, amount_credits, wallet_choice, hold_id,
         state, fence, lease_until, deadline_at, ceiling_micro_usd, created_at, updated_at)
  VALUES (p_tenant, p_id, 1, p_user, p_operation, p_amount, p_wallet_choice, p_hold,
         'reserving', p_fence, p_lease_until, p_deadline, p_ceiling, p_now, p_now)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

-- Keeps what the wallet answered to a settlement.
CREATE FUNCTION platform.acknowledge_settlement(p_tenant uuid, p_hold uuid, p_answer jsonb, p_now timestamptz)
RETURNS void LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  UPDATE platform.settlements SET acknowledged_at = p_now, answer = p_answer
   WHERE tenant_id = p_tenant AND hold_id = p_hold AND acknowledged_at IS NULL;
END $$;
