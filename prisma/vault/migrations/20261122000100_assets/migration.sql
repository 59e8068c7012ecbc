CREATE TABLE folders (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  parent_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT folders_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT folders_not_in_itself CHECK (parent_id <> id),
  CONSTRAINT folders_tenant_id_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES folders (tenant_id, id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
CREATE INDEX folders_parent_idx ON folders (tenant_id, parent_id);
SELECT platform.protect('folders', '{}');

-- A row is made before its bytes and shown only once they are complete: what a crash leaves is `pending` past its time, and swept.
CREATE TABLE assets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  folder_id uuid,
  filename text NOT NULL CHECK (length(filename) BETWEEN 1 AND 255),
  description text,
  type text NOT NULL CHECK (type IN ('image', 'video', 'audio', 'document')),
  mime_type text NOT NULL,
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  sha256 text NOT NULL,
  storage_key text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('private', 'tenant')),
  tags text[] NOT NULL DEFAULT '{}',
  status text NOT NULL CHECK (status IN ('pending', 'ready', 'trashed')),
  upload_expires_at timestamptz(3),
  trashed_at timestamptz(3),
  purge_after timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT assets_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT assets_pending CHECK ((status = 'pending') = (upload_expires_at IS NOT NULL)),
  CONSTRAINT assets_trashed CHECK ((status = 'trashed') = (trashed_at IS NOT NULL AND purge_after IS NOT NULL)),
  CONSTRAINT assets_tenant_id_folder_id_fkey FOREIGN KEY (tenant_id, folder_id) REFERENCES folders (tenant_id, id) ON DELETE RESTRICT ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX assets_storage_key_key ON assets (tenant_id, storage_key);
CREATE INDEX assets_created_idx ON assets (tenant_id, created_at DESC, id DESC);
CREATE INDEX assets_folder_idx ON assets (tenant_id, folder_id, created_at DESC);
CREATE INDEX assets_tags_idx ON assets USING gin (tags);
CREATE INDEX assets_upload_expiry_idx ON assets (upload_expires_at);
CREATE INDEX assets_purge_idx ON assets (purge_after);
SELECT platform.protect('assets', '{tenant_id,id,status,upload_expires_at,purge_after}');

-- Bytes by owner; `reserved` belongs to uploads under way. The limit depends on the owner's plan and is checked by the statement that adds.
CREATE TABLE quotas (
  tenant_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  used_bytes bigint NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
  reserved_bytes bigint NOT NULL DEFAULT 0 CHECK (reserved_bytes >= 0),
  assets integer NOT NULL DEFAULT 0 CHECK (assets >= 0),
  CONSTRAINT quotas_pkey PRIMARY KEY (tenant_id, owner_id)
);
SELECT platform.protect('quotas', '{}');
