import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { currentPrincipal } from '@eventzr/http';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainDb } from '../aibrain.db.js';
import type {
  ConsensusFailed,
  RequestInitiated,
  ResponseGenerated,
  StreamingChunk,
} from '../aibrain.events.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AiBrainConfig } from '../config.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import type { VoiceTurnView } from '../voice/voice-turn.dto.js';
import type { Thought } from './brain.js';
import type {
  ConsensusView,
  MemberView,
  OrchestrateRequest,
  OrchestrationAnswer,
  OrchestrationRecord,
  TokenUsage,
} from './orchestration.dto.js';
import type { Orchestration } from './orchestrations.repository.js';
import { OrchestrationsRepository } from './orchestrations.repository.js';

const MICROS_PER_USD = 1_000_000;
const LONGEST_TITLE = 80;

/** What an orchestration came to, in whichever mode. */
export interface Outcome {
  readonly text: string;
  readonly modelsUsed: readonly string[];
  readonly usage: TokenUsage;
  readonly costUsd: number;
  readonly limits: readonly string[];
  readonly consensus?: ConsensusView;
  readonly members?: readonly MemberView[];
  readonly degraded?: true;
}

export interface FailedConsensus {
  readonly request: OrchestrateRequest;
  readonly operationId: string;
  readonly modelsUsed: readonly string[];
  readonly score: number;
  readonly answered: number;
}

export interface FinishedOrchestration {
  readonly request: OrchestrateRequest;
  readonly outcome: Outcome;
  readonly startedAt: Date;
  readonly operationId: string;
  readonly held: number;
  readonly charged: number;
  /** Of a spoken turn. */
  readonly voice?: VoiceTurnView;
  /** What was sent piece by piece, of a streamed answer. */
  readonly chunks?: readonly string[] | undefined;
}

/** Writes down an orchestration, tells the world, and shows it to the caller. */
@Injectable()
export class OrchestrationRecords {
  constructor(
    private readonly db: AiBrainDb,
    private readonly orchestrations: OrchestrationsRepository,
    private readonly conversations: ConversationsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: AiBrainConfig,
  ) {}

  async write(
    tx: AiBrainTx,
    { request, outcome, startedAt, operationId, held, charged, voice, chunks = [] }: FinishedOrchestration,
  ): Promise<OrchestrationAnswer> {
    const { tenantId, userId } = currentPrincipal();
    const createdAt = this.clock.now();
    const row: Orchestration = {
      tenantId,
      id: newId(),
      userId,
      conversationId: request.conversationId ?? newId(),
      operationId,
      mode: voice === undefined ? request.mode : 'voice',
      prompt: request.prompt,
      context: request.context ?? null,
      answer: outcome.text,
      modelsUsed: [...outcome.modelsUsed],
      inputTokens: outcome.usage.inputTokens,
      outputTokens: outcome.usage.outputTokens,
      costMicroUsd: BigInt(Math.round(outcome.costUsd * MICROS_PER_USD)),
      creditsHeld: held,
      creditsCharged: charged,
      latencyMs: createdAt.getTime() - startedAt.getTime(),
      createdAt,
      consensus: stored(outcome.consensus),
      members: stored(outcome.members),
      limits: [...outcome.limits],
      usageEstimated: outcome.usage.estimated === true,
      voice: stored(voice),
    };
    await this.join(tx, row, request.conversationId === undefined);
    await this.orchestrations.insert(tx, row);
    await this.tell(tx, row, outcome.consensus?.reached ?? true);
    if (this.config.streamChunkEvents === 'on') await this.tellChunks(tx, row, chunks);
    const { context: _asked, prompt: _known, createdAt: _now, voice: _told, ...shown } = recordOf(row);
    return {
      ...shown,
      mode: request.mode,
      ...(outcome.degraded === true ? { degraded: true } : {}),
    };
  }

  /** The turn's place in its conversation; one without makes its own. */
  private async join(tx: AiBrainTx, row: Orchestration, isNew: boolean): Promise<void> {
    const { tenantId, userId, conversationId: id, prompt, createdAt } = row;
    if (!isNew) {
      if (!(await this.conversations.addTurn(tx, id, userId, createdAt)))
        throw AiBrainErrors.CONVERSATION_LOCKED();
      return;
    }
    await this.conversations.insert(tx, {
      tenantId,
      id,
      userId,
      title: titleOf(prompt),
      turns: 1,
      locked: false,
      shared: false,
      archivedAt: null,
      createdAt,
      updatedAt: createdAt,
    });
  }

  private async tellChunks(tx: AiBrainTx, row: Orchestration, chunks: readonly string[]): Promise<void> {
    const { tenantId, userId, conversationId, id: aggregateId } = row;
    const events = chunks.map((text, index) => {
      const data: StreamingChunk = { tenantId, userId, conversationId, index, text };
      return { type: 'eventzr.aibrain.streaming.chunk.v1', aggregateId, tenantId, data };
    });
    if (events.length > 0) await this.outbox.appendAll(tx, events);
  }

  /** Tells the world that three models did not agree; there is nothing else to keep of it. */
  async tellFailure({ request, operationId, modelsUsed, score, answered }: FailedConsensus): Promise<void> {
    const { tenantId, userId } = currentPrincipal();
    const { mode } = request;
    const data: ConsensusFailed = { tenantId, userId, mode, modelsUsed, score, answered, costCredits: 0 };
    await this.db.withTenant((tx) =>
      this.outbox.append(tx, {
        type: 'eventzr.aibrain.consensus.failed.v1',
        aggregateId: operationId,
        tenantId,
        data,
      }),
    );
  }

  private async tell(tx: AiBrainTx, row: Orchestration, consensusReached: boolean): Promise<void> {
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
      consensusReached,
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
    usage: {
      inputTokens,
      outputTokens,
      totalTokens: inputTokens + outputTokens,
      ...(row.usageEstimated ? { estimated: true } : {}),
    },
    costUsd: Number(row.costMicroUsd) / MICROS_PER_USD,
    credits: { held, charged, refunded: held - charged },
    latencyMs,
    ...(row.consensus === null ? {} : { consensus: row.consensus as unknown as ConsensusView }),
    ...(row.members === null ? {} : { members: row.members as unknown as MemberView[] }),
    ...(row.limits.length === 0 ? {} : { limits: row.limits }),
    ...(row.voice === null ? {} : { voice: row.voice as unknown as VoiceTurnView }),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Of a single completion. @throws PROVIDER_ERROR 502 for one without a word: nobody pays for nothing */
export function thoughtOutcome(thought: Thought): Outcome {
  const { text, model, costUsd, limits = [] } = thought;
  if (text.trim() === '') throw AiBrainErrors.PROVIDER_ERROR({ reason: 'empty answer' });
  return { text, modelsUsed: [model], usage: usageOf([thought]), costUsd, limits };
}

export function usageOf(thoughts: readonly Thought[]): TokenUsage {
  const inputTokens = thoughts.reduce((sum, { usage }) => sum + usage.inputTokens, 0);
  const outputTokens = thoughts.reduce((sum, { usage }) => sum + usage.outputTokens, 0);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}

/** The beginning of what was asked, in whole signs. */
function titleOf(prompt: string): string {
  return [...prompt.replace(/\s+/g, ' ').trim()].slice(0, LONGEST_TITLE).join('');
}

/** As JSON of the database. */
function stored(value: object | undefined): Orchestration['consensus'] {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Orchestration['consensus']);
}
