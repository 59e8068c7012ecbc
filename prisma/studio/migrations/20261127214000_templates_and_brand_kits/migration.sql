-- What a template is now; what it is made of lies with its versions, so that jobs can pin one.
CREATE TABLE templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('poster', 'invitation', 'presentation')),
  name text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  CONSTRAINT templates_pkey PRIMARY KEY (tenant_id, id)
);
SELECT platform.protect('templates', '{}');

CREATE TABLE template_versions (
  tenant_id uuid NOT NULL,
  template_id uuid NOT NULL,
  version integer NOT NULL,
  slots jsonb NOT NULL,
  body jsonb NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT template_versions_pkey PRIMARY KEY (tenant_id, template_id, version),
  CONSTRAINT template_versions_tenant_id_template_id_fkey FOREIGN KEY (tenant_id, template_id) REFERENCES templates (tenant_id, id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
SELECT platform.protect('template_versions', '{}');

CREATE TABLE brand_kits (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  colours jsonb NOT NULL,
  display_font text,
  body_font text,
  tone text,
  logo_key text,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  CONSTRAINT brand_kits_pkey PRIMARY KEY (tenant_id, id)
);
SELECT platform.protect('brand_kits', '{}');

-- What the tenant wants made by itself; one row for each feature.
CREATE TABLE automations (
  tenant_id uuid NOT NULL,
  settings jsonb NOT NULL,
  updated_by uuid NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT automations_pkey PRIMARY KEY (tenant_id)
);
SELECT platform.protect('automations', '{}');

-- What became of an event that something should be made for: a job, or the reason why not.
CREATE TABLE automation_runs (
  tenant_id uuid NOT NULL,
  event_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('poster', 'invitation')),
  user_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'submitted', 'refused')),
  request jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  job_id uuid,
  error_code text,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  CONSTRAINT automation_runs_pkey PRIMARY KEY (tenant_id, event_id, kind),
  CONSTRAINT automation_runs_end CHECK ((state = 'waiting') = (finished_at IS NULL))
);
SELECT platform.protect('automation_runs', '{}');
