import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { posterCredits } from '@eventzr/wallet-client';
import { type Quote, PricedOperation } from '../prices/priced-operation.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { type JobInput, SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import { textsIn } from '../templates/texts-in.js';
import { posterCostBoundMicroUsd } from './poster-costs.js';
import type { PosterInput, PosterKind } from './poster-input.js';
import { PosterRequests } from './poster-requests.js';
import { GenerateInvitationRequest, GeneratePosterRequest } from './posters.dto.js';

const MS_PER_FILE = 1_500;
const BUDGET_MS = 15 * 60_000;

/** Turns a wish for a poster or an invitation into a priced render job. */
abstract class PapersService<Request extends GeneratePosterRequest> extends PricedOperation<Request> {
  protected abstract readonly kind: PosterKind;

  constructor(
    private readonly requests: PosterRequests,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  async request(request: Request) {
    const { credits, maxCostMicroUsd, provider } = await this.quote(request);
    assertWithinCeiling(maxCostMicroUsd);
    const input = await this.requests.settle(request);
    return this.jobs.submit({
      type: this.kind,
      operation: this.operation,
      input: input as unknown as JobInput, // plain JSON throughout
      prompts: [...wordsOf(request, input), ...textsIn(input.tree)],
      provider,
      requestedProvider: undefined,
      seed: request.seed ?? randomInt(SEED_RANGE),
      credits,
      estimatedMs: MS_PER_FILE * request.sizes.length * request.formats.length,
      budgetMs: BUDGET_MS,
    });
  }

  /** @throws what the route says of dates, letters, templates, slots and brand kits */
  async quote(request: Request): Promise<Quote> {
    const content = this.requests.contentOf(request);
    this.requests.assertSettable(request);
    await this.requests.assertKnown(request);
    const credits = posterCredits(content);
    return {
      credits,
      maxCostMicroUsd: posterCostBoundMicroUsd(content),
      provider: 'local',
      lines: [{ item: `${this.kind}, ${content}`, credits }],
    };
  }
}

/** All that the caller wrote and the page may show; pictures that were taken for slots are judged as pictures. */
function wordsOf(request: GenerateInvitationRequest, { pictures }: PosterInput): string[] {
  const { title, venue, hosts, description, imagePrompt, invitee, slots = {} } = request;
  const filled = Object.entries(slots).filter(([name]) => !Object.hasOwn(pictures, name));
  return textsIn([title, venue, hosts, description, imagePrompt, invitee, Object.fromEntries(filled)]);
}

@Injectable()
export class PostersService extends PapersService<GeneratePosterRequest> {
  readonly operation = 'posters.generate';
  readonly body = GeneratePosterRequest;
  protected readonly kind = 'poster';

  constructor(requests: PosterRequests, jobs: RenderJobsService) {
    super(requests, jobs);
  }
}

@Injectable()
export class InvitationsService extends PapersService<GenerateInvitationRequest> {
  readonly operation = 'invitations.generate';
  readonly body = GenerateInvitationRequest;
  protected readonly kind = 'invitation';

  constructor(requests: PosterRequests, jobs: RenderJobsService) {
    super(requests, jobs);
  }
}
