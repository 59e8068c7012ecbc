import type { ServiceName } from '@eventzr/config';
import pg from 'pg';
import { oneLine } from '../errors.js';
import { namesOf } from '../schema/names.js';
import { Listener } from './listener.js';
import type { TenantSource } from './tenant-source.js';

export type PoolName = 'app' | 'job' | 'listen';

export interface ConnectionOptions {
  readonly service: ServiceName;
  /** The database as `<svc>_app`. */
  readonly databaseUrl: string;
  /** The database as `<svc>_job`. */
  readonly jobDatabaseUrl: string;
  readonly tenants: TenantSource;
  /** Hears of connections that broke while nobody used them; the pools replace them by themselves. */
  readonly onError?: (error: Error, pool: PoolName) => void;
}

/** Sizes per process: seven services with two processes each stay below 200. */
const SIZES = { app: 8, job: 4 } as const;

/** A service's connections to its database: one pool per role, and one connection that listens. */
export class Connections {
  readonly service: ServiceName;
  /** Schema of the service's tables. */
  readonly schema: string;
  readonly tenants: TenantSource;
  readonly app: pg.Pool;
  readonly job: pg.Pool;
  private readonly listener: Listener;
  private closing: Promise<void> | undefined;

  constructor(readonly options: ConnectionOptions) {
    this.service = options.service;
    this.schema = namesOf(options.service).schema;
    this.tenants = options.tenants;
    this.app = this.open('app', options.databaseUrl);
    this.job = this.open('job', options.jobDatabaseUrl);
    this.listener = new Listener(options.databaseUrl, (error) => this.report(error, 'listen'));
  }

  /**
   * Calls `heard` for every notification on a channel. After a lost connection it listens again by itself and calls
   * `caughtUp`, since what was notified meanwhile is lost: read the tables then.
   * @returns ends the subscription
   */
  listen(
    channel: string,
    heard: (payload: string) => void,
    caughtUp?: () => void,
  ): Promise<() => Promise<void>> {
    return this.listener.listen(channel, heard, caughtUp);
  }

  /** Ends all connections, once those in use are given back. Safe to call twice. */
  close(): Promise<void> {
    this.closing ??= Promise.all([this.listener.close(), this.app.end(), this.job.end()]).then(
      () => undefined,
    );
    return this.closing;
  }

  /** Tells of an error that reaches no caller. */
  report(error: unknown, pool: PoolName): void {
    this.options.onError?.(
      error instanceof Error ? error : new Error(oneLine(error), { cause: error }),
      pool,
    );
  }

  private open(name: 'app' | 'job', connectionString: string): pg.Pool {
    const pool = new pg.Pool({
      connectionString,
      max: SIZES[name],
      application_name: `eventzr-${this.service}-${name}`,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 20_000,
    });
    // Without these an idle connection that breaks would end the process.
    pool.on('error', (error) => this.report(error, name));
    pool.on('connect', (client) => client.on('error', (error) => this.report(error, name)));
    return pool;
  }
}
