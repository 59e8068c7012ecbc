-- Answers that may be given again. Unlogged: they may be lost, and writing them must cost little.
CREATE UNLOGGED TABLE cached_completions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  -- Every field that decides the answer, as one hash.
  exact_key text NOT NULL,
  use_case text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  system_hash text NOT NULL,
  tools_hash text NOT NULL,
  embedder text NOT NULL,
  locale text NOT NULL,
  -- Sampling fields, form of the answer, earlier turns and the day, as one hash.
  settings_hash text NOT NULL,
  -- Null: only found by its exact key.
  meaning text,
  vector bytea NOT NULL,
  completion jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT cached_completions_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT cached_completions_expire_later CHECK (expires_at > created_at)
);
CREATE UNIQUE INDEX cached_completions_exact_key ON cached_completions (tenant_id, exact_key);
CREATE INDEX cached_completions_meaning_idx ON cached_completions
  (tenant_id, use_case, provider, model, system_hash, tools_hash, embedder, locale, settings_hash, meaning);
CREATE INDEX cached_completions_created_idx ON cached_completions (tenant_id, created_at DESC);
CREATE INDEX cached_completions_expires_idx ON cached_completions (expires_at);
SELECT platform.protect('cached_completions', '{tenant_id,expires_at}');
