import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import {
  budgetCeilingMicroUsd,
  currentPrincipal,
  decodeCursor,
  encodeCursor,
  IdCursor,
  paged,
} from '@eventzr/http';
import type { PageQuery } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { completionCredits, Credits, holdForCompletion } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import { AiBrainDb } from '../aibrain.db.js';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AiBrainConfig } from '../config.js';
import { Brain } from './brain.js';
import type { Thought, Wish } from './brain.js';
import type { OrchestrateRequest, OrchestrationRecord } from './orchestration.dto.js';
import { OrchestrationRecords, recordOf, thoughtOutcome } from './orchestration-records.js';
import { OrchestrationsRepository } from './orchestrations.repository.js';
import { wishOf } from './wishes.js';

/** The operation's name in the price table and on the ledger. */
export const SINGLE_OPERATION = 'orchestrate.single';

/** What is about to be done, once it is known to be affordable. */
interface SingleRun {
  readonly request: OrchestrateRequest;
  readonly operation: OpenOperation;
  readonly maxMicroUsd: number;
  readonly startedAt: Date;
}

interface Limits {
  /** The caller's own, if any. */
  readonly ceilingMicroUsd: number | undefined;
  /** The most that all attempts together may cost. */
  readonly maxMicroUsd: number;
  readonly startedAt: Date;
  readonly deadline: Date;
}

/** Without a caller's ceiling: an attempt whose outcome nobody knows, and one more. */
const ATTEMPTS_PAID = 2;

/** Deadline and ceiling of an operation. */
@Injectable()
export class OrchestrationLimits {
  readonly timeoutMs: number;

  constructor(
    private readonly brain: Brain,
    private readonly clock: Clock,
    config: AiBrainConfig,
  ) {
    this.timeoutMs = config.orchestrationTimeoutMs;
  }

  /** @throws BUDGET_EXCEEDED 402 before anything is held or sent */
  async of(wish: Wish): Promise<Limits> {
    const startedAt = this.clock.now();
    const ceilingMicroUsd = budgetCeilingMicroUsd();
    const { maxCostMicroUsd } = await this.brain.bound(wish, ceilingMicroUsd);
    const maxMicroUsd = ceilingMicroUsd ?? Math.max(1, ATTEMPTS_PAID * maxCostMicroUsd);
    const deadline = new Date(startedAt.getTime() + this.timeoutMs);
    return { ceilingMicroUsd, maxMicroUsd, startedAt, deadline };
  }
}

/** Orchestrates one prompt: bound, hold, think, settle. */
@Injectable()
export class OrchestrationService {
  constructor(
    private readonly brain: Brain,
    private readonly credits: Credits,
    private readonly operations: Operations<AiBrainTx>,
    private readonly records: OrchestrationRecords,
    private readonly limits: OrchestrationLimits,
  ) {}

  async orchestrate(request: OrchestrateRequest) {
    const { ceilingMicroUsd, maxMicroUsd, startedAt, deadline } = await this.limits.of(wishOf(request));
    const operation = await this.credits.open({
      operation: SINGLE_OPERATION,
      credits: holdForCompletion(request.maxTokens),
      deadline,
      ...(ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd }),
    });
    try {
      const run = { request, operation, maxMicroUsd, startedAt };
      return await this.settle(run, await this.think(run));
    } catch (error) {
      await this.credits.release(operation);
      throw error;
    }
  }

  private think({ request, operation, maxMicroUsd }: SingleRun): Promise<Thought> {
    const { operationId, holdId } = operation;
    const timeoutMs = this.limits.timeoutMs;
    return this.brain.think({
      operationId,
      holdId,
      name: 'single',
      maxMicroUsd,
      timeoutMs,
      wish: wishOf(request),
    });
  }

  private settle({ request, operation, startedAt }: SingleRun, thought: Thought) {
    const charged = Math.min(operation.credits, completionCredits(thought.usage.outputTokens));
    return this.operations.finish(async (tx) => {
      await this.credits.settle(tx, operation, { capture: charged });
      return this.records.write(tx, {
        request,
        outcome: thoughtOutcome(thought),
        startedAt,
        operationId: operation.operationId,
        held: operation.credits,
        charged,
      });
    });
  }
}

/** A caller's own past requests. */
@Injectable()
export class OrchestrationHistory {
  constructor(
    private readonly db: AiBrainDb,
    private readonly orchestrations: OrchestrationsRepository,
  ) {}

  async list(query: PageQuery) {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const { userId } = currentPrincipal();
    const rows = await this.db.withTenant((tx) =>
      this.orchestrations.list(tx, userId, before, query.limit + 1),
    );
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return paged(page.map(recordOf), {
      nextCursor: last === undefined ? null : encodeCursor({ id: last.id }),
      limit: query.limit,
    });
  }

  async get(id: string): Promise<OrchestrationRecord> {
    const { userId } = currentPrincipal();
    const row = await this.db.withTenant((tx) => this.orchestrations.find(tx, id, userId));
    if (row === null) throw AiBrainErrors.REQUEST_NOT_FOUND();
    return recordOf(row);
  }
}
