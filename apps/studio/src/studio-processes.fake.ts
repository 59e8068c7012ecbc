import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '@eventzr/config';
import { FakeWallet, ServiceProcess, startTestDatabase, testServiceKey, TokenMint } from '@eventzr/testing';
import type { TestDatabase } from '@eventzr/testing';
import pg from 'pg';
import type { FakeOpenAiImages } from './providers/openai/openai-images.fake.js';
import { startFakeOpenAiImages } from './providers/openai/openai-images.fake.js';
import type { PendingVendor } from './providers/pending-vendor.fake.js';
import { startPendingVendor } from './providers/pending-vendor.fake.js';
import { until } from './scene.fake.js';

/** Studio's processes, its database and its neighbours; everything but studio outlives a crash. */
export class Stage {
  private readonly running: ServiceProcess[] = [];

  private constructor(
    readonly tokens: TokenMint,
    readonly wallet: FakeWallet,
    readonly vendor: FakeOpenAiImages,
    readonly pending: PendingVendor,
    readonly database: TestDatabase,
    readonly dataDir: string,
    readonly admin: pg.Client,
  ) {}

  static async set(): Promise<Stage> {
    const [tokens, wallet, vendor, pending, database, dataDir] = await Promise.all([
      TokenMint.start(),
      FakeWallet.start(),
      startFakeOpenAiImages(),
      startPendingVendor(),
      startTestDatabase('studio'),
      mkdtemp(join(tmpdir(), 'eventzr-test-')),
    ]);
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query('SET search_path = studio');
    return new Stage(tokens, wallet, vendor, pending, database, dataDir, admin);
  }

  /** `pending-worker`: a worker whose provider `openai` works through the tasks of `pending`. */
  async start(entry: 'main' | 'worker' | 'pending-worker'): Promise<ServiceProcess> {
    const script = entry === 'pending-worker' ? './pending-worker.fake.mjs' : `../dist/${entry}.js`;
    const path = fileURLToPath(new URL(script, import.meta.url));
    const started = await ServiceProcess.start('studio', path, this.environment());
    this.running.push(started);
    return started;
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(sql, values)).rows;
  }

  /** Whoever wants to write the table waits until the returned function is called. */
  async block(table: string, mode: 'EXCLUSIVE' | 'ACCESS EXCLUSIVE'): Promise<() => Promise<void>> {
    const blocker = new pg.Client({ connectionString: this.database.adminUrl });
    await blocker.connect();
    await blocker.query(`BEGIN; LOCK TABLE ${table} IN ${mode} MODE`);
    return () => blocker.end();
  }

  /** True while somebody waits for the lock of a table. */
  async someoneWaits(): Promise<boolean> {
    const rows = await this.rows(`SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND NOT l.granted`);
    return rows.length > 0;
  }

  /** Takes back the statements that wait for a lock, as if they had never been sent. */
  async dropWaiting(): Promise<void> {
    await this
      .rows(`SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND NOT l.granted`);
    await until(async () => !(await this.someoneWaits()));
  }

  /** Strikes the set: no process outlives its spec. */
  async strike(): Promise<void> {
    await Promise.all(this.running.map((each) => each.kill()));
    await this.admin.end();
    await Promise.all([
      this.tokens.close(),
      this.wallet.stop(),
      this.vendor.close(),
      this.pending.close(),
      this.database.drop(),
    ]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private environment(): Environment {
    const digest = createHash('sha256').update(testServiceKey('wallet')).digest('hex');
    return {
      ...this.database.environment,
      LOG_LEVEL: 'error',
      AUTH_INTERNAL_URL: this.tokens.url,
      WALLET_INTERNAL_URL: this.wallet.url,
      SERVICE_KEY: testServiceKey('studio'),
      SERVICE_KEY_DIGESTS: `wallet:${digest}`,
      URL_SIGNING_KEY: 'url-signing-key-of-tests'.padEnd(40, '-'),
      DATA_DIR: this.dataDir,
      PENDING_URL: this.pending.url,
      PENDING_KEY: this.pending.apiKey,
      OPENAI_API_KEY: this.vendor.apiKey,
      OPENAI_BASE_URL: this.vendor.baseUrl,
      // What is judged is told elsewhere; the vendor here makes pictures alone.
      MODERATION: 'local',
      IMAGE_MODERATION: 'off',
      // Signatures have specs of their own; in production, as here, nothing starts without a certificate by accident.
      C2PA: 'off',
    };
  }
}
