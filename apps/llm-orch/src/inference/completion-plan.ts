import type { BudgetedCall } from '../budgets/budget-errors.js';
import type { CompletionMessage, CompletionRequest } from '../providers/completion.js';
import type { TextProvider } from '../providers/text-provider.js';
import type { UseCase } from '../providers/use-cases.js';

/** What a caller wants, whichever route it came by. */
export interface CompletionWish extends Omit<CompletionRequest, 'model' | 'idempotencyKey' | 'messages'> {
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
}
