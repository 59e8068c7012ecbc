import { Injectable } from '@nestjs/common';
import { ImageModeration, type ImageVerdict } from '../moderation/image-moderation.js';
import { OutputRefused } from '../moderation/output-refused.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { RenderedFile, RenderedPiece } from '../render-jobs/renderer.js';
import { FileMarks } from './file-marks.js';
import { VisibleLabels } from './visible-labels.js';

/** The last hand on what was made, before it is kept: vendors' pictures and films are judged, labels drawn, every file marked. */
@Injectable()
export class FinishedPieces {
  constructor(
    private readonly moderation: ImageModeration,
    private readonly labels: VisibleLabels,
    private readonly marks: FileMarks,
  ) {}

  /**
   * The label comes before the marks: what is signed is what people see.
   * @throws OutputRefused when a vendor's picture or film shows what is not made here
   * @throws ProviderFault when a label that was asked for cannot be drawn: nothing leaves without it
   */
  async finish(
    job: Pick<RenderJob, 'id'>,
    piece: RenderedPiece,
    signal: AbortSignal,
  ): Promise<RenderedPiece> {
    const judged: RenderedFile[] = [];
    for (const file of piece.files) judged.push(await this.judged(file, signal));
    const files: RenderedFile[] = [];
    for (const file of judged) {
      const shown = piece.label === true ? await this.labels.labelled(file, signal) : file;
      files.push(await this.marks.marked(job.id, shown, { parent: piece.parent, signal }));
    }
    return { ...piece, files };
  }

  private async judged(file: RenderedFile, signal: AbortSignal): Promise<RenderedFile> {
    const { provider } = file;
    if (provider === 'local') return file;
    const { category, judgedBy } = await this.verdict(file, signal);
    if (category !== undefined) throw new OutputRefused(provider, category);
    return judgedBy === undefined ? file : { ...file, judgedBy };
  }

  /** Of what can be seen; sound and text are no business of a classifier of pictures. */
  private verdict(
    { bytes, mimeType, durationMs = 0 }: RenderedFile,
    signal: AbortSignal,
  ): Promise<ImageVerdict> {
    if (mimeType.startsWith('video/')) return this.moderation.judgeFilm({ bytes, durationMs }, signal);
    const isPicture = mimeType.startsWith('image/') && mimeType !== 'image/svg+xml';
    return isPicture ? this.moderation.judge(bytes, signal) : Promise.resolve({});
  }
}
