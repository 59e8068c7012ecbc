import { Injectable } from '@nestjs/common';
import type { StudioTx } from '../studio.db.js';
import { AssetLinks } from '../assets/asset-links.js';
import type { Asset } from '../assets/assets.repository.js';
import { AssetsRepository } from '../assets/assets.repository.js';
import type { RenderJob } from './render-job.js';
import type { JobReceipt, JobView } from './render-jobs.dto.js';

const BASE = '/studio/v1/render-jobs';

export const jobPath = (id: string) => `${BASE}/${id}`;

/** What a submitter is told at once. */
export function receiptOf(job: RenderJob): JobReceipt {
  const self = jobPath(job.id);
  return {
    jobId: job.id,
    status: job.status as JobReceipt['status'],
    creditsReserved: job.creditsReserved,
    estimatedCompletionTime: job.estimatedCompletionAt.toISOString(),
    links: { self, events: `${self}/events`, cancel: `${self}/cancel` },
  };
}

/** Shows jobs with their assets. */
@Injectable()
export class JobViews {
  constructor(
    private readonly assets: AssetsRepository,
    private readonly links: AssetLinks,
  ) {}

  async one(tx: StudioTx, job: RenderJob): Promise<JobView> {
    const assets = await this.assets.ofJobs(tx, [job.id]);
    return this.view(job, assets);
  }

  async of(tx: StudioTx, jobs: readonly RenderJob[]): Promise<JobView[]> {
    const assets = await this.assets.ofJobs(
      tx,
      jobs.map(({ id }) => id),
    );
    return jobs.map((job) => this.view(job, assets));
  }

  private view(job: RenderJob, assets: readonly Asset[]): JobView {
    return {
      id: job.id,
      jobId: job.id,
      type: job.type,
      status: job.status as JobView['status'],
      progress: job.progress,
      provider: job.provider,
      ...(job.requestedProvider === null ? {} : { requestedProvider: job.requestedProvider }),
      creditsReserved: job.creditsReserved,
      creditsCharged: job.creditsCharged,
      seed: Number(job.seed),
      input: job.input as object,
      output: job.output as object | null,
      assets: assets.filter(({ jobId }) => jobId === job.id).map((asset) => this.links.view(asset)),
      error: job.errorCode === null ? null : { code: job.errorCode, message: job.errorMessage ?? '' },
      ...timesOf(job),
      attempts: job.attempts,
      ...(job.cancelRequestedAt === null ? {} : { cancelRequestedAt: job.cancelRequestedAt.toISOString() }),
      ...(job.retryOf === null ? {} : { retryOf: job.retryOf }),
    };
  }
}

function timesOf({ createdAt, startedAt, finishedAt, deadlineAt }: RenderJob) {
  return {
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    deadlineAt: deadlineAt.toISOString(),
  };
}
