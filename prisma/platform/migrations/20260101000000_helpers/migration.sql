-- What every migration needs to put a table under its tenant. Runs as <svc>_owner, search_path = platform.

-- The service of this database as it is written in role names, e.g. llm_orch: the owner of this schema tells.
CREATE FUNCTION platform.service_name() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$
  SELECT regexp_replace(pg_get_userbyid(nspowner), '_owner$', '') FROM pg_namespace WHERE nspname = 'platform'
$$;

-- The tenant of the running transaction; null when none is set, so that nothing matches.
CREATE FUNCTION platform.current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$
  SELECT nullif(current_setting('app.tenant_id', true), '')::uuid
$$;

-- Puts a table with a tenant_id under forced row level security: the app role reads and writes its tenant's rows, the
-- job role finds rows of all tenants, but sees only `job_columns` of them. Safe to call again with other columns.
CREATE FUNCTION platform.protect(target regclass, job_columns text[] DEFAULT '{}') RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
  app name := platform.service_name() || '_app';
  job name := platform.service_name() || '_job';
  tenant text := '(tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  counter regclass;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'tenant_id' AND atttypid = 'uuid'::regtype AND attnotnull) THEN
    RAISE EXCEPTION 'platform.protect: % needs a column tenant_id uuid NOT NULL', target;
  END IF;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('DROP POLICY IF EXISTS tenant ON %s', target);
  EXECUTE format('CREATE POLICY tenant ON %s TO %I USING %s WITH CHECK %s', target, app, tenant, tenant);
  EXECUTE format('DROP POLICY IF EXISTS job_find ON %s', target);
  EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, %I, %I', target, app, job);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', target, app);
  FOR counter IN SELECT objid FROM pg_depend JOIN pg_class c ON c.oid = objid AND c.relkind = 'S' WHERE refobjid = target AND deptype = 'a' LOOP
    EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', counter, app);
  END LOOP;
  IF cardinality(job_columns) > 0 THEN
    EXECUTE format('CREATE POLICY job_find ON %s FOR SELECT TO %I USING (true)', target, job);
    EXECUTE format('GRANT SELECT (%s) ON %s TO %I', (SELECT string_agg(quote_ident(c), ', ') FROM unnest(job_columns) c), target, job);
  END IF;
END
$$;

-- A table that belongs to no tenant: the app role reads it; more must be granted by name. It also has to stand on the
-- service's list of such tables (prisma/<svc>/shared-tables.json).
CREATE FUNCTION platform.share(target regclass) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'tenant_id' AND NOT attisdropped) THEN
    RAISE EXCEPTION 'platform.share: % has a tenant_id, use platform.protect', target;
  END IF;
  EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', target);
  EXECUTE format('GRANT SELECT ON %s TO %I', target, platform.service_name() || '_app');
END
$$;

REVOKE ALL ON FUNCTION platform.protect(regclass, text[]), platform.share(regclass) FROM PUBLIC;
