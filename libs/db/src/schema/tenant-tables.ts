import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { MigrationError } from '../errors.js';
import { prismaFolder, type ServiceNames } from './names.js';

export interface TableFacts {
  readonly schema: string;
  readonly name: string;
  readonly tenant: boolean;
  readonly forced: boolean;
  /** Policies that let the app role see or write rows of the current tenant, both ways. */
  readonly tenantPolicies: number;
  /** Policies of the app role that do not ask for the tenant: they would open the table. */
  readonly openPolicies: number;
  /** TRUNCATE knows no row level security. */
  readonly truncatable: boolean;
}

/** Tables without a tenant, by their `prisma/` folder: the list that a reviewer reads. */
export function sharedTables(folder: string): Set<string> {
  const file = join(folder, 'shared-tables.json');
  return new Set(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []);
}

/** Every table of the service's schemas, and what keeps tenants apart in it. */
export async function readTables(client: pg.Client, { schema, app }: ServiceNames): Promise<TableFacts[]> {
  const { rows } = await client.query<TableFacts>(FACTS, [['platform', schema, 'public'], app]);
  return rows;
}

/**
 * Checks that no table can leak between tenants.
 * @throws MigrationError naming every table at fault
 */
export async function assertTenantTables(
  client: pg.Client,
  names: ServiceNames,
  folder: string,
): Promise<void> {
  const shared = { platform: sharedTables(join(prismaFolder(), 'platform')), own: sharedTables(folder) };
  const faults = (await readTables(client, names)).flatMap((table) => {
    const list = table.schema === 'platform' ? shared.platform : shared.own;
    const fault = faultOf(table, list.has(table.name));
    return fault === undefined ? [] : [`${table.schema}.${table.name} ${fault}`];
  });
  if (faults.length > 0)
    throw new MigrationError(
      `The tables of ${names.service} do not keep tenants apart: ${faults.join('; ')}`,
    );
}

function faultOf(table: TableFacts, listed: boolean): string | undefined {
  if (table.name === '_prisma_migrations' && table.schema !== 'public') return undefined;
  if (table.schema === 'public') return 'stands outside the service schema';
  if (!table.tenant) return listed ? undefined : 'has no tenant_id and is not on shared-tables.json';
  if (listed) return 'has a tenant_id but is on shared-tables.json';
  if (!table.forced) return 'has no forced row level security (call platform.protect)';
  if (table.tenantPolicies === 0) return 'has no tenant policy with USING and WITH CHECK for the app role';
  if (table.openPolicies > 0) return 'has a policy for the app role that does not ask for the tenant';
  return table.truncatable ? 'may be truncated by the app role' : undefined;
}

const FACTS = `
SELECT n.nspname AS schema, c.relname AS name,
  EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS tenant,
  c.relrowsecurity AND c.relforcerowsecurity AS forced,
  (SELECT count(*)::int FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.roles && ARRAY[$2, 'public']::name[]
     AND p.cmd = 'ALL' AND p.qual LIKE '%app.tenant_id%' AND p.with_check LIKE '%app.tenant_id%') AS "tenantPolicies",
  (SELECT count(*)::int FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.roles && ARRAY[$2, 'public']::name[]
     AND p.permissive = 'PERMISSIVE' AND NOT (coalesce(p.qual, 'app.tenant_id') LIKE '%app.tenant_id%'
     AND coalesce(p.with_check, p.qual) LIKE '%app.tenant_id%')) AS "openPolicies",
  has_table_privilege($2, c.oid, 'TRUNCATE') AS truncatable
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY($1)
ORDER BY 1, 2`;
