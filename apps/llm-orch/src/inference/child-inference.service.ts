import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Operations } from '@eventzr/idempotency';
import { ParentHolds } from '@eventzr/wallet-client';
import { LlmOrchConfig } from '../config.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { assertAffordable, CompletionPlanner } from './completion-planner.js';
import { CompletionRunner } from './completion-runner.js';
import type { InternalChatRequest, InternalEstimate, InternalEstimateRequest } from './inference.dto.js';
import { InferenceRecords } from './inference-records.js';
import { parentOperation } from './parent-operation.js';

/** The bookkeeping of a child call. */
@Injectable()
export class ChildOperations {
  constructor(
    private readonly holds: ParentHolds,
    private readonly operations: Operations<LlmOrchTx>,
    private readonly clock: Clock,
  ) {}

  /** @throws PARENT_NOT_OPEN 409 when the hold is not open, not this user's, or not the calling service's */
  async assertPaidFor(holdId: string): Promise<void> {
    if (!(await this.holds.isOpenForCaller(holdId))) throw LlmErrors.PARENT_NOT_OPEN();
  }

  begin(timeoutMs: number): { operationId: string; deadline: Date } {
    return {
      operationId: this.operations.current().operationId,
      deadline: new Date(this.clock.now().getTime() + timeoutMs),
    };
  }

  finish<T>(work: (tx: LlmOrchTx) => Promise<T>) {
    return this.operations.finish(work);
  }
}

/** Completions inside another service's operation: that one holds the credits, this one only reports what it cost. */
@Injectable()
export class ChildInferenceService {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly runner: CompletionRunner,
    private readonly records: InferenceRecords,
    private readonly parents: ChildOperations,
    private readonly config: LlmOrchConfig,
  ) {}

  async chat(wish: InternalChatRequest) {
    const parent = parentOperation();
    const plan = this.planner.plan(wish);
    assertAffordable(plan, parent.maxMicroUsd);
    await this.parents.assertPaidFor(parent.holdId);
    const { operationId, deadline } = this.parents.begin(this.config.inferenceTimeoutMs);
    const run = await this.runner.run(plan, { deadline, ceiling: parent, idempotencyKey: operationId });
    const account = { operationId, parentOperationId: parent.operationId, held: 0, charged: 0 };
    return this.parents.finish((tx) => this.records.write(tx, plan, run, account));
  }

  estimate({ ceilingMicroUsd, ...wish }: InternalEstimateRequest): InternalEstimate {
    const plan = this.planner.plan(wish);
    assertAffordable(plan, ceilingMicroUsd);
    if (plan.price === undefined) throw LlmErrors.PRICE_UNKNOWN({ model: plan.model });
    return { maxCostMicroUsd: plan.boundMicroUsd, provider: plan.provider.name, model: plan.model };
  }
}
