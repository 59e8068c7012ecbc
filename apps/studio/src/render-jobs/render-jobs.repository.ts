import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { Prisma } from '../generated/prisma/client.js';
import type { RenderJobModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { MOST_ATTEMPTS } from './retry-policy.js';
import type { RenderJobStatus } from './render-job.js';

export type RenderJob = RenderJobModel;

/** What a job keeps of its request: plain JSON. */
export type JobInput = Prisma.InputJsonObject;

/** A new job's columns. */
export type RenderJobRow = Prisma.RenderJobUncheckedCreateInput;

/** Where a render job stands for another look: a tenant and an id, found by the job role. */
export interface JobPointer {
  readonly tenantId: string;
  readonly id: string;
}

export interface JobFilter {
  readonly userId?: string;
  readonly status?: string;
  readonly type?: string;
  /** True: those alone that came to nothing for good and may be driven again. */
  readonly deadLetter?: boolean;
  readonly before?: string;
  readonly limit: number;
}

/** Under which a worker takes a job. */
export interface Claim {
  readonly fence: string;
  readonly now: Date;
  readonly leaseUntil: Date;
}

/** The columns that a compare-and-set may write. */
export type JobChange = Prisma.RenderJobUncheckedUpdateManyInput;

const UNFINISHED = ['queued', 'running'];

/** As `isDeadLetter` says it of a row. */
const DEAD_LETTER: Prisma.RenderJobWhereInput = {
  status: 'failed',
  redrivenAt: null,
  OR: [{ errorCode: StudioErrors.SUBMIT_UNKNOWN.entry.code }, { attempts: { gte: MOST_ATTEMPTS } }],
};

/** A job that failed although it was tried as often as that helps, or whose outcome nobody knows; driven again, it is none. */
export function isDeadLetter({ status, errorCode, attempts, redrivenAt }: RenderJob): boolean {
  const hopeless = errorCode === StudioErrors.SUBMIT_UNKNOWN.entry.code || attempts >= MOST_ATTEMPTS;
  return status === 'failed' && redrivenAt === null && hopeless;
}

/** The only file that touches `render_jobs`. Every change of state is a compare-and-set that tells whether it won. */
@Injectable()
export class RenderJobsRepository {
  constructor(private readonly finder: JobPool) {}

  async insert(tx: StudioTx, job: RenderJobRow): Promise<RenderJob> {
    return tx.renderJob.create({ data: job });
  }

  async find(tx: StudioTx, id: string): Promise<RenderJob | null> {
    return tx.renderJob.findFirst({ where: { id } });
  }

  async list(
    tx: StudioTx,
    { userId, status, type, deadLetter, before, limit }: JobFilter,
  ): Promise<RenderJob[]> {
    const dead = deadLetter === true ? { AND: [DEAD_LETTER] } : {};
    return tx.renderJob.findMany({
      where: { userId, status, type, ...dead, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** Takes a queued job, or a running one whose worker fell silent, under a new fence as another attempt. */
  async claimAttempt(tx: StudioTx, id: string, { fence, now, leaseUntil }: Claim): Promise<RenderJob | null> {
    const next = { status: 'running', fence, leaseUntil, attempts: { increment: 1 } };
    const [first] = await tx.renderJob.updateManyAndReturn({
      where: { id, status: 'queued', startedAt: null },
      data: { ...next, startedAt: now },
    });
    if (first !== undefined) return first;
    const [again] = await tx.renderJob.updateManyAndReturn({
      where: { id, OR: [{ status: 'queued' }, { status: 'running', leaseUntil: { lt: now } }] },
      data: next,
    });
    return again ?? null;
  }

  /** Takes a parked job under a new fence: its attempt goes on. */
  async claimParked(tx: StudioTx, id: string, { fence, leaseUntil }: Claim): Promise<RenderJob | null> {
    const [parked] = await tx.renderJob.updateManyAndReturn({
      where: { id, status: 'running', fence: null },
      data: { status: 'running', fence, leaseUntil },
    });
    return parked ?? null;
  }

  /** Writes `change` while `fence` still holds the job; false: it was taken over or ended. */
  async changeHeld(tx: StudioTx, id: string, fence: string, change: JobChange): Promise<boolean> {
    const { count } = await tx.renderJob.updateMany({
      where: { id, status: 'running', fence },
      data: change,
    });
    return count === 1;
  }

  /** As `changeHeld`, and only while nobody wished the job cancelled. */
  async changeWanted(tx: StudioTx, id: string, fence: string, change: JobChange): Promise<boolean> {
    const { count } = await tx.renderJob.updateMany({
      where: { id, status: 'running', fence, cancelRequestedAt: null },
      data: change,
    });
    return count === 1;
  }

  /** Changes a job that has not ended, whoever works on it; false: it has. */
  async changeUnfinished(tx: StudioTx, id: string, change: JobChange): Promise<boolean> {
    const { count } = await tx.renderJob.updateMany({
      where: { id, status: { in: UNFINISHED } },
      data: change,
    });
    return count === 1;
  }

  /** Makes a parked job due at once; false: it is not parked. */
  async wakeParked(tx: StudioTx, id: string, now: Date): Promise<boolean> {
    const { count } = await tx.renderJob.updateMany({
      where: { id, status: 'running', fence: null },
      data: { nextRunAt: now },
    });
    return count === 1;
  }

  /** Takes a dead letter for the one who drives it again; false: it is none, or somebody else was first. */
  async takeDeadLetter(tx: StudioTx, id: string, redrivenAt: Date): Promise<boolean> {
    return (
      (await tx.renderJob.updateMany({ where: { ...DEAD_LETTER, id }, data: { redrivenAt } })).count === 1
    );
  }

  /** Locks the job's row while `fence` still holds it, so that nobody takes it over before the transaction ends. */
  async lockHeld(tx: StudioTx, id: string, fence: string): Promise<boolean> {
    return this.changeHeld(tx, id, fence, { fence });
  }

  /** Ends a job from outside its worker (cancel, deadline); false: it had ended before. */
  async end(tx: StudioTx, id: string, status: RenderJobStatus, change: JobChange): Promise<boolean> {
    const { count } = await tx.renderJob.updateMany({
      where: { id, status: { in: UNFINISHED } },
      data: { ...change, status, fence: null, leaseUntil: null },
    });
    return count === 1;
  }

  /** Jobs that nobody works on although they are due: their worker died or their queue entry was lost. */
  async findStuck(now: Date, limit: number): Promise<JobPointer[]> {
    return this.finder.query<JobPointer>(
      `SELECT tenant_id AS "tenantId", id FROM render_jobs
       WHERE (status = 'queued' AND next_run_at < $1::timestamptz - interval '15 seconds')
          OR (status = 'running' AND lease_until < $1)
          OR (status = 'running' AND lease_until IS NULL AND next_run_at < $1::timestamptz - interval '15 seconds')
          OR (status IN ('queued', 'running') AND deadline_at < $1)
       ORDER BY next_run_at LIMIT $2`,
      [now, limit],
    );
  }
}
