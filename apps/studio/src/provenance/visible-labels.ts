import { Injectable } from '@nestjs/common';
import { LabelEngine } from '../providers/local/label/label-engine.js';
import type { Labelled, LabelledFormat } from '../providers/local/label/label-picture.js';
import { LABEL_TEXT } from '../providers/local/label/plate.js';
import type { RenderedFile } from '../render-jobs/renderer.js';

const PICTURES: Readonly<Record<string, LabelledFormat>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
};
const TOO_SMALL = 'the picture is too small for a label that can be read';

/** Draws onto pictures and films, where their owner asked for it, that a machine made them. */
@Injectable()
export class VisibleLabels {
  constructor(private readonly engine: LabelEngine) {}

  /**
   * The file with the label, and its thumbnail; one that shows nothing stays as it is.
   * @throws ProviderFault of `local` when it cannot be drawn
   */
  async labelled(file: RenderedFile, signal: AbortSignal): Promise<RenderedFile> {
    const drawn = await this.drawn(file, signal);
    if (drawn === undefined) return file;
    const thumbnail = await this.thumbnail(file, signal);
    return {
      ...file,
      bytes: Buffer.from(drawn.bytes),
      ...(thumbnail === undefined ? {} : { thumbnail: Buffer.from(thumbnail.bytes) }),
      provenance: labelledProvenance(file, drawn.legible),
    };
  }

  private drawn({ bytes, mimeType }: RenderedFile, signal: AbortSignal): Promise<Labelled | undefined> {
    if (mimeType === 'video/mp4') return this.engine.film(bytes, signal);
    const format = PICTURES[mimeType];
    if (format === undefined) return Promise.resolve(undefined);
    return this.engine.picture({ bytes, format, corner: 'bottom-right' }, signal);
  }

  private async thumbnail({ thumbnail }: RenderedFile, signal: AbortSignal): Promise<Labelled | undefined> {
    if (thumbnail === undefined) return undefined;
    return this.engine.picture({ bytes: thumbnail, format: 'webp', corner: 'top-right' }, signal);
  }
}

function labelledProvenance({ provenance }: RenderedFile, legible: boolean): RenderedFile['provenance'] {
  const { limits = [] } = provenance as { readonly limits?: readonly string[] };
  return {
    ...provenance,
    visibleLabel: LABEL_TEXT,
    ...(legible ? {} : { limits: [...limits, TOO_SMALL] }),
  };
}
