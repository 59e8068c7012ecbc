-- What callers hand in to be worked on: checked and copied when they submit, read by the worker, forgotten after a week.
CREATE TABLE input_files (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('image', 'audio')),
  mime_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  width integer,
  height integer,
  duration_ms integer,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT input_files_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX input_files_expiry_idx ON input_files (expires_at);
SELECT platform.protect('input_files', '{tenant_id,id,expires_at}');
