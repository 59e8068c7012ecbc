import { cutText } from '../cut-text.js';
import {
  type GeneratedImage,
  IMAGE_MIME_TYPES,
  ImageProvider,
  type ImageQuality,
  type ImageRequest,
} from '../image-provider.js';
import type { ProviderWork } from '../media-provider.js';
import { fittedImage } from '../vendor/fitted-image.js';
import { nearestRatio, wholePrompt } from '../vendor/prompt.js';
import type { VendorOptions } from '../vendor/vendor-api.js';
import { STABILITY_PRESETS, StabilityApi, stabilitySeed } from './stability-api.js';

/** The model behind the service `sd3`. */
export const DEFAULT_STABILITY_MODEL = 'sd3.5-large';
const SERVICES: Readonly<Record<ImageQuality, string>> = { standard: 'core', high: 'sd3', ultra: 'ultra' };
const RATIOS = ['1:1', '16:9', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'] as const;
const LONGEST_PROMPT = 10_000;

export interface StabilityOptions extends VendorOptions {
  readonly model?: string;
}

/** Pictures by Stability: `core`, `sd3` or `ultra`, by the quality asked for. */
export class StabilityImageProvider extends ImageProvider {
  readonly name = 'stability';
  private readonly model: string;
  private readonly api: StabilityApi;

  constructor({ model, ...vendor }: StabilityOptions) {
    super();
    this.model = model ?? DEFAULT_STABILITY_MODEL;
    this.api = new StabilityApi(vendor);
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return ['core', this.model, 'ultra'];
  }

  async generate(request: ImageRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    signal.throwIfAborted();
    const { width, height, format, quality, seed } = request;
    const service = SERVICES[quality];
    const ratio = nearestRatio(RATIOS, width, height);
    const fields = this.fieldsOf(request, service, ratio);
    const picture = await this.api.picture(`generate/${service}`, fields, signal);
    const fit = { width, height, format, lossyQuality: quality === 'standard' ? 86 : 94 };
    return {
      bytes: await fittedImage(this.name, picture, fit),
      mimeType: IMAGE_MIME_TYPES[format],
      width,
      height,
      provider: this.name,
      model: service === 'sd3' ? this.model : service,
      seed,
      limits: [
        'the same seed gives a similar picture, not the same one',
        `made in the proportions ${ratio}, cut and scaled to ${width}x${height}`,
      ],
      subjects: [],
    };
  }

  private fieldsOf(
    request: ImageRequest,
    service: string,
    ratio: string,
  ): Parameters<StabilityApi['picture']>[1] {
    const { prompt, stylePreset, negativePrompt, seed } = request;
    const preset =
      service === 'core' && stylePreset !== undefined && STABILITY_PRESETS.has(stylePreset)
        ? stylePreset
        : undefined;
    const words = wholePrompt({ prompt, stylePreset: preset === undefined ? stylePreset : undefined });
    return {
      prompt: cutText(words, LONGEST_PROMPT),
      negative_prompt: negativePrompt?.trim() === '' ? undefined : negativePrompt,
      aspect_ratio: ratio,
      seed: stabilitySeed(seed),
      style_preset: preset,
      model: service === 'sd3' ? this.model : undefined,
      output_format: 'png',
    };
  }
}
