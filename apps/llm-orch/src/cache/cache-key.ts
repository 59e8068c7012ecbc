import { createHash } from 'node:crypto';
import { canonicalJson } from '@eventzr/idempotency';
import type { CompletionRequest } from '../providers/completion.js';
import { EMBEDDER } from '../providers/local/vectors/local-embedding-provider.js';
import { meaningOf } from './prompt-meaning.js';

/** How a caller wants the cache to be used. */
export interface CacheWish {
  /** Default `on`; `exact`: no answers to other words of the same meaning. */
  readonly cache?: 'on' | 'exact' | 'off';
  /** Raises the similarity that an answer to other words needs; a lower one than ours is ignored. */
  readonly cacheMinSimilarity?: number;
}

/** Everything that decides an answer, and how the cache may be used for it. */
export type CacheableWish = Omit<CompletionRequest, 'idempotencyKey' | 'model'> & CacheWish;

/** Who will answer, and for whom. */
export interface CacheScope {
  readonly provider: string;
  readonly model: string;
  /** The caller's first `Accept-Language`; empty: none was named. */
  readonly locale: string;
  /** UTC date: answers to "next Friday" are not for tomorrow. */
  readonly day: string;
}

/** Between entries of different partitions there is no similarity. The tenant leads every index. */
export interface CachePartition {
  readonly useCase: string;
  readonly provider: string;
  readonly model: string;
  readonly systemHash: string;
  readonly toolsHash: string;
  readonly embedder: string;
  readonly locale: string;
  readonly settingsHash: string;
}

export interface CacheKey {
  readonly exactKey: string;
  readonly partition: CachePartition;
  /** What the last message asks, see `meaningOf`; undefined: the entry is only found by its exact key. */
  readonly meaning: string | undefined;
  readonly prompt: string;
}

/** The keys of a wish. Fields that are added to a request later count by themselves: only what is named is left out. */
export function cacheKeyOf(wish: CacheableWish, scope: CacheScope): CacheKey {
  const { cache: _use, cacheMinSimilarity: _bar, ...decisive } = wish;
  const { messages, tools = [], useCase = 'general', ...settings } = decisive;
  const last = messages.at(-1);
  const asked = last?.role === 'user' ? last.content : undefined;
  const system = messages.filter(({ role }) => role === 'system');
  const earlier = messages.slice(0, -1).filter(({ role }) => role !== 'system');
  return {
    exactKey: hashOf({ decisive, scope }),
    partition: {
      useCase,
      provider: scope.provider,
      model: scope.model,
      systemHash: hashOf(system),
      toolsHash: hashOf(tools),
      embedder: EMBEDDER,
      locale: scope.locale,
      settingsHash: hashOf({ settings, earlier, day: scope.day }),
    },
    meaning: asked === undefined ? undefined : meaningOf(asked),
    prompt: asked ?? '',
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
