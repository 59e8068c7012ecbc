import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { StudioErrors } from '../studio.errors.js';
import { assertWithinCeiling } from './cost-ceiling.js';
import { RenderIntake } from './render-intake.js';
import type { JobInput, NewRenderJob, RenderJob } from './render-job.js';
import { isDeadLetter, RenderJobsRepository } from './render-jobs.repository.js';
import { RenderJobsService } from './render-jobs.service.js';
import { Renderers } from './renderers.js';

/** New jobs with the input and the seed of old ones that came to nothing, priced as those were. */
@Injectable()
export class RenderRetries {
  constructor(
    private readonly shown: RenderJobsService,
    private readonly jobs: RenderJobsRepository,
    private readonly intake: RenderIntake,
    private readonly renderers: Renderers,
    private readonly clock: Clock,
  ) {}

  /** @throws RENDER_JOB_NOT_FOUND, RENDER_JOB_NOT_RETRYABLE, and what the kind of job needs that is no more */
  async retry(id: string) {
    const job = await this.shown.row(id);
    if (job.status !== 'failed' && job.status !== 'cancelled')
      throw StudioErrors.RENDER_JOB_NOT_RETRYABLE({ status: job.status });
    return this.intake.submit(await this.again(job));
  }

  /**
   * An admin's new try at a dead letter, the only one, in its owner's name; the hold is the admin's, by `x-wallet`.
   * @throws RENDER_JOB_REDRIVEN when somebody was faster, and what `retry` throws
   */
  async redrive(id: string) {
    const job = await this.shown.row(id);
    if (job.redrivenAt !== null) throw StudioErrors.RENDER_JOB_REDRIVEN();
    if (!isDeadLetter(job)) throw StudioErrors.RENDER_JOB_NOT_RETRYABLE({ status: job.status });
    const again = { ...(await this.again(job)), userId: job.userId };
    return this.intake.submit(again, async (tx) => {
      if (!(await this.jobs.takeDeadLetter(tx, id, this.clock.now())))
        throw StudioErrors.RENDER_JOB_REDRIVEN();
    });
  }

  private async again(job: RenderJob): Promise<NewRenderJob> {
    const renderer = this.renderers.of(job.type);
    await renderer.assertRepeatable(job.input);
    assertWithinCeiling(renderer.maxCostMicroUsd(job.input, job.provider));
    return {
      type: job.type,
      operation: renderer.operation,
      input: job.input as JobInput,
      // They were judged when the job was new.
      prompts: [],
      provider: job.provider,
      requestedProvider: job.requestedProvider ?? undefined,
      mayFallBack: job.mayFallBack,
      seed: Number(job.seed),
      credits: job.creditsReserved,
      estimatedMs: job.estimatedCompletionAt.getTime() - job.createdAt.getTime(),
      budgetMs: job.deadlineAt.getTime() - job.createdAt.getTime(),
      retryOf: job.id,
    };
  }
}
