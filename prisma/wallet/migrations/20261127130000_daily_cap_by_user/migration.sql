-- A daily cap adds up one user's holds on the team's wallet, under that wallet's lock: without this index it reads what the
-- whole team held that day, and a busy team gets slower with every hold.
CREATE INDEX holds_tenant_id_wallet_id_user_id_created_at_idx ON holds (tenant_id, wallet_id, user_id, created_at);
