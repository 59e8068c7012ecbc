import { AsyncLocalStorage } from 'node:async_hooks';
import { isUuid } from '@eventzr/config';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** A function of the database with one jsonb argument. */
export interface FirstCall {
  /** Fixed text: it enters the statement as it stands. */
  readonly name: string;
  readonly argument: object;
}

/** A transaction about to begin: its tenant, and the connection once it has one. */
interface Beginning {
  readonly tenantId: string;
  readonly first: FirstCall | undefined;
  client: pg.PoolClient | undefined;
  answer: unknown;
}

/** A transaction that has begun. */
export interface Begun {
  readonly client: pg.PoolClient;
  /** What the first call returned. */
  readonly answer: unknown;
}

const beginning = new AsyncLocalStorage<Beginning>();

/**
 * Runs `open`, so that the transaction it starts belongs to `tenantId` from its first statement on.
 * @param first is called in the message that begins the transaction
 */
export function beginAs<R>(tenantId: string, open: () => Promise<R>, first?: FirstCall): Promise<R> {
  // The id enters the statement's text: BEGIN and set_config travel as one message, which takes no parameters.
  if (!isUuid(tenantId)) throw new TypeError('A tenant id must be a UUID');
  return beginning.run({ tenantId, first, client: undefined, answer: undefined }, open);
}

/** The transaction of the surrounding `beginAs`. */
export function begun(): Begun {
  const { client, answer } = beginning.getStore() ?? {};
  if (client === undefined) throw new Error('No transaction has begun here');
  return { client, answer };
}

/**
 * Prisma's driver for Postgres, narrowed to transactions of one tenant: BEGIN carries the tenant in the same round
 * trip, and whatever would run outside of such a transaction is refused. It relies on adapter-pg sending the text
 * `BEGIN` on a connection of its pool; when a new version does otherwise, no transaction starts.
 */
export class TenantAdapter extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    const outside = (): Promise<never> => Promise.reject(new Error('Queries run inside withTenant only'));
    const narrowed: Adapter = Object.assign(Object.create(adapter) as Adapter, {
      queryRaw: outside,
      executeRaw: outside,
      executeScript: outside,
    });
    narrowed.startTransaction = (isolation) => startAs(adapter, beginning.getStore(), isolation);
    return narrowed;
  }
}

async function startAs(
  adapter: Adapter,
  start: Beginning | undefined,
  isolation: Parameters<Adapter['startTransaction']>[0],
) {
  if (start === undefined) throw new Error('Transactions start through withTenant only');
  const pool = adapter.underlyingDriver() as Pick<pg.Pool, 'connect'>;
  const began = { yes: false };
  const connect = async (): Promise<pg.PoolClient> => {
    start.client = await pool.connect();
    return rewriteBegin(start.client, start, began);
  };
  const once: Adapter = Object.assign(Object.create(adapter) as Adapter, { client: { connect } });
  const transaction = await once.startTransaction(isolation);
  if (began.yes) return transaction;
  await transaction.rollback();
  throw new Error('This version of @prisma/adapter-pg does not begin transactions as expected: pin 7.10.1');
}

/** Replaces the next statement, if it is BEGIN, and leaves the connection as it was. */
function rewriteBegin(client: pg.PoolClient, start: Beginning, began: { yes: boolean }): pg.PoolClient {
  // Put back as it was, which need not be the prototype's: drivers are instrumented this way.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const original = client.query;
  const send = original.bind(client) as (statement: unknown) => Promise<unknown>;
  const rewriting = async (statement: { text?: string }): Promise<unknown> => {
    client.query = original;
    if (statement.text !== 'BEGIN') return send(statement);
    began.yes = true;
    const results = (await send(openingOf(start))) as pg.QueryResult<{ answer: unknown }>[];
    start.answer = results[2]?.rows[0]?.answer;
    return results[0];
  };
  client.query = rewriting as typeof client.query;
  return client;
}

function openingOf({ tenantId, first }: Beginning): string {
  const opening = `BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`;
  if (first === undefined) return opening;
  return `${opening}; SELECT ${first.name}(${pg.escapeLiteral(JSON.stringify(first.argument))}::jsonb) AS answer`;
}
