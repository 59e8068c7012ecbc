import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { SpendCeiling } from '../budgets/attempt-ledger.js';
import { AttemptLedger } from '../budgets/attempt-ledger.js';
import type { BreakerCall } from '../breaker/breaker-call.js';
import { Breakers } from '../breaker/breakers.js';
import { LlmOrchConfig } from '../config.js';
import type { CompletionTarget } from '../inference/completion-plan.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type {
  AttemptNote,
  AttemptTarget,
  LostAttempt,
  Outcome,
  RunningAttempt,
  WonAttempt,
} from './attempt.js';
import { LONGEST_DELAY_MS, mayDoBetter, mayFallBack, mayRepeat } from './attempt.js';
import { explained } from './attempt-errors.js';

/** Of one request, whatever they are for: retries, fallbacks and hedges together. */
const MOST_ATTEMPTS = 3;
const MOST_AT_ONE_MODEL = 2;
const FIRST_DELAY_MS = 250;
/** What an attempt may take of the time that is left while another model could still be asked. */
const SHARE_OF_TIME = 0.6;

/** Begins the work at a model; its answer is what makes the attempt a success. */
export type Begin<T, Target extends AttemptTarget = CompletionTarget> = (
  target: Target,
  signal: AbortSignal,
) => Promise<T>;

/** A model, and those that may be asked when it gives no answer. */
export type Tried<Target extends AttemptTarget> = Target & { readonly fallbacks: readonly Target[] };

/** What all attempts of one request share. */
export interface AttemptLimits {
  readonly deadline: Date;
  readonly ceiling: SpendCeiling | undefined;
  /** Aborted when the caller goes away. */
  readonly caller: AbortSignal | undefined;
  /** Aborted at the deadline and when the caller goes away. */
  readonly limit: AbortSignal;
}

export interface Won<T, Target extends AttemptTarget = CompletionTarget> extends WonAttempt<T, Target> {
  readonly attempts: readonly AttemptNote[];
}

/** A model with the call to it that its breaker let out. */
interface Admitted<Target> {
  readonly target: Target;
  readonly call: BreakerCall;
}

/** Asks one model after another until one answers, under one deadline, one ceiling and one budget of attempts. */
@Injectable()
export class Attempts {
  constructor(
    private readonly breakers: Breakers,
    private readonly ledger: AttemptLedger,
    private readonly clock: Clock,
    private readonly config: LlmOrchConfig,
  ) {}

  /**
   * The first answer. The attempt stays open: whoever gets it tells its `call` and the ledger how it ended.
   * @param discard ends an answer that came too late to be used
   * @throws PROVIDER_CIRCUIT_OPEN 503, PROVIDER_ERROR 502, INFERENCE_TIMEOUT 504, CONTEXT_OVERFLOW 400, REFUSED 422,
   * BUDGET_EXCEEDED 402; the reason of the caller's abort
   */
  async first<T, Target extends AttemptTarget>(
    plan: Tried<Target>,
    limits: AttemptLimits,
    begin: Begin<T, Target>,
    discard: (value: T) => void,
  ): Promise<Won<T, Target>> {
    const round = new Round(plan, limits, this.clock);
    let lost: LostAttempt<Target> | undefined;
    for (;;) {
      const next = await this.next(round, lost);
      if (next === undefined) throw this.nothingLeft(round, lost);
      if (lost !== undefined && round.tries(next.target) > 0) await pause(lost, round.limit);
      const outcome = await this.hedged(round, next, begin, discard);
      if (outcome.won) return { ...outcome, attempts: round.notes };
      lost = outcome;
      const goesOn = !round.limit.aborted && (mayFallBack(lost) || mayRepeat(lost));
      if (!goesOn) throw explained(lost, round.notes, limits);
    }
  }

  /** The next model that may be asked, let out by its breaker. */
  private async next<Target extends AttemptTarget>(
    round: Round<Target>,
    lost: LostAttempt<Target> | undefined,
  ): Promise<Admitted<Target> | undefined> {
    if (round.spent) return undefined;
    const better = (target: Target) => lost === undefined || mayDoBetter(target, lost);
    const fresh = round.targets.filter((target) => round.tries(target) === 0 && better(target));
    const again =
      lost !== undefined && mayRepeat(lost) && round.tries(lost.target) < MOST_AT_ONE_MODEL
        ? [lost.target]
        : [];
    for (const target of [...fresh, ...again]) {
      const call = await this.breakers.enter({ provider: target.provider.name, model: target.model });
      if (call !== undefined) return { target, call };
    }
    return undefined;
  }

  private nothingLeft(round: Round<AttemptTarget>, lost: LostAttempt<AttemptTarget> | undefined): Error {
    if (lost !== undefined) return explained(lost, round.notes, round.limits);
    const waits = round.targets.map(({ provider, model }) =>
      this.breakers.waitMs({ provider: provider.name, model }),
    );
    const retryAfterSeconds = Math.max(1, Math.ceil(Math.min(...waits) / 1000));
    return LlmErrors.PROVIDER_CIRCUIT_OPEN(null, { retryAfterSeconds });
  }

  /** One attempt and, when that is switched on and it is slow, a second one at another model beside it. */
  private async hedged<T, Target extends AttemptTarget>(
    round: Round<Target>,
    admitted: Admitted<Target>,
    begin: Begin<T, Target>,
    discard: (value: T) => void,
  ): Promise<Outcome<T, Target>> {
    const first = this.start(round, admitted, begin);
    const { hedgeAfterMs } = this.config;
    if (hedgeAfterMs === 0) return first.outcome;
    const slow = Symbol('slow');
    const sooner = await Promise.race([first.outcome, delay(hedgeAfterMs, slow, { ref: false })]);
    if (typeof sooner !== 'symbol') return sooner;
    const other = await this.next(round, undefined);
    if (other === undefined) return first.outcome;
    const second = this.start(round, other, begin);
    // A second attempt that no budget allows is no reason to give the first one up.
    const beside = second.outcome.catch((error: unknown): Outcome<T, Target> => ({
      won: false,
      target: other.target,
      fault: undefined,
      error,
    }));
    const winner = await Promise.race([first.outcome, beside]);
    const [rest, outcome] =
      winner.target === admitted.target ? ([second, beside] as const) : ([first, first.outcome] as const);
    if (!winner.won) return outcome;
    rest.cancel();
    void outcome.then((late) => {
      if (late.won) void this.tooLate(late, discard);
    });
    return winner;
  }

  private async tooLate<T>(
    { call, hold, note, value }: WonAttempt<T, AttemptTarget>,
    discard: (value: T) => void,
  ) {
    note.outcome = 'cancelled';
    discard(value);
    call.abandoned();
    await this.ledger.settle(hold, hold.boundMicroUsd);
  }

  private start<T, Target extends AttemptTarget>(
    round: Round<Target>,
    admitted: Admitted<Target>,
    begin: Begin<T, Target>,
  ): RunningAttempt<T, Target> {
    const own = round.controller();
    round.count(admitted.target);
    return {
      outcome: this.run(round, admitted, begin, own),
      cancel: () => own.abort(new Error('another one answered')),
    };
  }

  private async run<T, Target extends AttemptTarget>(
    round: Round<Target>,
    { target, call }: Admitted<Target>,
    begin: Begin<T, Target>,
    own: AbortController,
  ): Promise<Outcome<T, Target>> {
    const named = { provider: target.provider.name, model: target.model };
    const hold = await this.ledger.open(target, round.limits.ceiling).catch((error: unknown) => {
      call.abandoned();
      throw error;
    });
    const startedMs = this.clock.now().getTime();
    const note: AttemptNote = { ...named, outcome: 'answered', latencyMs: 0 };
    round.notes.push(note);
    const late = round.patience(target, own);
    try {
      const value = await begin(target, own.signal);
      return { won: true, value, target, hold, call, note };
    } catch (error) {
      const fault = faultOf(error, named.provider, round.limit.aborted ? round.limit : own.signal);
      note.outcome = fault?.kind ?? 'cancelled';
      if (fault === undefined) call.abandoned();
      else call.failed(fault);
      // What may have been executed stays counted at its bound.
      await this.ledger.settle(hold, fault?.executed === 'no' ? 0 : hold.boundMicroUsd);
      return { won: false, target, fault, error };
    } finally {
      clearTimeout(late);
      note.latencyMs = this.clock.now().getTime() - startedMs;
    }
  }
}

/** What the attempts of one request have in common. */
class Round<Target extends AttemptTarget> {
  readonly notes: AttemptNote[] = [];
  readonly targets: readonly Target[];
  private readonly counts = new Map<Target, number>();

  constructor(
    plan: Tried<Target>,
    readonly limits: AttemptLimits,
    private readonly clock: Clock,
  ) {
    this.targets = [plan, ...plan.fallbacks];
  }

  get limit(): AbortSignal {
    return this.limits.limit;
  }

  /** Of one attempt, which ends when the round does. */
  controller(): AbortController {
    const own = new AbortController();
    const { limit } = this;
    const end = (): void => own.abort(limit.reason);
    if (limit.aborted) end();
    else limit.addEventListener('abort', end, { once: true });
    return own;
  }

  get spent(): boolean {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0) >= MOST_ATTEMPTS;
  }

  tries(target: Target): number {
    return this.counts.get(target) ?? 0;
  }

  count(target: Target): void {
    this.counts.set(target, this.tries(target) + 1);
  }

  /** Ends a slow attempt while there is still time, and a model, for another. */
  patience(target: Target, attempt: AbortController): NodeJS.Timeout | undefined {
    const hasNext = !this.spent && this.targets.some((other) => other !== target && this.tries(other) === 0);
    if (!hasNext) return undefined;
    return setTimeout(
      () => attempt.abort(new ProviderFault({ provider: target.provider.name, kind: 'timeout' })),
      this.leftMs() * SHARE_OF_TIME,
    );
  }

  private leftMs(): number {
    return Math.max(0, this.limits.deadline.getTime() - this.clock.now().getTime());
  }
}

/** The fault behind an exception; undefined when it was broken off by us or by the caller. */
function faultOf(error: unknown, provider: string, aborted: AbortSignal): ProviderFault | undefined {
  if (error instanceof ProviderFault) return error;
  if (!aborted.aborted) {
    // An adapter lets nothing else through: a defect of ours, of unknown outcome.
    return new ProviderFault({ provider, kind: 'server' }, 'the adapter failed', { cause: error });
  }
  const { name } = aborted.reason as Error;
  return name === 'TimeoutError' ? new ProviderFault({ provider, kind: 'timeout' }) : undefined;
}

/** Waits as long as the provider asked, within bounds, or a short moment with jitter. */
async function pause({ fault }: Pick<LostAttempt, 'fault'>, signal: AbortSignal): Promise<void> {
  const wished = fault?.retryAfterMs ?? 0;
  const ms = Math.min(LONGEST_DELAY_MS, Math.max(wished, FIRST_DELAY_MS * (0.5 + Math.random())));
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
