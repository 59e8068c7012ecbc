-- Which file of the vault is a user's copy of an asset: asked again, studio shows that one instead of making another.
CREATE TABLE vault_copies (
  tenant_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  user_id uuid NOT NULL,
  vault_asset_id uuid NOT NULL,
  saved_at timestamptz(3) NOT NULL,
  CONSTRAINT vault_copies_pkey PRIMARY KEY (tenant_id, asset_id, user_id),
  CONSTRAINT vault_copies_tenant_id_asset_id_fkey FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id) ON DELETE CASCADE ON UPDATE NO ACTION
);
SELECT platform.protect('vault_copies', '{}');
