CREATE TABLE render_jobs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  type text NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  progress integer NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  provider text NOT NULL,
  requested_provider text,
  model text,
  seed bigint NOT NULL,
  input jsonb NOT NULL,
  operation_id uuid NOT NULL,
  hold_id uuid NOT NULL,
  credits_reserved integer NOT NULL CHECK (credits_reserved >= 0),
  credits_charged integer NOT NULL DEFAULT 0 CHECK (credits_charged BETWEEN 0 AND credits_reserved),
  error_code text,
  error_message text,
  retry_of uuid,
  attempts integer NOT NULL DEFAULT 0,
  fence uuid,
  lease_until timestamptz(3),
  next_run_at timestamptz(3) NOT NULL,
  deadline_at timestamptz(3) NOT NULL,
  estimated_completion_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  CONSTRAINT render_jobs_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT render_jobs_lease CHECK ((status = 'running') = (fence IS NOT NULL AND lease_until IS NOT NULL)),
  CONSTRAINT render_jobs_end CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CONSTRAINT render_jobs_charge CHECK (credits_charged = 0 OR status = 'succeeded')
);
CREATE UNIQUE INDEX render_jobs_operation_key ON render_jobs (tenant_id, operation_id);
CREATE INDEX render_jobs_user_idx ON render_jobs (tenant_id, user_id, id DESC);
CREATE INDEX render_jobs_due_idx ON render_jobs (next_run_at) WHERE status IN ('queued', 'running');
SELECT platform.protect('render_jobs', '{tenant_id,id,status,next_run_at,lease_until,deadline_at}');

CREATE TABLE render_job_events (
  tenant_id uuid NOT NULL,
  job_id uuid NOT NULL,
  sequence integer NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT render_job_events_pkey PRIMARY KEY (tenant_id, job_id, sequence)
);
SELECT platform.protect('render_job_events', '{}');

CREATE TABLE render_submissions (
  tenant_id uuid NOT NULL,
  job_id uuid NOT NULL,
  variant integer NOT NULL,
  attempt integer NOT NULL,
  provider text NOT NULL,
  state text NOT NULL CHECK (state IN ('submitting', 'stored', 'failed', 'submit_unknown')),
  manifest jsonb,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  CONSTRAINT render_submissions_pkey PRIMARY KEY (tenant_id, job_id, variant, attempt)
);
SELECT platform.protect('render_submissions', '{}');

CREATE TABLE assets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  job_id uuid NOT NULL,
  user_id uuid NOT NULL,
  type text NOT NULL,
  mime_type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  width integer,
  height integer,
  duration_ms integer,
  pages integer,
  provider text NOT NULL,
  model text NOT NULL,
  seed bigint NOT NULL,
  provenance jsonb NOT NULL,
  storage_key text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3),
  deleted_at timestamptz(3),
  CONSTRAINT assets_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT assets_tenant_id_job_id_fkey FOREIGN KEY (tenant_id, job_id) REFERENCES render_jobs (tenant_id, id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
CREATE INDEX assets_job_idx ON assets (tenant_id, job_id);
CREATE INDEX assets_user_idx ON assets (tenant_id, user_id, id DESC);
CREATE INDEX assets_expiry_idx ON assets (expires_at) WHERE deleted_at IS NULL;
SELECT platform.protect('assets', '{tenant_id,id,expires_at,deleted_at}');
