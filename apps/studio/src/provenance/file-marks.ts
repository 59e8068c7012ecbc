import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import type { RenderedFile } from '../render-jobs/renderer.js';
import { C2paSigner } from './c2pa-signer.js';
import { type Mark, sourceTypeOf } from './mark.js';
import { marked } from './marked-file.js';
import type { Parent } from './parent.js';

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
    const said = { ...file.provenance, digitalSourceType: mark.sourceType };
    try {
      const tagged = await marked(file, mark, { tools: this.tools, signal });
      if (tagged === undefined) return { ...file, provenance: { ...said, marks: [] } };
      const signed = await this.signer.signed(tagged, file.mimeType, mark);
      const marks = signed === undefined ? ['metadata'] : ['metadata', 'c2pa'];
      return { ...file, bytes: signed ?? tagged, provenance: { ...said, marks } };
    } catch (error) {
      signal.throwIfAborted();
      this.logger.error({ err: error, jobId, mimeType: file.mimeType }, 'a file could not be marked');
      return { ...file, provenance: { ...said, marks: [] } };
    }
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
