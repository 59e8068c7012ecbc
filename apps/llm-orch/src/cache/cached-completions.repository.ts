import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import type { Prisma } from '../generated/prisma/client.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import type { CacheKey } from './cache-key.js';

/** Same meaning, same partition: more than a few only differ in their spelling. */
const MOST_CANDIDATES = 4;

export interface CachedEntry {
  readonly exact: boolean;
  readonly vector: readonly number[];
  readonly completion: unknown;
}

export interface NewEntry {
  readonly vector: readonly number[];
  readonly completion: object;
  readonly ttlMs: number;
}

/** The only file that touches `cached_completions`. */
@Injectable()
export class CachedCompletionsRepository {
  constructor(private readonly clock: Clock) {}

  /** The entry of the exact key, or those that mean the same in the same partition, newest first. */
  async find(
    tx: LlmOrchTx,
    tenantId: string,
    { exactKey, partition, meaning }: CacheKey,
  ): Promise<CachedEntry[]> {
    const alive = { expiresAt: { gt: this.clock.now() } };
    const select = { vector: true, completion: true };
    const exact = await tx.cachedCompletion.findFirst({ where: { tenantId, exactKey, ...alive }, select });
    if (exact !== null) return [entryOf(exact, true)];
    if (meaning === undefined) return [];
    const alike = await tx.cachedCompletion.findMany({
      where: { tenantId, ...partition, meaning, ...alive },
      select,
      orderBy: { createdAt: 'desc' },
      take: MOST_CANDIDATES,
    });
    return alike.map((row) => entryOf(row, false));
  }

  /** Keeps an answer; one under the same key is replaced. */
  async store(
    tx: LlmOrchTx,
    tenantId: string,
    { exactKey, partition, meaning }: CacheKey,
    entry: NewEntry,
  ): Promise<void> {
    const createdAt = this.clock.now();
    const row: Omit<Prisma.CachedCompletionUncheckedCreateInput, 'tenantId' | 'id' | 'exactKey'> = {
      ...partition,
      meaning: meaning ?? null,
      vector: bytesOf(entry.vector),
      completion: entry.completion,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + entry.ttlMs),
    };
    await tx.cachedCompletion.upsert({
      where: { tenantId_exactKey: { tenantId, exactKey } },
      create: { tenantId, id: newId(this.clock), exactKey, ...row },
      update: row,
      select: { id: true },
    });
  }

  /** Drops the oldest beyond the newest `most`. */
  async trim(tx: LlmOrchTx, tenantId: string, most: number): Promise<void> {
    const [last] = await tx.cachedCompletion.findMany({
      where: { tenantId },
      orderBy: { createdAt: 'desc' },
      select: { createdAt: true },
      skip: most,
      take: 1,
    });
    if (last === undefined) return;
    await tx.cachedCompletion.deleteMany({ where: { tenantId, createdAt: { lte: last.createdAt } } });
  }

  async clear(tx: LlmOrchTx, tenantId: string): Promise<number> {
    const { count } = await tx.cachedCompletion.deleteMany({ where: { tenantId } });
    return count;
  }

  async removeExpired(tx: LlmOrchTx): Promise<number> {
    const { count } = await tx.cachedCompletion.deleteMany({
      where: { expiresAt: { lte: this.clock.now() } },
    });
    return count;
  }
}

function entryOf(row: { vector: Uint8Array; completion: unknown }, exact: boolean): CachedEntry {
  const bytes = Uint8Array.from(row.vector).buffer;
  return { exact, vector: [...new Float32Array(bytes)], completion: row.completion };
}

function bytesOf(vector: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Float32Array.from(vector).buffer);
}
