import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { RenderSubmissionModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type SubmissionState = 'submitting' | 'stored' | 'failed' | 'submit_unknown';

/** The only file that touches `render_submissions`: what was asked of a provider, written before it is asked. */
@Injectable()
export class SubmissionsRepository {
  async latest(tx: StudioTx, jobId: string, variant: number): Promise<RenderSubmissionModel | null> {
    return tx.renderSubmission.findFirst({ where: { jobId, variant }, orderBy: { attempt: 'desc' } });
  }

  async open(tx: StudioTx, submission: { tenantId: string; jobId: string; variant: number; attempt: number; provider: string; createdAt: Date }): Promise<void> {
    await tx.renderSubmission.create({ data: { ...submission, state: 'submitting' } });
  }

  async close(
    tx: StudioTx,
    key: { jobId: string; variant: number; attempt: number },
    state: SubmissionState,
    finishedAt: Date,
    manifest?: Prisma.InputJsonObject,
  ): Promise<void> {
    await tx.renderSubmission.updateMany({ where: { ...key, state: 'submitting' }, data: { state, finishedAt, ...(manifest === undefined ? {} : { manifest }) } });
  }
}
