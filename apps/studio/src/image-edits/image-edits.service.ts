import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { imageCredits } from '@eventzr/wallet-client';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { imageCostBoundMicroUsd } from '../providers/image-costs.js';
import type { ImageEdit, ImageEditKind } from '../providers/image-edit-provider.js';
import { ImageEditProviders } from '../providers/image-edit-providers.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import type { BackgroundInput, TransformInput, VariationInput } from './image-edit-input.js';
import { BACKGROUND_OPERATION, TRANSFORM_OPERATION, VARIATION_OPERATION } from './image-edit-input.js';
import type { ImageEditRequestBody } from './image-edits.dto.js';
import { RemoveBackgroundRequest, TransformImageRequest, VaryImageRequest } from './image-edits.dto.js';
import { OwnDrawings } from './own-drawings.js';
import { assertLocalStyle, styleReference } from './style-reference.js';

const ESTIMATED_MS = { local: 3_000, vendor: 30_000 };
const BUDGET_MS = 15 * 60_000;
const FLAT_CREDITS = 25;
/** Variations are priced like new pictures; before the picture is known it counts as a medium one. */
const VARIATION_AREA = { width: 1_024, height: 1_024 };

/** What the three have in common: who does it, for how much, and how it becomes a job. */
abstract class ImageEditOperation<Request extends ImageEditRequestBody> extends PricedOperation<Request> {
  protected abstract readonly kind: ImageEditKind;

  constructor(
    private readonly providers: ImageEditProviders,
    protected readonly inputs: MediaInputs,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  /** What decides who can do it. */
  protected abstract editOf(request: Request): ImageEdit;
  protected abstract creditsOf(request: Request, provider: string): number;
  protected abstract piecesOf(request: Request): number;

  quote(request: Request): Quote {
    const { provider, requestedProvider } = this.providers.choose(this.editOf(request), request.provider);
    const [credits, pieces] = [this.creditsOf(request, provider.name), this.piecesOf(request)];
    return {
      credits,
      maxCostMicroUsd: imageCostBoundMicroUsd({ provider: provider.name, quality: 'high' }) * pieces,
      provider: provider.name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: Array.from({ length: pieces }, (_, index) => ({
        item: `${this.kind} ${index + 1} by ${provider.name}`,
        credits: credits / pieces,
      })),
    };
  }

  protected take({ imageUrl, assetId }: ImageEditRequestBody) {
    return this.inputs.take({ url: imageUrl, assetId }, 'image');
  }

  protected submit(
    type: string,
    { seed, label }: Request,
    quote: Quote,
    input: TransformInput | BackgroundInput | VariationInput,
    prompts: readonly (string | undefined)[],
  ) {
    const { credits, provider, requestedProvider } = quote;
    return this.jobs.submit({
      type,
      operation: this.operation,
      input: label ? { ...input, label } : input,
      prompts: prompts.filter((prompt) => prompt !== undefined),
      provider,
      requestedProvider,
      seed: seed ?? randomInt(SEED_RANGE),
      credits,
      estimatedMs: (provider === 'local' ? ESTIMATED_MS.local : ESTIMATED_MS.vendor) * quote.lines.length,
      budgetMs: BUDGET_MS,
    });
  }

  protected affordable(request: Request): Quote {
    const quote = this.quote(request);
    assertWithinCeiling(quote.maxCostMicroUsd);
    return quote;
  }
}

@Injectable()
export class TransformsService extends ImageEditOperation<TransformImageRequest> {
  readonly operation = TRANSFORM_OPERATION;
  readonly body = TransformImageRequest;
  protected readonly kind = 'transform';

  constructor(providers: ImageEditProviders, inputs: MediaInputs, jobs: RenderJobsService) {
    super(providers, inputs, jobs);
  }

  async request(request: TransformImageRequest) {
    const quote = this.affordable(request);
    const { transformation, strength, width, height, outputFormat: format } = request;
    const { name, picture } = styleReference(request.styleReference);
    if (quote.provider === 'local') assertLocalStyle(transformation, name);
    const source = await this.take(request);
    const reference = picture === undefined ? undefined : await this.inputs.take(picture, 'image');
    const style = name === undefined ? {} : { style: name };
    const mood = reference === undefined ? {} : { reference };
    const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
    const input: TransformInput = { source, format, transformation, strength, ...style, ...mood, ...size };
    return this.submit('image-transform', request, quote, input, [name]);
  }

  protected editOf({ transformation, strength }: TransformImageRequest): ImageEdit {
    return { kind: this.kind, transformation, strength };
  }

  protected creditsOf(): number {
    return FLAT_CREDITS;
  }

  protected piecesOf(): number {
    return 1;
  }
}

@Injectable()
export class BackgroundsService extends ImageEditOperation<RemoveBackgroundRequest> {
  readonly operation = BACKGROUND_OPERATION;
  readonly body = RemoveBackgroundRequest;
  protected readonly kind = 'remove-background';

  constructor(
    providers: ImageEditProviders,
    inputs: MediaInputs,
    jobs: RenderJobsService,
    private readonly drawings: OwnDrawings,
  ) {
    super(providers, inputs, jobs);
  }

  async request(request: RemoveBackgroundRequest) {
    const quote = this.affordable(request);
    const source = await this.take(request);
    const drawing = request.assetId === undefined ? undefined : await this.drawings.of(request.assetId);
    const drawn = drawing === undefined ? {} : { drawing };
    const input: BackgroundInput = { source, format: request.outputFormat, ...drawn };
    return this.submit('background-removal', request, quote, input, []);
  }

  protected editOf(): ImageEdit {
    return { kind: this.kind };
  }

  protected creditsOf(): number {
    return FLAT_CREDITS;
  }

  protected piecesOf(): number {
    return 1;
  }
}

@Injectable()
export class VariationsService extends ImageEditOperation<VaryImageRequest> {
  readonly operation = VARIATION_OPERATION;
  readonly body = VaryImageRequest;
  protected readonly kind = 'variation';

  constructor(providers: ImageEditProviders, inputs: MediaInputs, jobs: RenderJobsService) {
    super(providers, inputs, jobs);
  }

  async request(request: VaryImageRequest) {
    const quote = this.affordable(request);
    const { strength, variants, prompt, outputFormat: format } = request;
    const words = prompt === undefined ? {} : { prompt };
    const input: VariationInput = { source: await this.take(request), format, strength, variants, ...words };
    return this.submit('image-variation', request, quote, input, [prompt]);
  }

  protected editOf({ strength }: VaryImageRequest): ImageEdit {
    return { kind: this.kind, strength, variantIndex: 0 };
  }

  protected creditsOf({ variants }: VaryImageRequest, provider: string): number {
    return imageCredits({ ...VARIATION_AREA, variants, provider });
  }

  protected piecesOf({ variants }: VaryImageRequest): number {
    return variants;
  }
}
