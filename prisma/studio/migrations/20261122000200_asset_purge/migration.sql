-- Deleted assets keep their row until their bytes are gone: the purge finds them here, and they are few.
CREATE INDEX assets_deleted_idx ON assets (deleted_at) WHERE deleted_at IS NOT NULL;
