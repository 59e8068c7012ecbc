export * from './errors.js';
export { LockTaken, takeLock, type HeldLock } from './embedded/lock.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/embedded-postgres.js';
export { namesOf, prismaFolder, withAccount, withDatabase, type ServiceNames } from './schema/names.js';
export { cloneDatabase, provision, type ProvisionOptions } from './schema/provision.js';
export { migrate, type MigrateOptions } from './schema/migrate.js';
export { readTables, sharedTables, type TableFacts } from './schema/tenant-tables.js';
export * from './access/sql.js';
export { TenantSource } from './access/tenant-source.js';
export { Connections, type ConnectionOptions, type PoolName } from './access/connections.js';
export { Database, type TransactionalClient } from './access/database.js';
export { JobPool, PgJobPool } from './access/job-pool.js';
export { assertBootable } from './access/boot-guard.js';
export { isDatabaseUnavailable, probeDatabase } from './access/probe.js';
export { DbModule, type DbModuleOptions } from './db.module.js';
