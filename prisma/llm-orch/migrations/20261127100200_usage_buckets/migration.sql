-- Every bucket that is billed, what else the record must explain, and the order in which reports read it.
ALTER TABLE inferences
  ADD COLUMN cache_write_tokens integer NOT NULL DEFAULT 0 CHECK (cache_write_tokens >= 0),
  ADD COLUMN reasoning_tokens integer NOT NULL DEFAULT 0 CHECK (reasoning_tokens >= 0),
  ADD COLUMN attempts integer NOT NULL DEFAULT 1 CHECK (attempts >= 0),
  ADD COLUMN streamed boolean NOT NULL DEFAULT false,
  ADD COLUMN cached boolean NOT NULL DEFAULT false;
CREATE INDEX inferences_user_idx ON inferences (tenant_id, user_id, created_at DESC);
SELECT platform.protect('inferences', '{tenant_id,id,created_at}');
