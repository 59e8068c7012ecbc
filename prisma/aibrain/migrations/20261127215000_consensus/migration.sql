ALTER TABLE orchestrations ADD COLUMN consensus jsonb, ADD COLUMN members jsonb;
