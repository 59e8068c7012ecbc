-- The place of a file among those of its job: pieces are made side by side, and ids follow the moment each was stored.
ALTER TABLE assets ADD COLUMN position integer NOT NULL DEFAULT 0;
