import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connections, Database, TenantSource, type ConnectionOptions } from '@eventzr/db';
import { startTestDatabase, type TestDatabase } from './database.js';
import { PrismaClient, type Prisma } from './generated/prisma/client.js';

/** A service's Database on the fixture's tables `notes` and `colours`. */
export class FixtureDb extends Database<Prisma.TransactionClient> {
  constructor(connections: Connections) {
    super(connections, (adapter) => new PrismaClient({ adapter }));
  }
}

/** The current caller's tenant, as a spec sets it. */
export class FixedTenant extends TenantSource {
  tenantId: string | undefined;

  current(): string | undefined {
    return this.tenantId;
  }
}

export interface FixtureService {
  readonly database: TestDatabase;
  readonly connections: Connections;
  readonly db: FixtureDb;
  readonly tenants: FixedTenant;
  close(): Promise<void>;
}

/**
 * A database with platform tables, queue and two small tables, for specs of libs that need no real service. It runs
 * as vault's roles.
 */
export async function startFixture(onError?: ConnectionOptions['onError']): Promise<FixtureService> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'prisma');
  const database = await startTestDatabase('vault', { name: 'fixture', folder });
  const tenants = new FixedTenant();
  const { DATABASE_URL: databaseUrl = '', JOB_DATABASE_URL: jobDatabaseUrl = '' } = database.environment;
  const connections = new Connections({
    service: 'vault',
    databaseUrl,
    jobDatabaseUrl,
    tenants,
    ...(onError && { onError }),
  });
  const db = new FixtureDb(connections);
  const close = async (): Promise<void> => {
    await db.settled();
    await db.close();
    await connections.close();
    await database.drop();
  };
  return { database, connections, db, tenants, close };
}
