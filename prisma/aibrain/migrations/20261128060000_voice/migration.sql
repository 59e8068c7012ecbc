ALTER TABLE orchestrations DROP CONSTRAINT orchestrations_mode_check;
ALTER TABLE orchestrations
  ADD CONSTRAINT orchestrations_mode_check CHECK (mode IN ('single', 'zar', 'voice')),
  ADD COLUMN voice jsonb,
  ADD CONSTRAINT orchestrations_voice_check CHECK ((mode = 'voice') = (voice IS NOT NULL));
CREATE TABLE voice_steps (
  tenant_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  step text NOT NULL CHECK (step IN ('stt', 'brain', 'tts')),
  reserved_micro_usd bigint NOT NULL CHECK (reserved_micro_usd >= 0),
  finished boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT voice_steps_pkey PRIMARY KEY (tenant_id, operation_id, step)
);
SELECT platform.protect('voice_steps');
