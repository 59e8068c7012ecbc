import type { AttemptHold } from '../budgets/attempt-ledger.js';
import type { CompletionTarget } from '../inference/completion-plan.js';
import type { ProviderFault } from '../providers/provider-fault.js';

/** An attempt as the answer lists it. */
export interface AttemptNote {
  readonly provider: string;
  readonly model: string;
  /** `answered`, `cancelled`, `failed`, or the kind of the fault. */
  outcome: string;
  latencyMs: number;
}

/** How an attempt ended that gave nothing. */
export interface LostAttempt {
  readonly won: false;
  readonly target: CompletionTarget;
  /** Undefined: it was broken off. */
  readonly fault: ProviderFault | undefined;
  readonly error: unknown;
}

/** An attempt that answers: whoever has it ends it. */
export interface WonAttempt<T> {
  readonly won: true;
  readonly value: T;
  readonly target: CompletionTarget;
  readonly hold: AttemptHold;
  readonly note: AttemptNote;
}

export type Outcome<T> = WonAttempt<T> | LostAttempt;

/** An attempt under way. */
export interface RunningAttempt<T> {
  readonly outcome: Promise<Outcome<T>>;
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
export function mayFallBack({ fault }: LostAttempt): boolean {
  return fault !== undefined && ANOTHER_MAY_HELP.has(fault.kind);
}

/** Whether the same model may be asked again: surely nothing was executed, and waiting may help. */
export function mayRepeat({ fault }: LostAttempt): boolean {
  return fault !== undefined && fault.executed === 'no' && MAY_PASS.has(fault.kind);
}

/** Whether `next` may do what `lost` could not: after a prompt that was too long, only a larger window. */
export function mayDoBetter(next: CompletionTarget, { fault, target }: LostAttempt): boolean {
  return fault?.kind !== 'context_length' || next.contextWindowTokens > target.contextWindowTokens;
}
