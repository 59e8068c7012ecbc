import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger, currentContext, currentPrincipal } from '@eventzr/http';
import { LlmOrchConfig } from '../config.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { Completion } from '../providers/completion.js';
import { hashEmbedding, similarity } from '../providers/local/vectors/hash-embedding.js';
import type { CacheableWish, CacheKey } from './cache-key.js';
import { cacheKeyOf } from './cache-key.js';
import { mayBeKept, mayUseCache } from './cache-rules.js';
import type { CachedEntry } from './cached-completions.repository.js';
import { CachedCompletionsRepository } from './cached-completions.repository.js';

/** Below this, prompts of one meaning are spelled so differently that we would rather ask again. Callers can only raise it. */
export const LOWEST_SIMILARITY = 0.9;

export type CacheOutcome = 'HIT-exact' | 'HIT-semantic' | 'MISS' | 'BYPASS';

/** What the cache knows about a wish. */
export interface CacheLookup {
  readonly outcome: CacheOutcome;
  /** Of a hit: the answer, without usage of its own. */
  readonly completion?: Completion;
  /** Of a hit: cosine of the two prompts, 1 for the same one. */
  readonly similarity?: number;
  /** Of a miss: where the answer belongs. */
  readonly key?: CacheKey;
}

const BYPASS: CacheLookup = { outcome: 'BYPASS' };
const NOTHING_USED = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, source: 'counted' } as const;

/**
 * Answers that may be given again, to the same tenant alone. A cache that cannot be reached costs a caller nothing but
 * the time saved.
 */
@Injectable()
export class CompletionCache {
  constructor(
    private readonly db: LlmOrchDb,
    private readonly entries: CachedCompletionsRepository,
    private readonly config: LlmOrchConfig,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** What stands for `wish` as this provider's model would answer it. */
  async find(wish: CacheableWish, scope: { provider: string; model: string }): Promise<CacheLookup> {
    if (this.config.completionCache === 'off' || !mayUseCache(wish) || refused()) return BYPASS;
    const { tenantId } = currentPrincipal();
    const day = this.clock.now().toISOString().slice(0, 10);
    const whole = cacheKeyOf(wish, { ...scope, locale: locale(), day });
    const key = wish.cache === 'exact' ? { ...whole, meaning: undefined } : whole;
    try {
      const found = await this.db.withTenant((tx) => this.entries.find(tx, tenantId, key), tenantId);
      return hitAmong(found, key, wish.cacheMinSimilarity) ?? { outcome: 'MISS', key: whole };
    } catch (error) {
      this.logger.warn({ err: error }, 'the completion cache cannot be read');
      return BYPASS;
    }
  }

  /** Keeps the answer to a wish that was missed, unless it must not be given again. */
  async store({ key }: CacheLookup, completion: Completion): Promise<void> {
    if (key === undefined || !mayBeKept(completion)) return;
    const { tenantId } = currentPrincipal();
    const ttlMs = this.config.completionCacheTtlSeconds * 1000;
    const entry = { vector: hashEmbedding(key.prompt), completion, ttlMs };
    await this.db
      .withTenant(async (tx) => {
        await this.entries.store(tx, tenantId, key, entry);
        await this.entries.trim(tx, tenantId, this.config.completionCacheEntries);
      }, tenantId)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'an answer could not be cached'));
  }

  /** Forgets all of the caller's tenant's answers; says how many there were. */
  clear(): Promise<number> {
    const { tenantId } = currentPrincipal();
    return this.db.withTenant((tx) => this.entries.clear(tx, tenantId), tenantId);
  }
}

function hitAmong(found: readonly CachedEntry[], { prompt }: CacheKey, wished = 0): CacheLookup | undefined {
  const [first] = found;
  if (first?.exact === true) return hit('HIT-exact', first, 1);
  if (first === undefined) return undefined;
  const vector = hashEmbedding(prompt);
  const scored = found.map((entry) => ({ entry, near: Math.min(1, similarity(vector, entry.vector)) }));
  const best = scored.reduce((a, b) => (b.near > a.near ? b : a));
  return best.near < Math.max(LOWEST_SIMILARITY, wished)
    ? undefined
    : hit('HIT-semantic', best.entry, best.near);
}

function hit(outcome: CacheOutcome, { completion }: CachedEntry, near: number): CacheLookup {
  return { outcome, completion: { ...(completion as Completion), usage: NOTHING_USED }, similarity: near };
}

/** As HTTP says it, for clients that cannot write `cache`. */
function refused(): boolean {
  return /\bno-(?:cache|store)\b/i.test(String(currentContext()?.headers['cache-control'] ?? ''));
}

function locale(): string {
  const accepted = currentContext()?.headers['accept-language'];
  return /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)/i.exec(String(accepted ?? ''))?.[1]?.toLowerCase() ?? '';
}
