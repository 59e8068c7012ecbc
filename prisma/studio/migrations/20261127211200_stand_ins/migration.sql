-- Whether another provider may do the work when the chosen one cannot: not where the caller named it.
ALTER TABLE render_jobs ADD COLUMN may_fall_back boolean NOT NULL DEFAULT false;
