import { Injectable } from '@nestjs/common';
import type { RenderSubmissionModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

/**
 * `submitting`: asked, nothing heard. `pending`: the vendor goes on with a task that we know by name. `refused`: the
 * provider, or a look at what it made, said no. `stopped`: a pending task that nobody waits for any more.
 */
export type SubmissionState =
  'submitting' | 'pending' | 'stored' | 'failed' | 'refused' | 'stopped' | 'submit_unknown';

export type Submission = RenderSubmissionModel;

/** A submission whose vendor still works. */
export type PendingSubmission = Submission & { readonly taskId: string };

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

/** From which states an outcome may be written. */
const BEFORE: Readonly<Record<string, readonly SubmissionState[]>> = {
  stored: ['submitting', 'pending', 'submit_unknown'],
};
const OPEN: readonly SubmissionState[] = ['submitting', 'pending'];

/** The only file that touches `render_submissions`: what was asked of a provider, written before it is asked. */
@Injectable()
export class SubmissionsRepository {
  async latest(tx: StudioTx, jobId: string, variant: number): Promise<Submission | null> {
    return tx.renderSubmission.findFirst({ where: { jobId, variant }, orderBy: { attempt: 'desc' } });
  }

  async listPending(tx: StudioTx, jobId: string): Promise<PendingSubmission[]> {
    const rows = await tx.renderSubmission.findMany({
      where: { jobId, state: 'pending' },
      orderBy: { variant: 'asc' },
    });
    return rows.filter(isPending);
  }

  /** True when every request of the job failed before a vendor began: none has a task, nothing can have been billed. */
  async nothingBegan(tx: StudioTx, jobId: string): Promise<boolean> {
    const begun = { jobId, NOT: { state: 'failed', taskId: null } };
    return (await tx.renderSubmission.count({ where: begun })) === 0;
  }

  async open(tx: StudioTx, submission: NewSubmission): Promise<void> {
    await tx.renderSubmission.create({ data: { ...submission, state: 'submitting' } });
  }

  /** Remembers the vendor's name for the work. @returns false when the outcome was decided before */
  async pend(tx: StudioTx, key: SubmissionKey, taskId: string): Promise<boolean> {
    const { count } = await tx.renderSubmission.updateMany({
      where: { ...key, state: 'submitting' },
      data: { state: 'pending', taskId },
    });
    return count === 1;
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
      where: { ...key, state: { in: [...(BEFORE[state] ?? OPEN)] } },
      data: {
        state,
        finishedAt,
        ...(manifest === undefined ? {} : { manifest }),
      },
    });
    return count === 1;
  }
}

export function isPending(submission: Submission): submission is PendingSubmission {
  return submission.state === 'pending' && submission.taskId !== null;
}
