import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { currentPrincipal } from '@eventzr/http';
import type { LlmOrchTx } from '../llm-orch.db.js';
import type { LlmUsage } from '../llm-orch.events.js';
import { PRICE_VERSION } from '../providers/price-table.js';
import type { CompletionPlan } from './completion-plan.js';
import type { CompletionRun } from './completion-runner.js';
import type { CompletionAnswer } from './inference.dto.js';
import { InferencesRepository } from './inferences.repository.js';

const MICROS_PER_USD = 1_000_000;

export interface InferenceAccount {
  readonly operationId: string;
  readonly parentOperationId?: string;
  readonly held: number;
  readonly charged: number;
}

/** Writes down what a completion used, tells the world, and shows it to the caller. */
@Injectable()
export class InferenceRecords {
  constructor(
    private readonly inferences: InferencesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async write(
    tx: LlmOrchTx,
    plan: CompletionPlan,
    run: CompletionRun,
    account: InferenceAccount,
  ): Promise<CompletionAnswer> {
    const { tenantId, userId } = currentPrincipal();
    const { usage, model, finishReason } = run.completion;
    const id = newId();
    const useCase = plan.wish.useCase ?? 'general';
    await this.inferences.insert(tx, {
      tenantId,
      id,
      userId,
      operationId: account.operationId,
      parentOperationId: account.parentOperationId ?? null,
      provider: plan.provider.name,
      requestedProvider: plan.requestedProvider ?? null,
      model,
      useCase,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      cachedTokens: usage.cachedTokens,
      usageSource: usage.source,
      costMicroUsd: BigInt(run.costMicroUsd),
      priceVersion: PRICE_VERSION,
      creditsHeld: account.held,
      creditsCharged: account.charged,
      finishReason,
      latencyMs: Math.round(run.latencyMs),
      createdAt: this.clock.now(),
    });
    const answer = answerOf(id, plan, run, account, useCase);
    await this.outbox.append(tx, {
      type: 'eventzr.llm.usage.v1',
      aggregateId: id,
      tenantId,
      data: usageOf(answer, tenantId, userId),
    });
    return answer;
  }
}

function answerOf(
  id: string,
  plan: CompletionPlan,
  run: CompletionRun,
  { held, charged }: InferenceAccount,
  useCase: string,
): CompletionAnswer {
  const { text, model, finishReason, usage, limits } = run.completion;
  const totalTokens = usage.inputTokens + usage.cachedTokens + usage.outputTokens;
  return {
    id,
    text,
    model,
    provider: plan.provider.name,
    ...(plan.requestedProvider === undefined ? {} : { requestedProvider: plan.requestedProvider }),
    useCase,
    finishReason,
    usage: { ...usage, totalTokens },
    costUsd: run.costMicroUsd / MICROS_PER_USD,
    credits: { held, charged },
    cached: run.cached === true,
    latencyMs: Math.round(run.latencyMs),
    attempts: [...run.attempts],
    ...(limits.length === 0 ? {} : { limits: [...limits] }),
  };
}

function usageOf(answer: CompletionAnswer, tenantId: string, userId: string): LlmUsage {
  const { provider, model, useCase, usage, latencyMs, costUsd, cached } = answer;
  const { inputTokens, outputTokens, totalTokens } = usage;
  return {
    tenantId,
    userId,
    provider,
    model,
    useCase,
    inputTokens,
    outputTokens,
    totalTokens,
    latencyMs,
    costUsd,
    cached,
  };
}
