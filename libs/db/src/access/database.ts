import { AsyncLocalStorage } from 'node:async_hooks';
import { isUuid } from '@eventzr/config';
import type { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { TenantChanged } from '../errors.js';
import type { Connections } from './connections.js';
import { inSqlTransaction, type PlainTx } from './sql-transaction.js';
import type { SqlTx } from './sql.js';
import { beginAs, begun, TenantAdapter, type FirstCall } from './tenant-adapter.js';

/** The part of a generated Prisma client that the house uses. */
export interface TransactionalClient<Tx> {
  $transaction<R>(work: (tx: Tx) => Promise<R>, options?: { maxWait?: number; timeout?: number }): Promise<R>;
  $disconnect(): Promise<void>;
}

type AfterCommit = () => unknown;

interface Unit<Tx> {
  readonly tenantId: string;
  /** Undefined in a transaction of plain SQL. */
  readonly tx: Tx | undefined;
  readonly sql: SqlTx;
  /** The transaction, where it is of plain SQL. */
  readonly plain: PlainTx | undefined;
  readonly client: pg.PoolClient;
  readonly after: AfterCommit[];
  /** A joined unit of work threw: what it wrote must not be committed, even if its error was caught. */
  failure: { readonly error: unknown } | undefined;
  /** What was started inside and still runs after the end, e.g. a timer, is on its own again. */
  ended: boolean;
}

/** Waiting for a connection, and the whole transaction: nothing slow belongs inside. */
const LIMITS = { maxWait: 5_000, timeout: 15_000 };

/**
 * The only way to a service's tables in request code: transactions of one tenant. A service derives its own class,
 * which names its typed client; libs inject this one and know SQL alone.
 */
export abstract class Database<Tx extends SqlTx = SqlTx> {
  private readonly ambient = new AsyncLocalStorage<Unit<Tx>>();
  private readonly client: TransactionalClient<Tx>;
  private readonly following = new Set<Promise<void>>();

  protected constructor(
    private readonly connections: Connections,
    build: (adapter: PrismaPg) => TransactionalClient<Tx>,
  ) {
    this.client = build(new TenantAdapter(connections.app, { schema: connections.schema }));
  }

  /** The app role's pool, for hot paths in repositories; who uses it sets `app.tenant_id` inside its transaction. */
  get pool(): pg.Pool {
    return this.connections.app;
  }

  /**
   * Runs `work` in one transaction of one tenant, and commits when it resolves. Inside another unit of work it joins
   * that transaction.
   * @param tenantId default: the current caller's tenant; jobs name it
   * @throws TenantChanged when the open transaction belongs to another tenant
   */
  async withTenant<R>(work: (tx: Tx) => Promise<R>, tenantId?: string): Promise<R> {
    const { open, tenant } = this.tenantFor(tenantId);
    if (open === undefined) return this.begin(work, tenant);
    return join(open, () => work(typed(open)));
  }

  /**
   * As `withTenant`, past the typed client and its transaction manager: for what every request sends. The typed client
   * cannot join such a transaction.
   * @throws TenantChanged as `withTenant` does
   */
  async withTenantSql<R>(work: (tx: SqlTx) => Promise<R>, tenantId?: string): Promise<R> {
    const { open, tenant } = this.tenantFor(tenantId);
    if (open !== undefined) return join(open, () => work(open.sql));
    return this.followed((after) =>
      inSqlTransaction(this.connections.app, tenant, (sql) => {
        const { client } = sql;
        const own = { tenantId: tenant, tx: undefined, sql, plain: sql, client, after };
        return this.runUnit({ ...own, failure: undefined, ended: false }, () => work(sql));
      }),
    );
  }

  /**
   * Runs `work` on another tenant's rows inside the current transaction, then returns to its own tenant: for what must
   * commit together with rows of the caller's tenant, such as a platform administrator's stored answer.
   * @throws Error outside of `withTenant`
   */
  async asTenant<R>(tenantId: string, work: (tx: Tx) => Promise<R>): Promise<R> {
    const open = this.open();
    if (open === undefined) throw new Error('A tenant is switched inside withTenant only');
    const tenant = this.resolve(tenantId);
    return join(open, async () => {
      await switchTo(open, tenant);
      const value = await this.runUnit({ ...open, tenantId: tenant }, () => work(typed(open)));
      await switchTo(open, open.tenantId);
      return value;
    });
  }

  /**
   * As `withTenant`, for the outermost unit of work alone: `first` is called in the very message that begins the
   * transaction, and `work` gets its answer. Saves a round trip where every request asks the same thing first.
   */
  async withTenantAfter<R>(
    first: FirstCall,
    work: (answer: unknown) => Promise<R>,
    tenantId: string,
  ): Promise<R> {
    if (this.inTransaction()) throw new Error('A first call needs a transaction of its own');
    return this.begin(() => work(begun().answer), this.resolve(tenantId), first);
  }

  /**
   * Runs a named, prepared statement in the current transaction, past the typed client: for what every request sends.
   * @throws Error outside of `withTenant`
   */
  async statement<Row extends pg.QueryResultRow>(
    query: pg.QueryConfig & { readonly name: string },
  ): Promise<Row[]> {
    const open = this.open();
    if (open === undefined) throw new Error('A statement runs inside withTenant only');
    return (await open.client.query<Row>(query)).rows;
  }

  /** True inside `withTenant`. */
  inTransaction(): boolean {
    return this.open() !== undefined;
  }

  /**
   * Runs `follow` once the current transaction is committed, never if it rolls back; at once outside of one. Nobody
   * waits for it, and what it throws is reported only: it may be lost with the process, so a sweep must back it.
   */
  afterCommit(follow: AfterCommit): void {
    const open = this.open();
    if (open === undefined) this.start(follow);
    else open.after.push(follow);
  }

  /** Resolves when everything started by `afterCommit` has ended. */
  async settled(): Promise<void> {
    while (this.following.size > 0) await Promise.all(this.following);
  }

  /** Ends the client; the pools belong to Connections. */
  close(): Promise<void> {
    return this.client.$disconnect();
  }

  private open(): Unit<Tx> | undefined {
    const unit = this.ambient.getStore();
    return unit?.ended === false && unit.plain?.ended !== true ? unit : undefined;
  }

  private resolve(tenantId: string | undefined): string {
    if (tenantId === undefined)
      throw new Error('withTenant needs a tenant: there is no current caller, so name it');
    if (!isUuid(tenantId)) throw new TypeError('A tenant id must be a UUID');
    return tenantId.toLowerCase();
  }

  private tenantFor(tenantId: string | undefined) {
    const open = this.open();
    const tenant = this.resolve(tenantId ?? this.connections.tenants.current() ?? open?.tenantId);
    if (open !== undefined && open.tenantId !== tenant)
      throw new TenantChanged('The tenant cannot change inside a transaction');
    return { open, tenant };
  }

  private begin<R>(work: (tx: Tx) => Promise<R>, tenantId: string, first?: FirstCall): Promise<R> {
    return this.followed((after) => {
      const run = (tx: Tx) => {
        const { client } = begun();
        const own = { tenantId, tx, sql: tx, plain: undefined, client, after };
        return this.runUnit({ ...own, failure: undefined, ended: false }, () => work(tx));
      };
      return beginAs(tenantId, () => this.client.$transaction(run, LIMITS), first);
    });
  }

  /** Runs one transaction, then what was to follow its commit. */
  private async followed<R>(transaction: (after: AfterCommit[]) => Promise<R>): Promise<R> {
    const after: AfterCommit[] = [];
    const result = await transaction(after);
    for (const follow of after) this.start(follow);
    return result;
  }

  private async runUnit<R>(unit: Unit<Tx>, work: () => Promise<R>): Promise<R> {
    try {
      const value = await this.ambient.run(unit, work);
      if (unit.failure !== undefined) throw unit.failure.error;
      return value;
    } finally {
      unit.ended = true;
    }
  }

  private start(follow: AfterCommit): void {
    const running = Promise.resolve()
      .then(follow)
      .catch((error: unknown) => this.connections.report(error, 'app'))
      .then(() => void this.following.delete(running));
    this.following.add(running);
  }
}

async function switchTo<Tx>({ client }: Unit<Tx>, tenantId: string): Promise<void> {
  await client.query({
    name: 'switch_tenant',
    text: `SELECT set_config('app.tenant_id', $1, true)`,
    values: [tenantId],
  });
}

function typed<Tx>({ tx }: Unit<Tx>): Tx {
  if (tx === undefined) throw new Error('The typed client cannot join a transaction of plain SQL');
  return tx;
}

async function join<Tx, R>(open: Unit<Tx>, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    open.failure ??= { error };
    throw error;
  }
}
