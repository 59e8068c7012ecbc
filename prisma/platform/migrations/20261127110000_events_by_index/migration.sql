-- The outbox is written, taken and ended by its indexes, for the reason that `idempotency_by_index` gives. The check of a
-- delivery's foreign key is planned within `append_event` too.
ALTER FUNCTION platform.append_event(uuid, uuid, text, text, jsonb, text, timestamptz, text[]) SET enable_seqscan = off;
ALTER FUNCTION platform.claim_deliveries(jsonb, uuid, timestamptz, timestamptz) SET enable_seqscan = off;
ALTER FUNCTION platform.finish_deliveries(jsonb, uuid, timestamptz) SET enable_seqscan = off;
