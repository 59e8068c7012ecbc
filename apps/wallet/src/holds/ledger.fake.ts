import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestDatabase } from '@eventzr/testing';

const SERVICE = 'studio';
export const LEDGER_DAY = 24 * 3_600_000;
/** When every harness begins. */
export const LEDGER_START = Date.UTC(2026, 0, 15, 9);

/** Many connections of the service's own role. */
export function ledgerPool({ environment }: TestDatabase, connections: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: environment['DATABASE_URL'], max: connections });
  // `end` resolves before the connections are closed; dropping the database cuts those that are not yet.
  pool.on('error', () => undefined);
  return pool;
}

/** What the ledger's functions answer. */
export interface LedgerAnswer {
  readonly outcome: string;
  readonly state?: string;
  readonly captured?: number;
  readonly uncollected?: number;
  readonly field?: string | null;
  readonly walletId?: string;
  readonly available?: number;
}

export interface LedgerQuote {
  readonly walletId: string;
  readonly available: number;
  readonly sufficient: boolean;
}

export interface LedgerFinding {
  readonly severity: string;
  readonly rule: string;
}

/** One tenant's ledger, called as wallet-svc does: one statement per move, from any connection of the pool. */
export class LedgerHarness {
  readonly tenant = randomUUID();
  readonly team = randomUUID();
  now = LEDGER_START;

  constructor(private readonly pool: pg.Pool) {}

  private async call<T>(name: string, values: readonly unknown[]): Promise<T> {
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    const { rows } = await this.pool.query<{ answer: T }>(`SELECT ${name}(${places}) AS answer`, [...values]);
    return rows[0]?.answer as T;
  }

  private get instant(): Date {
    return new Date(this.now);
  }

  item(owner: LedgerOwner, id: string, amount: number, changes: object = {}): object {
    const deadline = new Date(LEDGER_START + LEDGER_DAY).toISOString();
    return {
      n: 0, id, service: SERVICE, userId: owner.user, userWallet: owner.wallet, teamWallet: this.team, choice: null,
      operation: 'images.generate', referenceId: 'r', amount, deadline, expiresAt: deadline, roles: ['user'], ...changes,
    }; // prettier-ignore
  }

  async reserve(owner: LedgerOwner, id: string, amount: number, changes: object = {}): Promise<LedgerAnswer> {
    const [answer] = await this.reserveMany([this.item(owner, id, amount, changes)]);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }

  reserveMany(items: readonly object[]): Promise<LedgerAnswer[]> {
    return this.call('reserve', [this.tenant, this.instant, JSON.stringify(items)]);
  }

  capture(id: string, amount: number, service = SERVICE): Promise<LedgerAnswer> {
    return this.call('capture', [this.tenant, this.instant, service, id, amount]);
  }

  release(id: string, service = SERVICE): Promise<LedgerAnswer> {
    return this.call('release', [this.tenant, this.instant, service, id]);
  }

  expire(id: string): Promise<boolean> {
    return this.call('expire_hold', [
      this.tenant,
      new Date(Math.max(this.now, LEDGER_START + LEDGER_DAY)),
      id,
    ]);
  }

  topUp(
    owner: LedgerOwner,
    amount: number,
    options: {
      expiresAt?: Date;
      priority?: number;
      promotional?: boolean;
      transfer?: string;
      team?: boolean;
    } = {},
  ): Promise<LedgerAnswer> {
    const {
      expiresAt = null,
      priority = 100,
      promotional = false,
      transfer = randomUUID(),
      team = false,
    } = options;
    const wallet = team ? this.team : owner.wallet;
    return this.call('issue', [
      this.tenant, this.instant, wallet, team ? 'team' : 'user', team ? this.tenant : owner.user, transfer, 'top_up', amount,
      'top_up', null, priority, promotional, expiresAt, 'system', null,
    ]); // prettier-ignore
  }

  expireGrants(owner: LedgerOwner): Promise<string> {
    return this.expireGrantsOf(owner.wallet);
  }

  /** As the sweep does for a hold whose time is over by now. */
  expireDue(id: string): Promise<boolean> {
    return this.call('expire_hold', [this.tenant, this.instant, id]);
  }

  expireGrantsOf(wallet: string): Promise<string> {
    return this.call('expire_grants', [this.tenant, this.instant, wallet]);
  }

  refund(of: string, amount: number | null, transfer: string = randomUUID()): Promise<LedgerAnswer> {
    return this.call('refund', [this.tenant, this.instant, of, transfer, amount, 'system', null]);
  }

  find(id: string): Promise<LedgerAnswer | null> {
    return this.call('find_hold', [this.tenant, id]);
  }

  /** Which wallet would pay, as the estimates of other services ask. */
  quote(owner: LedgerOwner, amount: number, roles: readonly string[] = ['user']): Promise<LedgerQuote> {
    return this.call('quote', [
      this.tenant,
      this.instant,
      owner.user,
      owner.wallet,
      this.team,
      null,
      roles,
      amount,
    ]);
  }

  async freeze(wallet: string, frozen: boolean): Promise<void> {
    await this.rows('UPDATE wallets SET frozen = $2 WHERE id = $1', [wallet, frozen]);
  }

  async policy(roles: readonly string[], dailyCapCredits: number | null): Promise<void> {
    await this.rows(
      `INSERT INTO team_policies VALUES ($1, $2, $3, $1, now())
       ON CONFLICT (tenant_id) DO UPDATE SET roles = excluded.roles, daily_cap_credits = excluded.daily_cap_credits`,
      [this.tenant, roles, dailyCapCredits],
    );
  }

  /** Rows as the app role sees them under this tenant. */
  async rows<T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [this.tenant]);
      const { rows } = await client.query<T>(sql, [...values]);
      await client.query('COMMIT');
      return rows;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  findings(): Promise<LedgerFinding[]> {
    return this.rows<LedgerFinding & pg.QueryResultRow>(
      'SELECT severity, rule FROM ledger_findings($1) UNION ALL SELECT severity, rule FROM refund_findings()',
      [this.instant],
    );
  }

  async balance(owner: LedgerOwner): Promise<LedgerBalance> {
    const { available = 0, held = 0 } = (await this.wallets())[owner.wallet] ?? {};
    return { available, held };
  }

  /** Every wallet of the tenant, with what is left of each grant that has anything left. */
  async wallets(): Promise<Record<string, LedgerWallet>> {
    const rows = await this.rows<{ id: string; wallet: LedgerWallet }>(
      `SELECT w.id, jsonb_build_object('available', w.available, 'held', w.held, 'grants', coalesce(
                (SELECT jsonb_object_agg(g.id, g.remaining) FROM grants g WHERE g.wallet_id = w.id AND g.remaining > 0), '{}')) AS wallet
         FROM wallets w`,
    );
    return Object.fromEntries(rows.map(({ id, wallet }) => [id, wallet]));
  }

  /** The transfer that charged a hold. */
  async chargeOf(hold: string): Promise<string | undefined> {
    const [row] = await this.rows<{ id: string }>(
      `SELECT id FROM transfers WHERE hold_id = $1 AND kind IN ('capture', 'late_capture')`,
      [hold],
    );
    return row?.id;
  }
}

export interface LedgerBalance {
  readonly available: number;
  readonly held: number;
}

export interface LedgerWallet extends LedgerBalance {
  readonly grants: Readonly<Record<string, number>>;
}

/** A user with a wallet. */
export interface LedgerOwner {
  readonly user: string;
  readonly wallet: string;
}

export const newLedgerOwner = (): LedgerOwner => ({ user: randomUUID(), wallet: randomUUID() });
