-- A dead letter is driven again once: the first redrive marks it, in the transaction that writes the new job.
ALTER TABLE render_jobs ADD COLUMN redriven_at timestamptz(3);
