import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { imageCredits } from '@eventzr/wallet-client';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { imageCostBoundMicroUsd } from '../providers/image-costs.js';
import { ImageProviders } from '../providers/image-providers.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import type { ImageInput } from './image-input.js';
import { IMAGE_OPERATION } from './image-input.js';
import { GenerateImageRequest } from './images.dto.js';

/** A local picture takes about a tenth of a second, a vendor's half a minute. */
const ESTIMATED_MS = { local: 2_000, vendor: 30_000 };
const BUDGET_MS = 15 * 60_000;

/** Turns a wish for pictures into a priced render job. */
@Injectable()
export class ImagesService extends PricedOperation<GenerateImageRequest> {
  readonly operation = IMAGE_OPERATION;
  readonly body = GenerateImageRequest;

  constructor(
    private readonly providers: ImageProviders,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  request(request: GenerateImageRequest) {
    const { credits, maxCostMicroUsd, provider, requestedProvider } = this.quote(request);
    assertWithinCeiling(maxCostMicroUsd);
    return this.jobs.submit<ImageInput>({
      type: 'image',
      operation: IMAGE_OPERATION,
      input: inputOf(request),
      prompts: [request.prompt],
      provider,
      requestedProvider,
      mayFallBack: request.provider === undefined,
      seed: request.seed ?? randomInt(SEED_RANGE),
      credits,
      estimatedMs: (provider === 'local' ? ESTIMATED_MS.local : ESTIMATED_MS.vendor) * request.variants,
      budgetMs: BUDGET_MS,
    });
  }

  quote(request: GenerateImageRequest): Quote {
    const { width, height, variants, quality } = request;
    const { provider, requestedProvider } = this.providers.choose(request.provider);
    const { name } = provider;
    const credits = imageCredits({ width, height, variants, provider: name });
    return {
      credits,
      maxCostMicroUsd: imageCostBoundMicroUsd({ provider: name, quality }) * variants,
      provider: name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: Array.from({ length: variants }, (_, index) => ({
        item: `image ${index + 1} by ${name}`,
        credits: credits / variants,
      })),
    };
  }
}

function inputOf(request: GenerateImageRequest): ImageInput {
  const { prompt, width, height, quality, variants, format, stylePreset, negativePrompt, label } = request;
  return {
    prompt,
    width,
    height,
    quality,
    variants,
    format,
    ...(stylePreset === undefined ? {} : { stylePreset }),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(label ? { label } : {}),
  };
}
