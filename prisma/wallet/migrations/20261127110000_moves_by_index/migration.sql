-- Every move finds its rows by their indexes, whatever the planner believes about the tables. A session keeps the plans of
-- its first calls; made while a table is empty, they scan the whole of it, under the wallet's lock, until autovacuum looks
-- in. What these functions call is planned within them.
ALTER FUNCTION reserve(uuid, timestamptz, jsonb) SET enable_seqscan = off;
ALTER FUNCTION capture(uuid, timestamptz, text, uuid, bigint) SET enable_seqscan = off;
ALTER FUNCTION release(uuid, timestamptz, text, uuid) SET enable_seqscan = off;
ALTER FUNCTION expire_hold(uuid, timestamptz, uuid) SET enable_seqscan = off;
ALTER FUNCTION find_hold(uuid, uuid) SET enable_seqscan = off;
ALTER FUNCTION quote(uuid, timestamptz, uuid, uuid, uuid, text, text[], bigint) SET enable_seqscan = off;
ALTER FUNCTION issue(uuid, timestamptz, uuid, text, uuid, uuid, text, bigint, text, text, integer, boolean, timestamptz, text, text)
  SET enable_seqscan = off;
ALTER FUNCTION refund(uuid, timestamptz, uuid, uuid, bigint, text, text) SET enable_seqscan = off;
ALTER FUNCTION expire_grants(uuid, timestamptz, uuid) SET enable_seqscan = off;
