-- What the attempts of an operation under a ceiling cost or may have cost, its children's included.
CREATE TABLE operation_spend (
  tenant_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  committed_micro_usd bigint NOT NULL CHECK (committed_micro_usd >= 0),
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT operation_spend_pkey PRIMARY KEY (tenant_id, operation_id)
);
CREATE INDEX operation_spend_updated_idx ON operation_spend (updated_at);
SELECT platform.protect('operation_spend', '{tenant_id,updated_at}');
