import { Injectable } from '@nestjs/common';
import { Clock, derivedId, newId } from '@eventzr/config';
import { ByteStore } from '@eventzr/storage';
import type { Prisma } from '../generated/prisma/client.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioDb } from '../studio.db.js';
import type { RenderJob } from './render-job.js';
import type { RenderedFile, Renderer } from './renderer.js';
import type { SubmissionState } from './submissions.repository.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** A piece whose bytes are in our storage; what its asset will say. */
export interface MadePiece {
  readonly assetId: string;
  readonly storageKey: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly file: Omit<RenderedFile, 'bytes'>;
}

/** The provider may have done, and billed, the work, and nothing of it reached us. Never submitted again blindly. */
export class SubmitUnknown extends Error {
  constructor(jobId: string, piece: number, options: { cause?: unknown } = {}) {
    super(`The outcome of piece ${piece} of render job ${jobId} is unknown`, options);
    this.name = 'SubmitUnknown';
  }
}

/**
 * Makes one piece exactly once: the intent is written first, bytes and manifest before anything else is told.
 * A later attempt adopts what an earlier one stored.
 */
@Injectable()
export class PieceMaker {
  constructor(
    private readonly db: StudioDb,
    private readonly submissions: SubmissionsRepository,
    private readonly store: ByteStore,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderFault, SubmitUnknown */
  async make(job: RenderJob, renderer: Renderer, piece: number, signal: AbortSignal): Promise<MadePiece> {
    const earlier = await this.db.withTenant((tx) => this.submissions.latest(tx, job.id, piece), job.tenantId);
    if (earlier?.state === 'stored') return earlier.manifest as unknown as MadePiece; // written below, by this class
    if (earlier?.state === 'submitting' && !renderer.safeToResubmit(job.provider)) {
      await this.close(job, piece, earlier.attempt, 'submit_unknown');
      throw new SubmitUnknown(job.id, piece);
    }
    return this.submit(job, renderer, piece, signal);
  }

  private async submit(job: RenderJob, renderer: Renderer, piece: number, signal: AbortSignal): Promise<MadePiece> {
    const attempt = job.attempts;
    await this.db.withTenant(
      (tx) =>
        this.submissions.open(tx, {
          tenantId: job.tenantId,
          jobId: job.id,
          variant: piece,
          attempt,
          provider: job.provider,
          createdAt: this.clock.now(),
        }),
      job.tenantId,
    );
    const file = await this.ask(job, renderer, piece, signal);
    const made = await this.keep(job, piece, file);
    await this.close(job, piece, attempt, 'stored', made as unknown as Prisma.InputJsonObject); // plain data by type
    return made;
  }

  private async ask(job: RenderJob, renderer: Renderer, piece: number, signal: AbortSignal): Promise<RenderedFile> {
    const idempotencyKey = derivedId(job.id, `piece:${piece}`);
    const { provider } = job;
    try {
      return await renderer.render({ input: job.input, provider, seed: Number(job.seed), piece, idempotencyKey }, signal);
    } catch (error) {
      const unknown = this.mayHaveBeenBilled(error, renderer, provider);
      await this.close(job, piece, job.attempts, unknown ? 'submit_unknown' : 'failed');
      throw unknown ? new SubmitUnknown(job.id, piece, { cause: error }) : error;
    }
  }

  private mayHaveBeenBilled(error: unknown, renderer: Renderer, provider: string): boolean {
    if (renderer.safeToResubmit(provider)) return false;
    return !(error instanceof ProviderFault) || error.kind === 'unknown_outcome' || error.kind === 'timeout';
  }

  private async keep(job: RenderJob, piece: number, { bytes, ...file }: RenderedFile): Promise<MadePiece> {
    const assetId = newId();
    const storageKey = `tenants/${job.tenantId}/jobs/${job.id}/${job.attempts}/${assetId}.${file.extension}`;
    const stored = await this.store.put(storageKey, bytes, { mimeType: file.mimeType });
    return { assetId, storageKey, bytes: stored.bytes, sha256: stored.sha256, file };
  }

  private async close(job: RenderJob, variant: number, attempt: number, state: SubmissionState, manifest?: Prisma.InputJsonObject): Promise<void> {
    await this.db.withTenant(
      (tx) => this.submissions.close(tx, { jobId: job.id, variant, attempt }, state, this.clock.now(), manifest),
      job.tenantId,
    );
  }
}
