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
