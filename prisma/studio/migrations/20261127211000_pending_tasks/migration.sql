-- A job whose vendor still works is parked: it stays `running`, and no worker holds it until its next look.
ALTER TABLE render_jobs
  ADD COLUMN cancel_requested_at timestamptz(3),
  DROP CONSTRAINT render_jobs_lease,
  ADD CONSTRAINT render_jobs_lease CHECK ((fence IS NULL) = (lease_until IS NULL) AND (fence IS NULL OR status = 'running')),
  DROP CONSTRAINT render_jobs_charge,
  -- Work that a vendor charged before it could be stopped is paid for although the job was cancelled.
  ADD CONSTRAINT render_jobs_charge CHECK (credits_charged = 0 OR status IN ('succeeded', 'cancelled'));
CREATE INDEX render_jobs_failed_idx ON render_jobs (tenant_id, id DESC) WHERE status = 'failed';

ALTER TABLE render_submissions
  ADD COLUMN task_id text,
  DROP CONSTRAINT render_submissions_state_check,
  ADD CONSTRAINT render_submissions_state_check
    CHECK (state IN ('submitting', 'pending', 'stored', 'failed', 'refused', 'stopped', 'submit_unknown')),
  ADD CONSTRAINT render_submissions_task CHECK (state <> 'pending' OR task_id IS NOT NULL);

-- What vendors sent, once each: a callback only wakes the job's next look.
CREATE TABLE vendor_callbacks (
  tenant_id uuid NOT NULL,
  provider text NOT NULL,
  digest text NOT NULL,
  job_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  CONSTRAINT vendor_callbacks_pkey PRIMARY KEY (tenant_id, provider, digest)
);
CREATE INDEX vendor_callbacks_received_idx ON vendor_callbacks (received_at);
SELECT platform.protect('vendor_callbacks', '{tenant_id,provider,digest,received_at}');
