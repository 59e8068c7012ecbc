-- When somebody must look after a voice that nobody seems to make, or of which the vendor may know more than we do:
-- `look_at` says when. A voice that was deleted while the vendor worked on it stays, `removed`, until that is settled.
ALTER TABLE voice_models ADD COLUMN look_at timestamptz(3);
ALTER TABLE voice_models DROP CONSTRAINT voice_models_state_check;
ALTER TABLE voice_models ADD CONSTRAINT voice_models_state_check
  CHECK (state IN ('pending', 'training', 'ready', 'failed', 'removed'));

-- Forced row-level security binds the owner too: without this the update would change nothing.
ALTER TABLE voice_models NO FORCE ROW LEVEL SECURITY;
UPDATE voice_models SET look_at = created_at WHERE state IN ('pending', 'training');
ALTER TABLE voice_models FORCE ROW LEVEL SECURITY;

CREATE INDEX voice_models_look_idx ON voice_models (look_at) WHERE look_at IS NOT NULL;
SELECT platform.protect('voice_models', '{tenant_id,id,look_at}');
