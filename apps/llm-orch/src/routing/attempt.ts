import type { BreakerCall } from '../breaker/breaker-call.js';
import type { AttemptHold } from '../budgets/attempt-ledger.js';
import type { BudgetedCall } from '../budgets/budget-errors.js';
import type { CompletionTarget } from '../inference/completion-plan.js';
import type { ProviderFault } from '../providers/provider-fault.js';

/** A model of any kind that can be tried. */
export interface AttemptTarget extends BudgetedCall {
  readonly provider: { readonly name: string };
  readonly contextWindowTokens: number;
}

/** An attempt as the answer lists it. */
export interface AttemptNote {
  readonly provider: string;
  readonly model: string;
  /** `answered`, `cancelled`, `failed`, or the kind of the fault. */
  outcome: string;
  latencyMs: number;
}

/** How an attempt ended that gave nothing. */
export interface LostAttempt<Target extends AttemptTarget = CompletionTarget> {
  readonly won: false;
  readonly target: Target;
  /** Undefined: it was broken off. */
  readonly fault: ProviderFault | undefined;
  readonly error: unknown;
}

/** An attempt that answers: whoever has it ends it. */
export interface WonAttempt<T, Target extends AttemptTarget = CompletionTarget> {
  readonly won: true;
  readonly value: T;
  readonly target: Target;
  readonly hold: AttemptHold;
  /** To be told how the attempt ended. */
  readonly call: BreakerCall;
  readonly note: AttemptNote;
}

export type Outcome<T, Target extends AttemptTarget = CompletionTarget> =
  WonAttempt<T, Target> | LostAttempt<Target>;

/** An attempt under way. */
export interface RunningAttempt<T, Target extends AttemptTarget = CompletionTarget> {
  readonly outcome: Promise<Outcome<T, Target>>;
  /** Breaks it off, because another one answered. */
  cancel(): void;
}

/** Kinds of failure that another model may not have. */
const ANOTHER_MAY_HELP = new Set([
  'rate_limited', 'overloaded', 'transport', 'timeout', 'server', 'auth', 'quota_exhausted', 'context_length',
]); // prettier-ignore
/** Kinds of failure that may pass by themselves. */
const MAY_PASS = new Set(['rate_limited', 'overloaded', 'transport']);

/** Whether another model may be asked after this failure. */
export function mayFallBack({ fault }: Pick<LostAttempt, 'fault'>): boolean {
  return fault !== undefined && ANOTHER_MAY_HELP.has(fault.kind);
}

/** Nobody waits longer for the same model; a wish for more is passed on to the caller. */
export const LONGEST_DELAY_MS = 5_000;

/** Whether the same model may be asked again: surely nothing was executed, and waiting a moment may help. */
export function mayRepeat({ fault }: Pick<LostAttempt, 'fault'>): boolean {
  if (fault === undefined || fault.executed !== 'no') return false;
  return MAY_PASS.has(fault.kind) && (fault.retryAfterMs ?? 0) <= LONGEST_DELAY_MS;
}

/** Whether `next` may do what `lost` could not: after a prompt that was too long, only a larger window. */
export function mayDoBetter(next: AttemptTarget, { fault, target }: LostAttempt<AttemptTarget>): boolean {
  return fault?.kind !== 'context_length' || next.contextWindowTokens > target.contextWindowTokens;
}
