import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import type { RenderedFile } from '../render-jobs/renderer.js';
import { C2paSigner } from './c2pa-signer.js';
import { type Mark, sourceTypeOf, xmpOf } from './mark.js';
import { marked } from './marked-file.js';
import type { Parent } from './parent.js';
import { webpWithXmp } from './xmp-in-pictures.js';

/** Marks files as made by machines: in their metadata, and by a signed manifest where the format takes one. */
@Injectable()
export class FileMarks {
  constructor(
    private readonly signer: C2paSigner,
    private readonly tools: MediaTools,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /**
   * What cannot be marked is kept all the same, and says so: it may have been paid for.
   * @throws the signal's reason when it aborts
   */
  async marked(
    jobId: string,
    file: RenderedFile,
    { parent, signal }: { readonly parent: Parent | undefined; readonly signal: AbortSignal },
  ): Promise<RenderedFile> {
    const mark = this.markOf(jobId, file, parent);
    const failed = (error: unknown) => this.tell(error, { jobId, file, signal });
    const thumbnail = await this.thumbnail(file, mark).catch(failed);
    const tagged = await marked(file, mark, { tools: this.tools, signal }).catch(failed);
    const signed = await this.signed(tagged, file, mark).catch(failed);
    const marks = [...(tagged === undefined ? [] : ['metadata']), ...(signed === undefined ? [] : ['c2pa'])];
    const provenance = { ...file.provenance, digitalSourceType: mark.sourceType, marks };
    return { ...file, ...thumbnail, bytes: signed ?? tagged ?? file.bytes, provenance };
  }

  private async signed(tagged: Buffer | undefined, { mimeType }: RenderedFile, mark: Mark) {
    return tagged === undefined ? undefined : this.signer.signed(tagged, mimeType, mark);
  }

  /** @throws the signal's reason when it aborted */
  private tell(
    error: unknown,
    {
      jobId,
      file,
      signal,
    }: { readonly jobId: string; readonly file: RenderedFile; readonly signal: AbortSignal },
  ): undefined {
    signal.throwIfAborted();
    this.logger.error({ err: error, jobId, mimeType: file.mimeType }, 'a file could not be marked');
  }

  /** Thumbnails are WebP. */
  private async thumbnail({ thumbnail }: RenderedFile, mark: Mark): Promise<Pick<RenderedFile, 'thumbnail'>> {
    if (thumbnail === undefined) return {};
    return { thumbnail: webpWithXmp(thumbnail, xmpOf(mark), await sharp(thumbnail).metadata()) };
  }

  private markOf(jobId: string, { provider, model }: RenderedFile, parent: Parent | undefined): Mark {
    return {
      sourceType: sourceTypeOf({ provider, parent }),
      tool: `EventZR Studio (${provider}, ${model})`,
      jobId,
      madeAt: this.clock.now(),
      ...(parent === undefined ? {} : { parent }),
    };
  }
}
