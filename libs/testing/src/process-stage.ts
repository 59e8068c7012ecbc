import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Environment, ServiceName } from '@eventzr/config';
import { namesOf } from '@eventzr/db';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from './database.js';
import { FakeWallet } from './fake-wallet.js';
import { testServiceKey, testKeyDigest } from './service-keys.js';
import { ServiceProcess } from './service-process.js';
import { TokenMint } from './token-mint.js';
import { until } from './until.js';

/** What outlives a crash of the service under test. */
export interface StageSet {
  readonly service: ServiceName;
  readonly tokens: TokenMint;
  readonly wallet: FakeWallet;
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** The superuser, looking at the service's own tables. */
  readonly admin: pg.Client;
}

/** A service's real processes, its database and its neighbours, for specs that kill the processes. */
export abstract class ProcessStage {
  readonly tokens: TokenMint;
  readonly wallet: FakeWallet;
  readonly database: TestDatabase;
  readonly dataDir: string;
  private readonly running: ServiceProcess[] = [];

  protected constructor(private readonly set: StageSet) {
    ({ tokens: this.tokens, wallet: this.wallet, database: this.database, dataDir: this.dataDir } = set);
  }

  protected static async prepare(service: ServiceName): Promise<StageSet> {
    const [tokens, wallet, database, dataDir] = await Promise.all([
      TokenMint.start(),
      FakeWallet.start(),
      startTestDatabase(service),
      mkdtemp(path.join(tmpdir(), 'eventzr-test-')),
    ]);
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`SET search_path = ${namesOf(service).schema}`);
    return { service, tokens, wallet, database, dataDir, admin };
  }

  /** Starts a built entry of the service and waits until it is ready. */
  protected async run(script: string): Promise<ServiceProcess> {
    const started = await ServiceProcess.start(this.set.service, script, {
      ...this.common(),
      ...this.environment(),
    });
    this.running.push(started);
    return started;
  }

  /** What the service needs besides database, keys, auth and wallet. */
  protected abstract environment(): Environment;

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.set.admin.query<Row>(sql, values)).rows;
  }

  /** Whoever wants to write `table`, named with its schema, waits until the returned function is called. */
  async block(table: string, mode: 'EXCLUSIVE' | 'ACCESS EXCLUSIVE'): Promise<() => Promise<void>> {
    const blocker = new pg.Client({ connectionString: this.database.adminUrl });
    await blocker.connect();
    await blocker.query(`BEGIN; LOCK TABLE ${table} IN ${mode} MODE`).catch(async (error: unknown) => {
      await blocker.end();
      throw error;
    });
    return () => blocker.end();
  }

  /** How many statements wait for the lock of a table. */
  async waiting(): Promise<number> {
    const rows = await this.rows(`SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND NOT l.granted`);
    return rows.length;
  }

  async someoneWaits(): Promise<boolean> {
    return (await this.waiting()) > 0;
  }

  /** Takes back the statements that wait for a lock, as if they had never been sent. */
  async dropWaiting(): Promise<void> {
    await this
      .rows(`SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND NOT l.granted`);
    await until(async () => !(await this.someoneWaits()));
  }

  /** Ends the leases of the dead, in `table`, as time would. */
  async endLeases(table: string): Promise<void> {
    await this.rows(
      `UPDATE ${table} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`,
    );
  }

  /** Strikes the set: no process outlives its spec. */
  async strike(): Promise<void> {
    await Promise.all(this.running.map((each) => each.kill()));
    await this.set.admin.end();
    await Promise.all([this.tokens.close(), this.wallet.stop(), this.database.drop()]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private common(): Environment {
    return {
      ...this.database.environment,
      LOG_LEVEL: 'error',
      AUTH_INTERNAL_URL: this.tokens.url,
      WALLET_INTERNAL_URL: this.wallet.url,
      SERVICE_KEY: testServiceKey(this.set.service),
      SERVICE_KEY_DIGESTS: testKeyDigest('wallet'),
      DATA_DIR: this.dataDir,
    };
  }
}
