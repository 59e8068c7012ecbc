import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { presentationCredits } from '@eventzr/wallet-client';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { visualsOf } from '../providers/local/slides/deck.js';
import { themeNames } from '../providers/local/slides/themes.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import { StudioErrors } from '../studio.errors.js';
import type { PresentationInput } from './presentation-input.js';
import { planOf, PRESENTATION_OPERATION, wordsOf } from './presentation-input.js';
import { GeneratePresentationRequest } from './presentations.dto.js';

const MS_PER_SLIDE = 700;
const BUDGET_MS = 15 * 60_000;
/** Small but not zero, so that ceilings can be tried anywhere. */
const COST_MICRO_USD_PER_SLIDE = 100;

/** The most that a deck may cost us. */
export const deckCostMicroUsd = (input: PresentationInput): number =>
  planOf(input).slides.length * COST_MICRO_USD_PER_SLIDE;

/** Turns a topic or an outline into a priced render job. */
@Injectable()
export class PresentationsService extends PricedOperation<GeneratePresentationRequest> {
  readonly operation = PRESENTATION_OPERATION;
  readonly body = GeneratePresentationRequest;

  constructor(private readonly jobs: RenderJobsService) {
    super();
  }

  request(request: GeneratePresentationRequest) {
    const { credits, maxCostMicroUsd, provider, lines } = this.quote(request);
    assertWithinCeiling(maxCostMicroUsd);
    const input = inputOf(request);
    return this.jobs.submit<PresentationInput>({
      type: 'presentation',
      operation: PRESENTATION_OPERATION,
      input,
      prompts: wordsOf(input),
      provider,
      requestedProvider: undefined,
      seed: request.seed ?? randomInt(SEED_RANGE),
      credits,
      estimatedMs: lines.length * MS_PER_SLIDE,
      budgetMs: BUDGET_MS,
    });
  }

  /** @throws INVALID_TOPIC, INVALID_OUTLINE, UNKNOWN_SLIDE_THEME 400 */
  quote(request: GeneratePresentationRequest): Quote {
    assertPlannable(request);
    const input = inputOf(request);
    const lines = planOf(input).slides.map((slide, index) => {
      const visuals = visualsOf(slide);
      return {
        item: `slide ${index + 1}, ${visuals.replaceAll('-', ' ')}`,
        credits: presentationCredits([visuals]),
      };
    });
    const credits = lines.reduce((sum, line) => sum + line.credits, 0);
    return { credits, maxCostMicroUsd: deckCostMicroUsd(input), provider: 'local', lines };
  }
}

function assertPlannable({ topic, outline, templateId }: GeneratePresentationRequest): void {
  if (topic === undefined && outline === undefined) throw StudioErrors.INVALID_TOPIC();
  for (const [slide, { chart }] of (outline ?? []).entries())
    if (chart?.series.some(({ values }) => values.length !== chart.labels.length) === true)
      throw StudioErrors.INVALID_OUTLINE({ slide });
  if (templateId !== undefined && !themeNames().includes(templateId))
    throw StudioErrors.UNKNOWN_SLIDE_THEME({ templateId, known: themeNames() });
}

function inputOf(request: GeneratePresentationRequest): PresentationInput {
  const { topic, audience, outline, slides, images, charts, format, formats, templateId, brand } = request;
  return {
    slides: outline?.length ?? slides,
    images,
    charts,
    formats: formats ?? [format],
    ...(topic === undefined ? {} : { topic }),
    ...(audience === undefined ? {} : { audience }),
    ...(outline === undefined ? {} : { outline }),
    ...(templateId === undefined ? {} : { templateId }),
    ...(brand === undefined ? {} : { brand }),
  };
}
