import type { CacheWish } from '../cache/cache-key.js';
import type { ModelPrice } from '../providers/price-table.js';
import type { CompletionMessage, TextProvider } from '../providers/text-provider.js';
import type { UseCase } from '../providers/use-cases.js';

/** What a caller wants, whichever route it came by. */
export interface CompletionWish extends CacheWish {
  readonly messages: readonly CompletionMessage[];
  readonly maxTokens: number;
  readonly useCase?: UseCase;
  readonly model?: string;
  readonly provider?: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly responseFormat?: 'text' | 'json';
}

/** A wish with everything decided that decides what it can cost. */
export interface CompletionPlan {
  readonly wish: CompletionWish;
  readonly provider: TextProvider;
  readonly model: string;
  readonly requestedProvider: string | undefined;
  /** Undefined: not in the price table, so unusable under a ceiling. */
  readonly price: ModelPrice | undefined;
  /** The most that one attempt can cost, in micro-USD; 0 where the price is unknown. */
  readonly boundMicroUsd: number;
  readonly inputTokensBound: number;
}
