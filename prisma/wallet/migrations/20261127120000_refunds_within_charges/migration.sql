-- One more invariant beside those of `ledger_findings`: what was given back of a charge went to the wallet that paid, and
-- is never more than it paid.
CREATE FUNCTION refund_findings() RETURNS TABLE (severity text, rule text, wallet_id uuid, reference uuid, expected bigint, actual bigint)
LANGUAGE sql STABLE AS $$
  SELECT 'violation', 'refunds_within_their_charge', r.wallet_id, r.refund_of, coalesce(c.amount, 0), r.refunded
    FROM (SELECT t.tenant_id, t.wallet_id, t.refund_of, sum(t.amount)::bigint AS refunded
            FROM wallet.transfers t WHERE t.kind = 'refund' GROUP BY t.tenant_id, t.wallet_id, t.refund_of) r
    LEFT JOIN wallet.transfers c ON c.tenant_id = r.tenant_id AND c.id = r.refund_of AND c.wallet_id = r.wallet_id
                                AND c.kind IN ('capture', 'late_capture')
   WHERE r.refunded > coalesce(c.amount, 0)
$$;
GRANT EXECUTE ON FUNCTION refund_findings() TO wallet_app;
