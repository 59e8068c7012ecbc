import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { budgetCeilingMicroUsd, currentPrincipal, reply } from '@eventzr/http';
import type { Principal } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { JobQueue } from '@eventzr/jobs';
import { Credits } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import { PromptModeration } from '../moderation/prompt-moderation.js';
import type { StudioTx } from '../studio.db.js';
import { jobPath, receiptOf } from './job-views.js';
import type { NewRenderJob } from './render-job.js';
import { renderJobKey, renderTaskOf } from './render-job.js';
import type { RenderJobRow } from './render-jobs.repository.js';
import { RenderRecords } from './render-records.js';
import { storable } from './storable.js';

/** Writes new jobs: hold, row, queue entry, first event, outbox and answer, the last five in one transaction. */
@Injectable()
export class RenderIntake {
  constructor(
    private readonly operations: Operations<StudioTx>,
    private readonly credits: Credits,
    private readonly queue: JobQueue,
    private readonly records: RenderRecords,
    private readonly moderation: PromptModeration,
    private readonly clock: Clock,
  ) {}

  /** @param claim what must be won in the same transaction; what it throws leaves nothing behind, not even the hold */
  async submit(request: NewRenderJob, claim: (tx: StudioTx) => Promise<void> = free) {
    await this.moderation.judge(request.prompts);
    const principal = currentPrincipal();
    const now = this.clock.now();
    const deadline = new Date(now.getTime() + request.budgetMs);
    const operation = await this.open(request, deadline);
    try {
      return await this.operations.finish(async (tx) => {
        await claim(tx);
        await this.credits.markHeld(tx, operation);
        const job = await this.records.create(tx, rowOf(request, operation, principal, now, deadline));
        const pointer = { tenantId: job.tenantId, id: job.id };
        await this.queue.enqueue(tx, renderTaskOf(job), pointer, { jobKey: renderJobKey(job.id) });
        return reply(receiptOf(job), { status: 202, location: jobPath(job.id) });
      });
    } catch (error) {
      await this.credits.release(operation);
      throw error;
    }
  }

  private open({ operation, credits }: NewRenderJob, deadline: Date): Promise<OpenOperation> {
    const ceilingMicroUsd = budgetCeilingMicroUsd();
    return this.credits.open({
      operation,
      credits,
      deadline,
      ...(ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd }),
    });
  }
}

const free = (): Promise<void> => Promise.resolve();

function rowOf(
  request: NewRenderJob,
  operation: OpenOperation,
  principal: Principal,
  now: Date,
  deadlineAt: Date,
): RenderJobRow {
  return {
    tenantId: principal.tenantId,
    id: newId(),
    userId: request.userId ?? principal.userId,
    type: request.type,
    status: 'queued',
    provider: request.provider,
    requestedProvider: request.requestedProvider ?? null,
    seed: BigInt(request.seed),
    input: storable(request.input),
    operationId: operation.operationId,
    holdId: operation.holdId,
    creditsReserved: operation.credits,
    retryOf: request.retryOf ?? null,
    mayFallBack: request.mayFallBack ?? false,
    nextRunAt: now,
    deadlineAt,
    estimatedCompletionAt: new Date(now.getTime() + request.estimatedMs),
    createdAt: now,
  };
}
