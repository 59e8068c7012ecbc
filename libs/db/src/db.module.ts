import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { assertBootable } from './access/boot-guard.js';
import { Connections, type ConnectionOptions } from './access/connections.js';
import { Database } from './access/database.js';
import { JobPool, PgJobPool } from './access/job-pool.js';

export interface DbModuleOptions extends ConnectionOptions {
  /** The service's own Database class. */
  readonly database: Type<Database>;
  /** False to build the app without a database, e.g. to write its OpenAPI document. */
  readonly verify?: boolean;
}

/** Gives the whole service its connections, once the database has been found fit: see `assertBootable`. */
@Module({})
export class DbModule implements OnApplicationShutdown {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Database) private readonly database: Database,
  ) {}

  static register({ database, verify, ...options }: DbModuleOptions): DynamicModule {
    return {
      module: DbModule,
      global: true,
      providers: [
        { provide: Connections, useFactory: () => openConnections(options, verify !== false) },
        database,
        { provide: Database, useExisting: database },
        {
          provide: JobPool,
          useFactory: (connections: Connections) => new PgJobPool(connections),
          inject: [Connections],
        },
      ],
      exports: [Connections, database, Database, JobPool],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.settled();
    await this.database.close();
    await this.connections.close();
  }
}

async function openConnections(options: ConnectionOptions, verify: boolean): Promise<Connections> {
  const connections = new Connections(options);
  if (!verify) return connections;
  try {
    await assertBootable(connections);
    return connections;
  } catch (error) {
    await connections.close();
    throw error;
  }
}
