import { Injectable } from '@nestjs/common';
import { LabelEngine } from '../providers/local/label/label-engine.js';
import type { LabelledFormat } from '../providers/local/label/label-picture.js';
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
   * The file with the label; one that shows nothing stays as it is.
   * @throws ProviderFault of `local` when it cannot be drawn
   */
  async labelled(file: RenderedFile, signal: AbortSignal): Promise<RenderedFile> {
    const format = PICTURES[file.mimeType];
    if (format === undefined) return file;
    const job = { bytes: file.bytes, format, corner: 'bottom-right' } as const;
    const { bytes, legible } = await this.engine.picture(job, signal);
    return { ...file, bytes: Buffer.from(bytes), provenance: labelledProvenance(file, legible) };
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
