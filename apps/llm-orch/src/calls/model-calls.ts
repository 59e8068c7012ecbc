import { Injectable } from '@nestjs/common';
import type { SqlTx } from '@eventzr/db';
import { Clock, newId } from '@eventzr/config';
import { budgetCeilingMicroUsd, CatalogueError, currentContext, currentPrincipal } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { assertAffordable } from '../budgets/budget-errors.js';
import { LlmErrors } from '../llm-orch.errors.js';
import type { ModelProvider } from '../providers/model-provider.js';
import { PRICE_VERSION } from '../providers/price-table.js';
import { costMicroUsd } from '../providers/prices.js';
import { TimeLimit } from '../providers/time-limit.js';
import { CallReports } from '../reports/call-reports.js';
import { Attempts } from '../routing/attempts.js';
import type { Won } from '../routing/attempts.js';
import type { FreeSlot } from '../routing/fair-slots.js';
import { TenantSlots } from '../routing/tenant-slots.js';
import { UsageLog } from '../usage/usage-log.js';
import type { UsageRecord } from '../usage/usage-record.js';
import { CallPayment } from './call-payment.js';
import type { CallAccount } from './call-payment.js';
import type { CallTarget, CallUsage, ModelCall } from './model-call.js';

const MICROS_PER_USD = 1_000_000;

/** What every such call answers beside its result. */
export interface CallFacts {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  readonly requestedProvider?: string;
  readonly usage: {
    readonly inputTokens: number;
    readonly totalTokens: number;
    readonly source: CallUsage['source'];
  };
  readonly costUsd: number;
  readonly credits: { readonly held: number; readonly charged: number };
  readonly latencyMs: number;
}

/** How an answer is made of a result; what it writes commits with it. */
export type AnswerOf<Result> = (result: Result, facts: CallFacts, tx: SqlTx) => Promise<object>;

/** Calls that write no text, made like completions: bound, hold, work, settlement, record. */
@Injectable()
export class ModelCalls {
  constructor(
    private readonly payment: CallPayment,
    private readonly attempts: Attempts,
    private readonly slots: TenantSlots,
    private readonly usage: UsageLog,
    private readonly reports: CallReports,
    private readonly clock: Clock,
  ) {}

  /** @throws BUDGET_EXCEEDED 402, PRICE_UNKNOWN 400, INSUFFICIENT_CREDITS 402, the call's own errors */
  make<Provider extends ModelProvider, Result>(
    call: ModelCall<Provider, Result>,
    answer: AnswerOf<Result>,
  ): Promise<Finished<object>> {
    const { provider, model } = call.target;
    const reported = { provider, model, useCase: call.operation };
    return this.reports.watched(reported, () => this.made(call, answer));
  }

  private async made<Provider extends ModelProvider, Result>(
    call: ModelCall<Provider, Result>,
    answer: AnswerOf<Result>,
  ): Promise<Finished<object>> {
    const ceilingMicroUsd = budgetCeilingMicroUsd();
    assertAffordable(call.target, ceilingMicroUsd);
    const account = await this.payment.open(call.operation, call.credits, ceilingMicroUsd);
    const startedMs = this.now();
    let won: Won<Result, CallTarget<Provider>> | undefined;
    try {
      won = await this.send(call, account);
      const ended = { call, account, won, id: newId(this.clock), latencyMs: this.now() - startedMs };
      const { value, hold } = won;
      const facts = factsOf(ended);
      const finished = await account.finish(hold, costOf(ended), (tx) => answer(value, facts, tx));
      await this.usage.add(recordOf(ended, this.clock.now()));
      return finished;
    } catch (error) {
      await account.giveBack(won?.hold, won === undefined ? 0 : won.hold.boundMicroUsd);
      throw explained(error, call);
    }
  }

  private async send<Provider extends ModelProvider, Result>(
    call: ModelCall<Provider, Result>,
    { operationId, deadline, ceiling }: CallAccount,
  ): Promise<Won<Result, CallTarget<Provider>>> {
    const caller = currentContext()?.signal;
    const limit = new TimeLimit(deadline.getTime() - this.now(), caller);
    let free: FreeSlot | undefined;
    try {
      free = await this.slots.take(limit.signal);
      const won = await this.attempts.first<Result, CallTarget<Provider>>(
        { ...call.target, fallbacks: [] },
        { deadline, ceiling, caller, limit: limit.signal },
        (_target, signal) => call.send(operationId, signal),
        () => undefined,
      );
      won.call.succeeded();
      return won;
    } finally {
      limit.end();
      free?.();
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

interface EndedCall<Provider extends ModelProvider, Result> {
  readonly id: string;
  readonly call: ModelCall<Provider, Result>;
  readonly account: CallAccount;
  readonly won: Won<Result, CallTarget<Provider>>;
  readonly latencyMs: number;
}

/** Never above the bound that was promised, should a vendor bill more than it was asked for. */
function costOf<P extends ModelProvider, R>({ call, won }: EndedCall<P, R>): number {
  const { price, boundMicroUsd } = call.target;
  if (price === undefined) return 0;
  const { inputTokens } = call.usage(won.value);
  return Math.min(boundMicroUsd, costMicroUsd({ inputTokens, cachedTokens: 0, outputTokens: 0 }, price));
}

function factsOf<P extends ModelProvider, R>(ended: EndedCall<P, R>): CallFacts {
  const { id, call, account, won, latencyMs } = ended;
  const { model, inputTokens, source } = call.usage(won.value);
  const { provider, requestedProvider } = call.target;
  return {
    id,
    model,
    provider: provider.name,
    ...(requestedProvider === undefined ? {} : { requestedProvider }),
    usage: { inputTokens, totalTokens: inputTokens, source },
    costUsd: costOf(ended) / MICROS_PER_USD,
    credits: { held: account.held, charged: account.held },
    latencyMs,
  };
}

function recordOf<P extends ModelProvider, R>(ended: EndedCall<P, R>, at: Date): UsageRecord {
  const { tenantId, userId } = currentPrincipal();
  const { id, call, account, won, latencyMs } = ended;
  const { model, inputTokens, source } = call.usage(won.value);
  return {
    tenantId,
    id,
    userId,
    operationId: account.operationId,
    parentOperationId: null,
    provider: call.target.provider.name,
    requestedProvider: call.target.requestedProvider ?? null,
    model,
    useCase: call.operation,
    inputTokens,
    outputTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    usageSource: source,
    costMicroUsd: BigInt(costOf(ended)),
    priceVersion: PRICE_VERSION,
    creditsHeld: account.held,
    creditsCharged: account.held,
    finishReason: 'stop',
    latencyMs,
    attempts: won.attempts.length,
    streamed: false,
    cached: false,
    createdAt: at,
  };
}

/** The codes of this kind of call in place of those of completions. */
function explained<P extends ModelProvider, R>(
  error: unknown,
  { failed, tooLong }: ModelCall<P, R>,
): unknown {
  if (!(error instanceof CatalogueError)) return error;
  const { code } = error.entry;
  if (code === LlmErrors.PROVIDER_ERROR.entry.code) return failed(error.details, { cause: error });
  return code === LlmErrors.CONTEXT_OVERFLOW.entry.code ? tooLong(null, { cause: error }) : error;
}
