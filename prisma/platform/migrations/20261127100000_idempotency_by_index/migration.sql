-- The functions of a key find their row by its primary key, whatever the planner believes about the table. It keeps the
-- plan of a session's first calls; made while the table is empty, that is a scan of the whole table, which gets slower with
-- every key until autovacuum looks in.
ALTER FUNCTION platform.idempotency_claim_atomic(jsonb) SET enable_seqscan = off;
ALTER FUNCTION platform.idempotency_store_operation(jsonb, jsonb) SET enable_seqscan = off;
ALTER FUNCTION platform.idempotency_claim_operation(uuid, text, text, text, text, bytea, uuid, uuid, timestamptz, timestamptz)
  SET enable_seqscan = off;
ALTER FUNCTION platform.idempotency_renew(uuid, text, text, text, text, uuid, timestamptz) SET enable_seqscan = off;
ALTER FUNCTION platform.idempotency_free(uuid, text, text, text, text, uuid, timestamptz) SET enable_seqscan = off;
