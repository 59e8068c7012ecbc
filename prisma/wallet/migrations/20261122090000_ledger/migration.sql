-- Wallets, their double-entry ledger, grants and holds. Amounts are whole credits.
--
-- Holds, transfers and entries carry no foreign keys: each would be checked row by row under the wallet's lock and
-- doubles what a shared reserve costs. Their rows are written only by the ledger's functions, which hold the wallet's
-- row; nothing can be deleted; and `ledger_findings` reports orphans.

CREATE TABLE wallets (
  tenant_id            uuid           NOT NULL,
  id                   uuid           NOT NULL,
  kind                 text           NOT NULL CHECK (kind IN ('user', 'team')),
  owner_id             uuid           NOT NULL,
  available            bigint         NOT NULL DEFAULT 0,
  held                 bigint         NOT NULL DEFAULT 0,
  -- The balance right after credits last came in: what "low" is measured against.
  full_credits         bigint         NOT NULL DEFAULT 0,
  low_told             boolean        NOT NULL DEFAULT false,
  frozen               boolean        NOT NULL DEFAULT false,
  frozen_reason        text,
  -- The earliest expiry among grants with credits left, so that a reserve knows without reading grants.
  next_grant_expiry_at timestamptz(3),
  created_at           timestamptz(3) NOT NULL,
  updated_at           timestamptz(3) NOT NULL,
  CONSTRAINT wallets_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT wallets_never_overdrawn CHECK (available >= 0 AND held >= 0)
);
CREATE UNIQUE INDEX wallets_tenant_id_kind_owner_id_key ON wallets (tenant_id, kind, owner_id);
CREATE INDEX wallets_next_grant_expiry_at_idx ON wallets (next_grant_expiry_at);

CREATE TABLE holds (
  tenant_id          uuid           NOT NULL,
  id                 uuid           NOT NULL,
  -- Only the service that made a hold may settle it.
  owner_service      text           NOT NULL,
  state              text           NOT NULL CHECK (state IN ('open', 'captured', 'released', 'expired')),
  -- Null in a tombstone: a hold released before its reserve arrived.
  wallet_id          uuid,
  user_id            uuid,
  operation          text,
  reference_id       text,
  wallet_choice      text           CHECK (wallet_choice IN ('user', 'team')),
  amount             bigint         NOT NULL CHECK (amount >= 0),
  captured_amount    bigint         NOT NULL DEFAULT 0 CHECK (captured_amount >= 0),
  -- Work that was done on an expired hold and that the wallet could no longer pay.
  uncollected_amount bigint         NOT NULL DEFAULT 0 CHECK (uncollected_amount >= 0),
  deadline_at        timestamptz(3),
  expires_at         timestamptz(3),
  created_at         timestamptz(3) NOT NULL,
  resolved_at        timestamptz(3),
  CONSTRAINT holds_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT holds_complete CHECK (
    state = 'released'
    OR (wallet_id IS NOT NULL AND user_id IS NOT NULL AND operation IS NOT NULL AND amount > 0 AND expires_at IS NOT NULL)),
  CONSTRAINT holds_capture_within_amount CHECK (captured_amount + uncollected_amount <= amount),
  CONSTRAINT holds_resolved CHECK ((state = 'open') = (resolved_at IS NULL))
);
CREATE INDEX holds_tenant_id_wallet_id_created_at_id_idx ON holds (tenant_id, wallet_id, created_at, id);
CREATE INDEX holds_open_expires_at_idx ON holds (expires_at) WHERE state = 'open';

CREATE TABLE transfers (
  tenant_id       uuid           NOT NULL,
  id              uuid           NOT NULL,
  wallet_id       uuid           NOT NULL,
  kind            text           NOT NULL CHECK (kind IN (
    'grant', 'top_up', 'refund', 'hold', 'capture', 'release', 'hold_expiry', 'late_capture', 'grant_expiry')),
  amount          bigint         NOT NULL CHECK (amount >= 0),
  hold_id         uuid,
  refund_of       uuid,
  -- Who or what moved the credits: `user:<id>`, a service's name, `system`.
  actor           text           NOT NULL,
  description     text,
  available_after bigint         NOT NULL,
  held_after      bigint         NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  CONSTRAINT transfers_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX transfers_tenant_id_wallet_id_created_at_id_idx ON transfers (tenant_id, wallet_id, created_at, id);
CREATE INDEX transfers_tenant_id_hold_id_idx ON transfers (tenant_id, hold_id);
CREATE INDEX transfers_refund_of_idx ON transfers (tenant_id, refund_of) WHERE refund_of IS NOT NULL;

CREATE TABLE entries (
  tenant_id   uuid     NOT NULL,
  transfer_id uuid     NOT NULL,
  line        smallint NOT NULL,
  account     text     NOT NULL CHECK (account IN ('available', 'held', 'issuance', 'spend', 'expiry', 'uncollected')),
  -- Null for the tenant's system accounts.
  wallet_id   uuid,
  amount      bigint   NOT NULL CHECK (amount <> 0),
  CONSTRAINT entries_pkey PRIMARY KEY (tenant_id, transfer_id, line),
  CONSTRAINT entries_wallet_accounts CHECK ((account IN ('available', 'held')) = (wallet_id IS NOT NULL))
);

CREATE TABLE grants (
  tenant_id   uuid           NOT NULL,
  id          uuid           NOT NULL,
  wallet_id   uuid           NOT NULL,
  -- What brought the credits: `top_up`, `plan`, `trial`, `refund`, `seed`.
  source      text           NOT NULL,
  source_id   text,
  amount      bigint         NOT NULL CHECK (amount > 0),
  remaining   bigint         NOT NULL,
  -- Lower burns first.
  priority    integer        NOT NULL DEFAULT 100,
  promotional boolean        NOT NULL DEFAULT false,
  expires_at  timestamptz(3),
  created_at  timestamptz(3) NOT NULL,
  CONSTRAINT grants_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT grants_wallet_fkey FOREIGN KEY (tenant_id, wallet_id) REFERENCES wallets (tenant_id, id),
  CONSTRAINT grants_transfer_fkey FOREIGN KEY (tenant_id, id) REFERENCES transfers (tenant_id, id),
  CONSTRAINT grants_remaining CHECK (remaining BETWEEN 0 AND amount)
);
CREATE INDEX grants_tenant_id_wallet_id_idx ON grants (tenant_id, wallet_id) WHERE remaining > 0;

CREATE TABLE team_policies (
  tenant_id              uuid           NOT NULL,
  roles                  text[]         NOT NULL,
  daily_cap_credits      bigint         CHECK (daily_cap_credits >= 0),
  updated_by             uuid           NOT NULL,
  updated_at             timestamptz(3) NOT NULL,
  CONSTRAINT team_policies_pkey PRIMARY KEY (tenant_id)
);

-- Wallets whose balance moved since their last event. A row here instead of an event in each move keeps moves short;
-- the event tells the state, so the latest one is enough.
CREATE TABLE balance_changes (
  tenant_id uuid           NOT NULL,
  wallet_id uuid           NOT NULL,
  since     timestamptz(3) NOT NULL,
  CONSTRAINT balance_changes_pkey PRIMARY KEY (tenant_id, wallet_id)
);

SELECT platform.protect('wallets', ARRAY['tenant_id', 'id', 'next_grant_expiry_at']);
SELECT platform.protect('holds', ARRAY['tenant_id', 'id', 'state', 'expires_at']);
SELECT platform.protect('transfers', ARRAY['tenant_id', 'id']);
SELECT platform.protect('entries', ARRAY['tenant_id']);
SELECT platform.protect('grants', ARRAY['tenant_id', 'id']);
SELECT platform.protect('team_policies', ARRAY['tenant_id']);
SELECT platform.protect('balance_changes', ARRAY['tenant_id', 'wallet_id', 'since']);

-- What is written stays written: corrections are new transfers.
REVOKE UPDATE, DELETE ON transfers, entries FROM wallet_app;
REVOKE DELETE ON wallets, holds, grants FROM wallet_app;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is immutable', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER transfers_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added GROUP BY tenant_id, transfer_id HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'the entries of a transfer must sum to zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entries_balanced AFTER INSERT ON entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_imbalance();
