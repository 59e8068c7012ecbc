-- Adds to what an operation has committed; false, and nothing added, when that would exceed its ceiling. It names its
-- tenant itself, so that without a budget to hold beside it the call is a transaction of one round trip.
CREATE FUNCTION commit_operation_spend(p_tenant uuid, p_operation uuid, p_micro_usd bigint, p_ceiling bigint, p_now timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  INSERT INTO operation_spend AS spend (tenant_id, operation_id, committed_micro_usd, updated_at)
  SELECT p_tenant, p_operation, p_micro_usd, p_now WHERE p_micro_usd <= p_ceiling
  ON CONFLICT (tenant_id, operation_id) DO UPDATE
     SET committed_micro_usd = spend.committed_micro_usd + excluded.committed_micro_usd, updated_at = excluded.updated_at
   WHERE spend.committed_micro_usd + excluded.committed_micro_usd <= p_ceiling;
  RETURN FOUND;
END $$;
