CREATE TABLE orchestrations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('single', 'zar')),
  prompt text NOT NULL,
  context text,
  answer text NOT NULL,
  models_used text[] NOT NULL,
  input_tokens integer NOT NULL CHECK (input_tokens >= 0),
  output_tokens integer NOT NULL CHECK (output_tokens >= 0),
  cost_micro_usd bigint NOT NULL CHECK (cost_micro_usd >= 0),
  credits_held integer NOT NULL CHECK (credits_held >= 0),
  credits_charged integer NOT NULL CHECK (credits_charged BETWEEN 0 AND credits_held),
  latency_ms integer NOT NULL CHECK (latency_ms >= 0),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT orchestrations_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX orchestrations_operation_key ON orchestrations (tenant_id, operation_id);
CREATE INDEX orchestrations_user_idx ON orchestrations (tenant_id, user_id, id DESC);
SELECT platform.protect('orchestrations', '{tenant_id,id}');
