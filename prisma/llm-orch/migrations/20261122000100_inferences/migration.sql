CREATE TABLE inferences (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  parent_operation_id uuid,
  provider text NOT NULL,
  requested_provider text,
  model text NOT NULL,
  use_case text NOT NULL,
  input_tokens integer NOT NULL CHECK (input_tokens >= 0),
  output_tokens integer NOT NULL CHECK (output_tokens >= 0),
  cached_tokens integer NOT NULL CHECK (cached_tokens >= 0),
  usage_source text NOT NULL CHECK (usage_source IN ('provider', 'counted')),
  cost_micro_usd bigint NOT NULL CHECK (cost_micro_usd >= 0),
  price_version text NOT NULL,
  credits_held integer NOT NULL CHECK (credits_held >= 0),
  credits_charged integer NOT NULL CHECK (credits_charged BETWEEN 0 AND credits_held),
  finish_reason text NOT NULL,
  latency_ms integer NOT NULL CHECK (latency_ms >= 0),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT inferences_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX inferences_operation_key ON inferences (tenant_id, operation_id);
CREATE INDEX inferences_created_idx ON inferences (tenant_id, created_at DESC);
SELECT platform.protect('inferences', '{tenant_id,id,created_at}');
