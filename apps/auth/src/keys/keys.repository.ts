import type { JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { AuthDb } from '../auth.db.js';

export interface KeyRow {
  readonly kid: string;
  readonly jwk: JsonWebKey;
  readonly privateSealed: string | null;
  readonly createdAt: Date;
  readonly activeFrom: Date | null;
  readonly retiredAt: Date | null;
}

export type NewKeyRow = Omit<KeyRow, 'retiredAt'>;

const COLUMNS =
  'kid, jwk, private_sealed AS "privateSealed", created_at AS "createdAt", active_from AS "activeFrom", retired_at AS "retiredAt"';
/** Held by whoever adds or rotates keys. */
const LOCK = 'eventzr signing keys';

/** The signing keys, which belong to the platform and to no tenant. */
@Injectable()
export class KeysRepository {
  constructor(private readonly db: AuthDb) {}

  /** Newest first; retired ones only when they were in use after `retiredSince`. */
  async list(retiredSince: Date): Promise<KeyRow[]> {
    const text = `SELECT ${COLUMNS} FROM signing_keys WHERE retired_at IS NULL OR retired_at > $1 ORDER BY created_at DESC, kid`;
    return (await this.db.pool.query<KeyRow>(text, [retiredSince])).rows;
  }

  /** Runs `work` on the living keys while no one else can change them. */
  async exclusively<R>(work: (keys: KeyRow[], store: KeyStore) => Promise<R>): Promise<R> {
    const client = await this.db.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [LOCK]);
      const { rows } = await client.query<KeyRow>(
        `SELECT ${COLUMNS} FROM signing_keys WHERE retired_at IS NULL`,
      );
      const result = await work(rows, new KeyStore(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  async purge(retiredBefore: Date): Promise<number> {
    return (
      (await this.db.pool.query('DELETE FROM signing_keys WHERE retired_at < $1', [retiredBefore]))
        .rowCount ?? 0
    );
  }
}

/** Changes to the keys inside the lock. */
export class KeyStore {
  constructor(private readonly client: PoolClient) {}

  async add({ kid, jwk, privateSealed, createdAt, activeFrom }: NewKeyRow): Promise<void> {
    const text =
      'INSERT INTO signing_keys (kid, jwk, private_sealed, created_at, active_from) VALUES ($1, $2, $3, $4, $5)';
    await this.client.query(text, [kid, JSON.stringify(jwk), privateSealed, createdAt, activeFrom]);
  }

  /** The key signs nothing any more, so its private part goes. */
  async retire(kid: string, now: Date): Promise<void> {
    await this.client.query('UPDATE signing_keys SET retired_at = $2, private_sealed = NULL WHERE kid = $1', [
      kid,
      now,
    ]);
  }

  async activate(kid: string, now: Date): Promise<void> {
    await this.client.query('UPDATE signing_keys SET active_from = $2 WHERE kid = $1', [kid, now]);
  }
}
