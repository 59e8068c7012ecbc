import { isUuid } from '@eventzr/config';
import type pg from 'pg';
import type { SqlTx } from './sql.js';
import { Sql, sql } from './sql.js';

/** As the typed client's: a pool of a few connections cannot wait for work that hangs. */
const LIMIT_MS = 15_000;

/**
 * Runs `work` on one connection in a transaction of `tenantId`, by the driver alone. What holds for the typed client's
 * transactions holds here: an error rolls back, a connection that cannot even do that leaves the pool, work that takes
 * too long is rolled back, and what comes after the end is refused, since by then the connection is somebody else's.
 * @param limitMs how long `work` may take
 */
export async function inSqlTransaction<R>(
  pool: pg.Pool,
  tenantId: string,
  work: (tx: PlainTx) => Promise<R>,
  limitMs = LIMIT_MS,
): Promise<R> {
  // The id enters the statement's text: BEGIN and set_config travel as one message, which takes no parameters.
  if (!isUuid(tenantId)) throw new TypeError('A tenant id must be a UUID');
  const client = await pool.connect();
  const tx = new PlainTx(client);
  try {
    await client.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`);
    const value = await within(limitMs, work(tx)).finally(() => tx.end());
    await commit(client);
    client.release();
    return value;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

async function within<R>(limitMs: number, work: Promise<R>): Promise<R> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`A transaction took longer than ${limitMs} ms`)),
    limitMs,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Postgres answers COMMIT with ROLLBACK where a statement failed and its error was caught. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT')
    throw new Error('A failed statement was passed over: the transaction is rolled back');
}

/** The statements of libs on a plain connection. Values come as the driver reads them: a bigint is a text. */
export class PlainTx implements SqlTx {
  private over = false;

  constructor(readonly client: pg.PoolClient) {}

  get ended(): boolean {
    return this.over;
  }

  /** Whatever is asked from here on is refused. */
  end(): void {
    this.over = true;
  }

  async $queryRaw<T = unknown>(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<T> {
    return (await this.send(query, values)).rows as T;
  }

  async $executeRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<number> {
    return (await this.send(query, values)).rowCount ?? 0;
  }

  private send(query: TemplateStringsArray | Sql, values: readonly unknown[]) {
    if (this.over) throw new Error('The transaction is over');
    const { text, values: given } = query instanceof Sql ? query : sql(query, ...values);
    return this.client.query({ text, values: given });
  }
}
