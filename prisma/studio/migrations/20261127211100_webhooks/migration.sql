CREATE TABLE webhooks (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  url text NOT NULL,
  description text,
  event_types text[] NOT NULL,
  active boolean NOT NULL DEFAULT true,
  disabled_reason text,
  -- Secrets are derived from the service's key, the webhook's id and this number: none is stored.
  secret_version integer NOT NULL DEFAULT 1,
  previous_secret_until timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT webhooks_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT webhooks_disabled CHECK (disabled_reason IS NULL OR NOT active)
);
SELECT platform.protect('webhooks', '{}');

CREATE TABLE webhook_deliveries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_type text NOT NULL,
  payload text NOT NULL CHECK (octet_length(payload) < 20480),
  status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  lease_until timestamptz(3),
  last_status integer,
  last_error text,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT webhook_deliveries_tenant_id_webhook_id_fkey FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT webhook_deliveries_end CHECK ((status = 'pending') = (finished_at IS NULL))
);
CREATE INDEX webhook_deliveries_webhook_idx ON webhook_deliveries (tenant_id, webhook_id, id DESC);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (next_attempt_at) WHERE status = 'pending';
SELECT platform.protect('webhook_deliveries', '{tenant_id,id,status,next_attempt_at,lease_until}');
