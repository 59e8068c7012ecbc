import { Injectable } from '@nestjs/common';
import type { RenderSubmissionModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type SubmissionState = 'submitting' | 'stored' | 'failed' | 'submit_unknown';

/** One request to a provider. */
export interface SubmissionKey {
  readonly jobId: string;
  readonly variant: number;
  readonly attempt: number;
}

export interface NewSubmission extends SubmissionKey {
  readonly tenantId: string;
  readonly provider: string;
  readonly createdAt: Date;
}

/** The only file that touches `render_submissions`: what was asked of a provider, written before it is asked. */
@Injectable()
export class SubmissionsRepository {
  async latest(tx: StudioTx, jobId: string, variant: number): Promise<RenderSubmissionModel | null> {
    return tx.renderSubmission.findFirst({ where: { jobId, variant }, orderBy: { attempt: 'desc' } });
  }

  async open(tx: StudioTx, submission: NewSubmission): Promise<void> {
    await tx.renderSubmission.create({ data: { ...submission, state: 'submitting' } });
  }

  /** @param manifest plain data @returns false when its outcome was decided before */
  async close(
    tx: StudioTx,
    key: SubmissionKey,
    state: SubmissionState,
    finishedAt: Date,
    manifest?: object,
  ): Promise<boolean> {
    const { count } = await tx.renderSubmission.updateMany({
      where: {
        ...key,
        state: { in: state === 'stored' ? ['submitting', 'submit_unknown'] : ['submitting'] },
      },
      data: {
        state,
        finishedAt,
        ...(manifest === undefined ? {} : { manifest }),
      },
    });
    return count === 1;
  }
}
