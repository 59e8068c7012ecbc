import type { BudgetedCall } from '../budgets/budget-errors.js';
import type { CacheWish } from '../cache/cache-key.js';
import type { CacheLookup } from '../cache/completion-cache.js';
import type { Completion, CompletionMessage, CompletionRequest } from '../providers/completion.js';
import type { TextProvider } from '../providers/text-provider.js';
import type { UseCase } from '../providers/use-cases.js';
import type { ReportedCall } from '../reports/call-reports.js';

/** What a caller wants, whichever route it came by. */
export interface CompletionWish
  extends Omit<CompletionRequest, 'model' | 'idempotencyKey' | 'messages'>, CacheWish {
  readonly messages: readonly CompletionMessage[];
  readonly useCase?: UseCase;
  readonly model?: string;
  readonly provider?: string;
}

/** A model that may answer, with what one attempt at it can cost at most (0 where its price is unknown). */
export interface CompletionTarget extends BudgetedCall {
  readonly provider: TextProvider;
  readonly contextWindowTokens: number;
}

/** A wish with everything decided that decides what it can cost: its own target is asked first. */
export interface CompletionPlan extends CompletionTarget {
  readonly wish: CompletionWish;
  readonly requestedProvider: string | undefined;
  /** Asked in this order when the ones before give no answer; none when the caller chose. */
  readonly fallbacks: readonly CompletionTarget[];
  /** Absent: the cache was not asked. */
  readonly cache?: CachePlan;
}

/** What the cache has to do with a plan. */
export interface CachePlan {
  readonly lookup: CacheLookup;
  /** What an answer says about it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Takes a whole answer that was paid for. Never throws. */
  keep(run: { readonly completion: Completion; readonly target: CompletionTarget }): Promise<void>;
}

/** A plan as reports name its call. */
export function reportedAs({ provider, model, wish }: CompletionPlan): ReportedCall {
  return { provider, model, useCase: wish.useCase ?? 'general' };
}
