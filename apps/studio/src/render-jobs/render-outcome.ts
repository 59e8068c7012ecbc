import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import { JobQueue } from '@eventzr/jobs';
import { Credits } from '@eventzr/wallet-client';
import { StudioConfig } from '../config.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import type { RenderJobCompleted, RenderJobFailed } from '../studio.events.js';
import { WebhookEvents } from '../webhooks/webhook-events.js';
import { jobPath } from './job-views.js';
import { PieceFiles } from './piece-files.js';
import type { RenderJob } from './render-job.js';
import { renderJobKey, renderTaskOf, STOP_TASK, stopJobKey } from './render-job.js';

/** What a finished job is charged, and where its result is. */
interface Charge {
  readonly outputUrl: string;
  readonly creditsCharged: number;
  readonly finishedAt: Date;
}

/** What an end means outside the job's own rows: money, messages, files, queue. */
@Injectable()
export class RenderOutcome {
  constructor(
    private readonly db: StudioDb,
    private readonly credits: Credits,
    private readonly outbox: Outbox,
    private readonly webhooks: WebhookEvents,
    private readonly queue: JobQueue,
    private readonly files: PieceFiles,
    private readonly config: StudioConfig,
  ) {}

  /** Where a job without files shows its result. */
  addressOf({ id }: RenderJob): string {
    return this.config.publicBaseUrl + jobPath(id);
  }

  async charge(
    tx: StudioTx,
    job: RenderJob,
    { outputUrl, creditsCharged, finishedAt }: Charge,
  ): Promise<void> {
    await this.credits.settle(tx, job, { capture: creditsCharged });
    const { tenantId, userId, id, type, provider } = job;
    const data: RenderJobCompleted = {
      tenantId,
      userId,
      jobId: id,
      type,
      provider,
      outputUrl,
      durationMs: finishedAt.getTime() - (job.startedAt ?? finishedAt).getTime(),
      creditsUsed: creditsCharged,
    };
    await this.outbox.append(tx, {
      type: 'eventzr.studio.render-job.completed.v1',
      aggregateId: id,
      tenantId,
      data,
    });
    await this.webhooks.emit(tx, { tenantId, type: 'render-job.completed', data: { ...data } });
  }

  /** A cancelled job is charged what its vendor charged before it could be stopped, in general nothing. */
  async cancel(tx: StudioTx, job: RenderJob, creditsCharged: number): Promise<void> {
    await this.credits.settle(tx, job, creditsCharged > 0 ? { capture: creditsCharged } : { release: true });
    const { tenantId, userId, id: jobId, type, provider } = job;
    const data = { tenantId, userId, jobId, type, provider, creditsUsed: creditsCharged };
    await this.webhooks.emit(tx, { tenantId, type: 'render-job.cancelled', data });
  }

  async release(tx: StudioTx, job: RenderJob, errorCode: string): Promise<void> {
    await this.credits.settle(tx, job, { release: true });
    const { tenantId, userId, id, type, provider, attempts } = job;
    const data: RenderJobFailed = { tenantId, userId, jobId: id, type, provider, errorCode, attempts };
    await this.outbox.append(tx, {
      type: 'eventzr.studio.render-job.failed.v1',
      aggregateId: id,
      tenantId,
      data,
    });
    await this.webhooks.emit(tx, { tenantId, type: 'render-job.failed', data: { ...data } });
  }

  /** Once the end is committed, what the job stored besides `kept` goes. */
  tidy(job: RenderJob, kept: readonly string[]): void {
    this.db.afterCommit(() => this.files.clear(job, kept));
  }

  /** What vendors still work on for an ended job is stopped, once the end is committed. */
  async stopVendors(tx: StudioTx, { tenantId, id }: RenderJob): Promise<void> {
    await this.queue.enqueue(tx, STOP_TASK, { tenantId, id }, { jobKey: stopJobKey(id) });
  }

  async requeue(tx: StudioTx, job: RenderJob, runAt: Date): Promise<void> {
    const { tenantId, id } = job;
    await this.queue.enqueue(tx, renderTaskOf(job), { tenantId, id }, { jobKey: renderJobKey(id), runAt });
  }
}
