import { Injectable } from '@nestjs/common';
import { presentationCredits } from '@eventzr/wallet-client';
import type { SlideVisuals } from '../providers/local/slides/deck.js';
import { JobPictures } from '../posters/job-pictures.js';
import { DeckEngine } from '../providers/local/slides/deck-engine.js';
import type { DeckFormat, RenderedDeck } from '../providers/local/slides/render-deck.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type {
  PieceMeasure,
  RenderedFile,
  RenderedPiece,
  RenderTask,
  RenderWorkTools,
} from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { PresentationInput } from './presentation-input.js';
import { planOf, PRESENTATION_OPERATION } from './presentation-input.js';
import { deckCostMicroUsd } from './presentations.service.js';

const MIME_TYPES: Readonly<Record<DeckFormat, string>> = {
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  pdf: 'application/pdf',
};
const MODEL = 'deck-composer-1';
const HONEST_LABEL =
  'laid out by rules; pictures are vector illustrations from a drawing library, not made by a generative model';

/** Makes the files of a presentation job. */
@Injectable()
export class PresentationRenderer extends Renderer<PresentationInput> {
  readonly type = 'presentation';
  readonly operation = PRESENTATION_OPERATION;
  readonly providerError = StudioErrors.PRESENTATION_ERROR;
  readonly timeoutError = StudioErrors.PRESENTATION_TIMEOUT;
  readonly refusalError = StudioErrors.PRESENTATION_REFUSED;

  constructor(
    private readonly engine: DeckEngine,
    private readonly pictures: JobPictures,
  ) {
    super();
  }

  pieces(): number {
    return 1;
  }

  maxCostMicroUsd(input: PresentationInput): number {
    return deckCostMicroUsd(input);
  }

  safeToResubmit(): boolean {
    return true;
  }

  async render(
    { input, seed, tenantId }: RenderTask<PresentationInput>,
    { signal }: RenderWorkTools,
  ): Promise<RenderedPiece> {
    const { formats, templateId, theme = templateId, brand, pictures = {} } = input;
    const plan = planOf(input);
    const job = {
      ...{ plan, formats, seed, pictures: await this.pictures.read(tenantId, pictures) },
      ...(theme === undefined ? {} : { themeName: theme }),
      ...(brand === undefined ? {} : { brand }),
    };
    const deck = await this.engine.render(job, signal);
    return pieceOf(deck, [HONEST_LABEL, ...plan.assumptions, ...deck.remarks], seed);
  }

  /** By the slides that were made. */
  override creditsUsed({ creditsReserved }: RenderJob, [made]: readonly PieceMeasure[]): number {
    const slides = (made?.output?.['slides'] ?? []) as readonly { readonly visuals: SlideVisuals }[]; // written below
    return Math.min(creditsReserved, presentationCredits(slides.map(({ visuals }) => visuals)));
  }
}

function pieceOf(
  { files, thumbnail, slides }: RenderedDeck,
  limits: readonly string[],
  seed: number,
): RenderedPiece {
  const provenance = { generator: MODEL, limits };
  const by = { provider: 'local', model: MODEL, seed, pages: slides.length, provenance };
  const made = files.map(({ format, bytes }, index): RenderedFile => ({
    bytes: Buffer.from(bytes),
    mimeType: MIME_TYPES[format],
    extension: format,
    thumbnail: Buffer.from(thumbnail),
    ...(index === 0 ? {} : { role: format }),
    ...by,
  }));
  return { files: made, output: { slides: slides.map(({ title, visuals }) => ({ title, visuals })) } };
}
