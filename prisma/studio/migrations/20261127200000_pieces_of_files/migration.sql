-- A piece of a job may come to several files, or to an answer without any.
ALTER TABLE render_jobs ADD COLUMN output jsonb;
ALTER TABLE assets ADD COLUMN role text, ADD COLUMN thumbnail_key text;
