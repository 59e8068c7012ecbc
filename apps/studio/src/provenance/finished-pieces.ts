import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { ImageModeration } from '../moderation/image-moderation.js';
import { OutputRefused } from '../moderation/output-refused.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { RenderedFile, RenderedPiece } from '../render-jobs/renderer.js';
import { C2paSigner } from './c2pa-signer.js';
import type { Mark } from './mark.js';
import { sourceTypeOf } from './mark.js';
import { marked } from './marked-file.js';

/** The last hand on what was made, before it is kept: vendors' pictures are judged, every file is marked. */
@Injectable()
export class FinishedPieces {
  constructor(
    private readonly moderation: ImageModeration,
    private readonly signer: C2paSigner,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** @throws OutputRefused when a vendor's picture shows what is not made here */
  async finish(
    job: Pick<RenderJob, 'id'>,
    piece: RenderedPiece,
    signal: AbortSignal,
  ): Promise<RenderedPiece> {
    const judged: RenderedFile[] = [];
    for (const file of piece.files) judged.push(await this.judged(file, signal));
    return { ...piece, files: await Promise.all(judged.map((file) => this.mark(job.id, file))) };
  }

  private async judged(file: RenderedFile, signal: AbortSignal): Promise<RenderedFile> {
    const { bytes, mimeType, provider } = file;
    if (provider === 'local' || !mimeType.startsWith('image/') || mimeType === 'image/svg+xml') return file;
    const { category, judgedBy } = await this.moderation.judge(bytes, signal);
    if (category !== undefined) throw new OutputRefused(provider, category);
    return judgedBy === undefined ? file : { ...file, judgedBy };
  }

  /** What cannot be marked is kept all the same, and says so: it may have been paid for. */
  private async mark(jobId: string, file: RenderedFile): Promise<RenderedFile> {
    const { provider, model, provenance } = file;
    const changed = provenance['madeFrom'] !== undefined;
    const sourceType = sourceTypeOf({ provider, changed });
    const mark: Mark = {
      sourceType,
      tool: `EventZR Studio (${provider}, ${model})`,
      jobId,
      madeAt: this.clock.now(),
    };
    const said = { ...provenance, digitalSourceType: sourceType };
    try {
      const tagged = await marked(file, mark);
      if (tagged === undefined) return { ...file, provenance: { ...said, marks: [] } };
      const signed = await this.signer.signed(tagged, file.mimeType, mark);
      const marks = signed === undefined ? ['metadata'] : ['metadata', 'c2pa'];
      return { ...file, bytes: signed ?? tagged, provenance: { ...said, marks } };
    } catch (error) {
      this.logger.error({ err: error, jobId, mimeType: file.mimeType }, 'a file could not be marked');
      return { ...file, provenance: { ...said, marks: [] } };
    }
  }
}
