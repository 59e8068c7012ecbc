-- Tenants, accounts, sessions, the revocation feed and the platform's signing keys.

CREATE TABLE tenants (
  tenant_id  uuid           NOT NULL,
  name       text           NOT NULL,
  status     text           NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id)
);

CREATE TABLE users (
  tenant_id          uuid           NOT NULL,
  id                 uuid           NOT NULL,
  email              text           NOT NULL CHECK (email = lower(email)),
  display_name       text           NOT NULL,
  -- Null: an account that cannot log in with a password.
  password_hash      text,
  roles              text[]         NOT NULL,
  plan_tier          text,
  status             text           NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  email_verified_at  timestamptz(3),
  -- off; step_up: only the services named below ask for a code; always: every log-in does.
  mfa_policy         text           NOT NULL DEFAULT 'off' CHECK (mfa_policy IN ('off', 'step_up', 'always')),
  step_up_services   text[]         NOT NULL DEFAULT '{}',
  totp_secret_sealed text,
  -- The newest time step whose code was used: a code counts once.
  totp_last_step     bigint         NOT NULL DEFAULT 0,
  created_at         timestamptz(3) NOT NULL,
  updated_at         timestamptz(3) NOT NULL,
  CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id) ON DELETE RESTRICT
);
-- Does not lead with the tenant on purpose: people log in without naming one.
CREATE UNIQUE INDEX users_email_key ON users (email);

CREATE TABLE sessions (
  tenant_id      uuid           NOT NULL,
  id             uuid           NOT NULL,
  user_id        uuid           NOT NULL,
  -- The one refresh token that lives, and the one it replaced.
  refresh_jti    text           NOT NULL,
  parent_jti     text,
  rotated_at     timestamptz(3) NOT NULL,
  -- When a second factor was last shown.
  otp_at         timestamptz(3),
  access_alg     text           NOT NULL DEFAULT 'RS256' CHECK (access_alg IN ('RS256', 'HS256')),
  user_agent     text,
  client_address text,
  created_at     timestamptz(3) NOT NULL,
  expires_at     timestamptz(3) NOT NULL,
  revoked_at     timestamptz(3),
  revoked_reason text,
  CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT sessions_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_user_idx ON sessions (tenant_id, user_id, created_at);
CREATE INDEX sessions_expiry_idx ON sessions (expires_at);

CREATE TABLE revocations (
  tenant_id  uuid           NOT NULL,
  id         uuid           NOT NULL,
  kind       text           NOT NULL CHECK (kind IN ('session', 'token', 'user', 'tenant')),
  value      text           NOT NULL,
  -- Tokens issued before this second are refused; null refuses all.
  not_before bigint,
  lifted     boolean        NOT NULL DEFAULT false,
  -- The database's own time: readers ask for what changed since, with an overlap for late commits.
  changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- When no token that it refuses can be alive any more; null: holds until lifted.
  expires_at timestamptz(3),
  CONSTRAINT revocations_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX revocations_changed_idx ON revocations (changed_at);

CREATE TABLE signing_keys (
  kid            text           NOT NULL,
  jwk            jsonb          NOT NULL,
  private_sealed text,
  created_at     timestamptz(3) NOT NULL,
  active_from    timestamptz(3),
  retired_at     timestamptz(3),
  CONSTRAINT signing_keys_pkey PRIMARY KEY (kid),
  CONSTRAINT signing_keys_public_only CHECK (NOT jwk ?| ARRAY['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']),
  CONSTRAINT signing_keys_usable CHECK (private_sealed IS NOT NULL OR retired_at IS NOT NULL)
);
-- At most one key signs and at most one waits, however many processes rotate at once.
CREATE UNIQUE INDEX signing_keys_one_current ON signing_keys ((true)) WHERE active_from IS NOT NULL AND retired_at IS NULL;
CREATE UNIQUE INDEX signing_keys_one_next ON signing_keys ((true)) WHERE active_from IS NULL;

CREATE TABLE failed_attempts (
  subject      bytea          NOT NULL,
  failures     integer        NOT NULL,
  since        timestamptz(3) NOT NULL,
  locked_until timestamptz(3),
  CONSTRAINT failed_attempts_pkey PRIMARY KEY (subject)
);
CREATE INDEX failed_attempts_since_idx ON failed_attempts (since);

SELECT platform.protect('tenants');
SELECT platform.protect('users');
SELECT platform.protect('sessions', '{tenant_id,id,expires_at}');
-- The feed goes to every service and therefore crosses tenants; it holds ids and times, nothing else.
SELECT platform.protect('revocations', '{tenant_id,id,kind,value,not_before,lifted,changed_at,expires_at}');
SELECT platform.share('signing_keys');
GRANT INSERT, UPDATE, DELETE ON signing_keys TO auth_app;
SELECT platform.share('failed_attempts');
GRANT INSERT, UPDATE, DELETE ON failed_attempts TO auth_app;

-- The one look across tenants: which account a log-in by e-mail means.
CREATE POLICY login_find ON users FOR SELECT TO auth_owner USING (true);
CREATE POLICY login_find ON tenants FOR SELECT TO auth_owner USING (true);
CREATE FUNCTION find_login(wanted text)
  RETURNS TABLE (tenant_id uuid, user_id uuid, password_hash text, user_status text, tenant_status text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
AS $$
  SELECT u.tenant_id, u.id, u.password_hash, u.status, t.status
    FROM users u JOIN tenants t ON t.tenant_id = u.tenant_id
   WHERE u.email = wanted
$$;
REVOKE ALL ON FUNCTION find_login(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_login(text) TO auth_app;
