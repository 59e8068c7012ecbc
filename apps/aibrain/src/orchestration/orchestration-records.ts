import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { currentPrincipal } from '@eventzr/http';
import type { AiBrainTx } from '../aibrain.db.js';
import type { RequestInitiated, ResponseGenerated } from '../aibrain.events.js';
import type { Thought } from './brain.js';
import type { OrchestrateRequest, OrchestrationAnswer, OrchestrationRecord } from './orchestration.dto.js';
import type { Orchestration } from './orchestrations.repository.js';
import { OrchestrationsRepository } from './orchestrations.repository.js';

const MICROS_PER_USD = 1_000_000;

export interface FinishedOrchestration {
  readonly request: OrchestrateRequest;
  readonly thought: Thought;
  readonly startedAt: Date;
  readonly operationId: string;
  readonly held: number;
  readonly charged: number;
}

/** Writes down an orchestration, tells the world, and shows it to the caller. */
@Injectable()
export class OrchestrationRecords {
  constructor(
    private readonly orchestrations: OrchestrationsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async write(
    tx: AiBrainTx,
    { request, thought, startedAt, operationId, held, charged }: FinishedOrchestration,
  ): Promise<OrchestrationAnswer> {
    const { tenantId, userId } = currentPrincipal();
    const createdAt = this.clock.now();
    const row: Orchestration = {
      tenantId,
      id: newId(),
      userId,
      conversationId: newId(),
      operationId,
      mode: request.mode,
      prompt: request.prompt,
      context: request.context ?? null,
      answer: thought.text,
      modelsUsed: [thought.model],
      inputTokens: thought.usage.inputTokens,
      outputTokens: thought.usage.outputTokens,
      costMicroUsd: BigInt(Math.round(thought.costUsd * MICROS_PER_USD)),
      creditsHeld: held,
      creditsCharged: charged,
      latencyMs: createdAt.getTime() - startedAt.getTime(),
      createdAt,
    };
    await this.orchestrations.insert(tx, row);
    await this.tell(tx, row);
    const { context: _asked, prompt: _known, createdAt: _now, ...shown } = recordOf(row);
    return {
      ...shown,
      mode: request.mode,
      ...(thought.limits === undefined ? {} : { limits: [...thought.limits] }),
    };
  }

  private async tell(tx: AiBrainTx, row: Orchestration): Promise<void> {
    const { tenantId, userId, conversationId, mode, id: aggregateId } = row;
    const initiated: RequestInitiated = { tenantId, userId, conversationId, mode };
    await this.outbox.append(tx, {
      type: 'eventzr.aibrain.request.initiated.v1',
      aggregateId,
      tenantId,
      data: initiated,
    });
    const { usage, costUsd, credits, latencyMs, modelsUsed } = recordOf(row);
    const costCredits = credits.charged;
    // One model agrees with itself: documented consumers read the flag in both modes.
    const generated: ResponseGenerated = {
      ...initiated,
      modelsUsed,
      consensusReached: true,
      ...usage,
      latencyMs,
      costCredits,
      costUsd,
    };
    await this.outbox.append(tx, {
      type: 'eventzr.aibrain.response.generated.v1',
      aggregateId,
      tenantId,
      data: generated,
    });
  }
}

/** A stored orchestration as its user sees it. */
export function recordOf(row: Orchestration): OrchestrationRecord {
  const {
    id,
    conversationId,
    mode,
    prompt,
    context,
    answer,
    modelsUsed,
    inputTokens,
    outputTokens,
    latencyMs,
  } = row;
  const { creditsHeld: held, creditsCharged: charged } = row;
  return {
    id,
    conversationId,
    mode,
    prompt,
    context,
    answer,
    modelsUsed,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    costUsd: Number(row.costMicroUsd) / MICROS_PER_USD,
    credits: { held, charged, refunded: held - charged },
    latencyMs,
    createdAt: row.createdAt.toISOString(),
  };
}
