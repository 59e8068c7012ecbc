import { isUuid } from '@eventzr/config';
import type pg from 'pg';
import type { SqlTx } from './sql.js';
import { Sql, sql } from './sql.js';

/**
 * Runs `work` on one connection in a transaction of `tenantId`, by the driver alone. What holds for the typed client's
 * transactions holds here: an error rolls back, and a connection that cannot even do that leaves the pool.
 */
export async function inSqlTransaction<R>(
  pool: pg.Pool,
  tenantId: string,
  work: (client: pg.PoolClient) => Promise<R>,
): Promise<R> {
  // The id enters the statement's text: BEGIN and set_config travel as one message, which takes no parameters.
  if (!isUuid(tenantId)) throw new TypeError('A tenant id must be a UUID');
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`);
    const value = await work(client);
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

/** Postgres answers COMMIT with ROLLBACK where a statement failed and its error was caught. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT')
    throw new Error('A failed statement was passed over: the transaction is rolled back');
}

/** The statements of libs on a plain connection. Values come as the driver reads them: a bigint is a text. */
export class PlainTx implements SqlTx {
  constructor(private readonly client: pg.PoolClient) {}

  async $queryRaw<T = unknown>(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<T> {
    return (await this.send(query, values)).rows as T;
  }

  async $executeRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<number> {
    return (await this.send(query, values)).rowCount ?? 0;
  }

  private send(query: TemplateStringsArray | Sql, values: readonly unknown[]) {
    const { text, values: given } = query instanceof Sql ? query : sql(query, ...values);
    return this.client.query({ text, values: given });
  }
}
