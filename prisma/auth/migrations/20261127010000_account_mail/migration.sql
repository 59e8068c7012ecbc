-- Links that prove a mailbox, the mail that carries them, and what a changed password ends.

-- When the password last changed: what was proved before, a log-in or challenge under way, counts no more.
ALTER TABLE users ADD COLUMN password_changed_at timestamptz(3);

CREATE TABLE account_tokens (
  tenant_id  uuid           NOT NULL,
  -- SHA-256 of the token: what the database keeps opens nothing.
  digest     bytea          NOT NULL,
  user_id    uuid           NOT NULL,
  purpose    text           NOT NULL CHECK (purpose IN ('verify_email', 'reset_password')),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT account_tokens_pkey PRIMARY KEY (tenant_id, digest),
  CONSTRAINT account_tokens_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX account_tokens_user_idx ON account_tokens (tenant_id, user_id, purpose);
CREATE INDEX account_tokens_expiry_idx ON account_tokens (expires_at);

-- Mail to be sent, as an order: texts and tokens are made when it goes out, so no row holds a secret. An order of
-- somebody who is not logged in lies under the nil tenant, whether or not there is such an account.
CREATE TABLE mail_orders (
  tenant_id       uuid           NOT NULL,
  id              uuid           NOT NULL,
  kind            text           NOT NULL CHECK (kind IN ('verify_email', 'reset_password', 'password_changed')),
  email           text           NOT NULL,
  -- skipped: there is nobody to write to; failed: refused for good, or given up
  state           text           NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'skipped', 'failed')),
  attempts        integer        NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  lease_until     timestamptz(3),
  lease_fence     uuid,
  last_error      text,
  created_at      timestamptz(3) NOT NULL,
  ended_at        timestamptz(3),
  CONSTRAINT mail_orders_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX mail_orders_due_idx ON mail_orders (next_attempt_at) WHERE state = 'due';
CREATE INDEX mail_orders_ended_idx ON mail_orders (ended_at) WHERE ended_at IS NOT NULL;

SELECT platform.protect('account_tokens', '{tenant_id,expires_at}');
SELECT platform.protect('mail_orders', '{tenant_id,id,state,next_attempt_at,lease_until,ended_at}');

-- A log-in also needs to know when the password changed, and whether this address held a session of the account.
CREATE POLICY login_find ON sessions FOR SELECT TO auth_owner USING (true);
DROP FUNCTION find_login(text);
DROP POLICY login_find ON tenants;
CREATE FUNCTION find_login(wanted text, address text)
  RETURNS TABLE (tenant_id uuid, user_id uuid, password_hash text, password_changed_at timestamptz, known_address boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
AS $$
  SELECT u.tenant_id, u.id, u.password_hash, u.password_changed_at,
         EXISTS (SELECT FROM sessions s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.client_address = address)
    FROM users u
   WHERE u.email = wanted
$$;
REVOKE ALL ON FUNCTION find_login(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_login(text, text) TO auth_app;
