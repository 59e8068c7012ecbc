-- Voices that speak like somebody who agreed to it: the consent, its recording and the samples are kept as long as the voice.
CREATE TABLE voice_models (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  language text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'training', 'ready', 'failed')),
  provider text NOT NULL,
  vendor_voice_id text,
  consent jsonb NOT NULL,
  samples jsonb NOT NULL,
  error_code text,
  created_at timestamptz(3) NOT NULL,
  ready_at timestamptz(3),
  CONSTRAINT voice_models_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT voice_models_ready CHECK ((state = 'ready') = (vendor_voice_id IS NOT NULL AND ready_at IS NOT NULL))
);
CREATE INDEX voice_models_user_idx ON voice_models (tenant_id, user_id, id DESC);
SELECT platform.protect('voice_models', '{}');
