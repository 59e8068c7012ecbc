import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, derivedId, HouseConfig, ManualClock, newId } from '@eventzr/config';
import { Database, JobPool, PgJobPool, type SqlTx } from '@eventzr/db';
import { AppLogger, runInContext, ServiceIdentity, type Principal, type RequestContext } from '@eventzr/http';
import { Operations, type OperationClaim } from '@eventzr/idempotency';
import { Credits, type OpenOperation } from './credits.js';
import { ParentHolds } from './parent-holds.js';
import { Settlements } from './settlements.js';
import { OperationSweep, SettlementSweep } from './sweeps.js';
import { WalletClientModule } from './wallet-client.module.js';
import { FakeWallet } from '@eventzr/testing';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';

const TENANT = 'a0000000-0000-4000-8000-000000000002';
const USER = '00000000-0000-4000-8000-000000000201';
const HOUR = 3_600_000;

@Module({})
class HouseStandIn {}

interface OperationRow {
  readonly state: string;
  readonly attempt: number;
  readonly amount: number;
}

/** A service that charges credits, as WalletClientModule wires it, without routes: the spec is its handler. */
export class PaidService {
  readonly clock = new ManualClock();
  /** What was logged, oldest first. */
  readonly logged: object[] = [];
  /** The claim of the request being served. */
  claim: OperationClaim = {
    operationId: newId(),
    fence: randomUUID(),
    attempt: 1,
    keyed: false,
    resumed: false,
  };
  private app: INestApplicationContext | undefined;

  private constructor(
    private readonly fixture: FixtureService,
    readonly wallet: FakeWallet,
  ) {}

  static async start(): Promise<PaidService> {
    const service = new PaidService(await startFixture(), await FakeWallet.start());
    await service.boot();
    return service;
  }

  get credits(): Credits {
    return this.booted.get(Credits);
  }

  get parents(): ParentHolds {
    return this.booted.get(ParentHolds);
  }

  get settlementSweep(): SettlementSweep {
    return this.booted.get(SettlementSweep);
  }

  get operationSweep(): OperationSweep {
    return this.booted.get(OperationSweep);
  }

  /** A new operation of a user with 1,000 credits, nothing left of earlier ones. */
  async fresh(): Promise<void> {
    await this.commit(async (tx) => {
      await tx.$executeRaw`DELETE FROM platform.settlements`;
      await tx.$executeRaw`DELETE FROM platform.credit_operations`;
    });
    this.wallet.recover();
    this.wallet.balance(1_000);
    this.claim = { operationId: newId(), fence: randomUUID(), attempt: 1, keyed: false, resumed: false };
    await this.restart();
  }

  /** The same request again, in a new process. */
  async resume(): Promise<void> {
    this.claim = { ...this.claim, fence: randomUUID(), attempt: this.claim.attempt + 1, resumed: true };
    await this.restart();
  }

  /** Runs `work` as the handler of a request. */
  serving<R>(work: () => Promise<R>, headers: Record<string, string> = {}, caller?: string): Promise<R> {
    const principal: Partial<Principal> = { userId: USER, tenantId: TENANT, roles: ['user'], token: 't' };
    const context: Partial<RequestContext> = {
      requestId: newId(),
      traceparent: '',
      principal: principal as Principal,
      headers,
      caller,
    };
    return runInContext(context as RequestContext, work);
  }

  open(credits = 40, headers: Record<string, string> = {}): Promise<OpenOperation> {
    const deadline = new Date(this.clock.now().getTime() + HOUR);
    return this.serving(
      () => this.credits.open({ operation: 'images.generate', credits, deadline }),
      headers,
    );
  }

  commit<R>(work: (tx: SqlTx) => Promise<R>): Promise<R> {
    return this.fixture.db.withTenant(work, TENANT);
  }

  /** What the sweep does with an operation that it found. */
  giveUpIfLeaseEndedBefore(before: Date, operation: OpenOperation): Promise<boolean> {
    return this.booted.get(Settlements).giveUp(TENANT, operation, { before });
  }

  /** Waits for what was started after commits. */
  settled(): Promise<void> {
    return this.fixture.db.settled();
  }

  /** The hold that an attempt of the current operation uses. */
  holdId(attempt: number): string {
    return derivedId(this.claim.operationId, `hold:${attempt}`);
  }

  /** States of the current operation's holds in the wallet, oldest first. */
  holdStates(): string[] {
    const ids = [1, 2, 3].map((attempt) => this.holdId(attempt));
    return this.wallet.holds.filter(({ id }) => ids.includes(id)).map(({ state }) => state);
  }

  /** Credits that the user (`team`: the team) has left. */
  available(whose: 'user' | 'team' = 'user'): number {
    return this.wallet.available(TENANT, whose === 'user' ? USER : null);
  }

  row(): Promise<OperationRow | undefined> {
    return this.commit(async (tx) => {
      const rows = await tx.$queryRaw<OperationRow[]>`
        SELECT state, attempt, amount_credits AS amount FROM platform.credit_operations WHERE id = ${this.claim.operationId}::uuid`;
      return rows[0];
    });
  }

  /** Settlements that the wallet has not answered. */
  pending(): Promise<number> {
    return this.commit(async (tx) => {
      const rows = await tx.$queryRaw<
        unknown[]
      >`SELECT 1 FROM platform.settlements WHERE acknowledged_at IS NULL`;
      return rows.length;
    });
  }

  async close(): Promise<void> {
    await this.app?.close();
    await this.wallet.stop();
    await this.fixture.close();
  }

  private get booted(): INestApplicationContext {
    if (this.app === undefined) throw new Error('The service is not running');
    return this.app;
  }

  private async restart(): Promise<void> {
    await this.settled();
    await this.app?.close();
    await this.boot();
  }

  private async boot(): Promise<void> {
    const config = Object.assign(new HouseConfig(), {
      serviceKey: 'k'.repeat(40),
      walletInternalUrl: this.wallet.url,
    });
    const module: DynamicModule = {
      ...this.house(config),
      imports: [WalletClientModule.register(config)],
    };
    this.app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  }

  private house(config: HouseConfig): DynamicModule {
    const note = (facts: object): void => void this.logged.push(facts);
    const identity: ServiceIdentity = { name: 'studio', title: 'Studio', version: '1' };
    const logger: AppLogger = { debug: note, info: note, warn: note, error: note };
    const providers = [
      { provide: HouseConfig, useValue: config },
      { provide: Clock, useValue: this.clock },
      { provide: ServiceIdentity, useValue: identity },
      { provide: AppLogger, useValue: logger },
      { provide: Database, useValue: this.fixture.db },
      { provide: JobPool, useValue: new PgJobPool(this.fixture.connections) },
      { provide: Operations, useValue: { current: () => this.claim } },
    ];
    return {
      module: HouseStandIn,
      global: true,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
