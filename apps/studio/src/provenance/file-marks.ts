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
    const give = (bytes: Buffer, marks: readonly string[]) => ({
      ...file,
      bytes,
      provenance: { ...said, marks },
    });
    const failed = (error: unknown) => {
      signal.throwIfAborted();
      this.logger.error({ err: error, jobId, mimeType: file.mimeType }, 'a file could not be marked');
      return undefined;
    };
    const tagged = await marked(file, mark, { tools: this.tools, signal }).catch(failed);
    if (tagged === undefined) return give(file.bytes, []);
    const signed = await this.signer.signed(tagged, file.mimeType, mark).catch(failed);
    return signed === undefined ? give(tagged, ['metadata']) : give(signed, ['metadata', 'c2pa']);
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
