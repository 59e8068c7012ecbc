import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { presentationCredits } from '@eventzr/wallet-client';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { visualsOf } from '../providers/local/slides/deck.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { type JobInput, SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import type { PresentationInput } from './presentation-input.js';
import { planOf, PRESENTATION_OPERATION, wordsOf } from './presentation-input.js';
import { PresentationRequests } from './presentation-requests.js';
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

  constructor(
    private readonly requests: PresentationRequests,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  async request(request: GeneratePresentationRequest) {
    const planned = await this.requests.plan(request);
    const { credits, maxCostMicroUsd, provider, lines } = quoteOf(planned.input);
    assertWithinCeiling(maxCostMicroUsd);
    const input = await this.requests.settle(planned);
    return this.jobs.submit({
      type: 'presentation',
      operation: PRESENTATION_OPERATION,
      input: input as unknown as JobInput, // plain JSON throughout
      prompts: wordsOf(input),
      provider,
      requestedProvider: undefined,
      seed: request.seed ?? randomInt(SEED_RANGE),
      credits,
      estimatedMs: lines.length * MS_PER_SLIDE,
      budgetMs: BUDGET_MS,
    });
  }

  /** @throws what `PresentationRequests.plan` throws */
  async quote(request: GeneratePresentationRequest): Promise<Quote> {
    return quoteOf((await this.requests.plan(request)).input);
  }
}

function quoteOf(input: PresentationInput): Quote {
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
