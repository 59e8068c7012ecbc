import {
  type GeneratedImage,
  IMAGE_MIME_TYPES,
  ImageProvider,
  type ImageQuality,
  type ImageRequest,
} from '../image-provider.js';
import type { ProviderWork } from '../media-provider.js';
import { fittedImage } from '../vendor/fitted-image.js';
import { formOf } from '../vendor/form.js';
import { at, textAt } from '../vendor/json.js';
import { nearestRatio, wholePrompt } from '../vendor/prompt.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { VendorResults } from '../vendor/vendor-results.js';

/** Part of the path: the vendor has no field for its model. */
export const DEFAULT_IDEOGRAM_MODEL = 'ideogram-v3';
const BASE_URL = 'https://api.ideogram.ai';
const LARGEST_PICTURE_BYTES = 64 * 1024 * 1024;
const SPEEDS: Readonly<Record<ImageQuality, string>> = {
  standard: 'DEFAULT',
  high: 'QUALITY',
  ultra: 'QUALITY',
};
const RATIOS = [
  '1x1', '1x3', '3x1', '1x2', '2x1', '9x16', '16x9', '10x16', '16x10', '2x3', '3x2', '3x4', '4x3', '4x5', '5x4',
] as const; // prettier-ignore
/** Seeds are signed 32-bit integers there. */
const SEEDS = 2 ** 31;

export interface IdeogramOptions extends VendorOptions {
  readonly model?: string;
}

/**
 * Pictures by Ideogram: https://developer.ideogram.ai/api-reference/api-reference/generate-v3 and
 * https://developer.ideogram.ai/ideogram-api/errors. The answer is an address that works for a while; nobody can be
 * asked for it again, so what is lost on the way was billed for nothing. Withheld pictures are billed as well.
 */
export class IdeogramImageProvider extends ImageProvider {
  readonly name = 'ideogram';
  private readonly model: string;
  private readonly api: VendorApi;
  private readonly results: VendorResults;

  constructor({ apiKey, baseUrl = BASE_URL, timeoutMs = 120_000, model }: IdeogramOptions) {
    super();
    this.model = model ?? DEFAULT_IDEOGRAM_MODEL;
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: 1024 * 1024,
      credentials: (key) => ({ 'api-key': key }),
      faults: {
        provider: this.name,
        complaint: (body) => ({
          code: '',
          message: textAt(body, 'error') ?? textAt(body, 'detail') ?? textAt(body, 'message') ?? '',
        }),
        kind: (status, { message }) => (status === 422 && /safety/i.test(message) ? 'moderated' : undefined),
      },
    });
    this.results = new VendorResults({ provider: this.name, baseUrl, timeoutMs, lost: 'unknown_outcome' });
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  async generate(request: ImageRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    const { width, height, format, quality, seed } = request;
    const ratio = nearestRatio(RATIOS, width, height);
    const url = await this.submit(request, ratio, signal);
    const limits = { family: 'image/', maxBytes: LARGEST_PICTURE_BYTES } as const;
    const { bytes } = await this.results.fetch({ url }, limits, signal);
    const fit = { width, height, format, lossyQuality: quality === 'standard' ? 86 : 94 };
    return {
      bytes: await fittedImage(this.name, bytes, fit),
      mimeType: IMAGE_MIME_TYPES[format],
      width,
      height,
      provider: this.name,
      model: this.model,
      seed,
      limits: limitsOf(request, ratio),
      subjects: [],
    };
  }

  private async submit(request: ImageRequest, ratio: string, signal: AbortSignal): Promise<string> {
    const { negativePrompt, quality, seed } = request;
    const body = formOf({
      prompt: wholePrompt({ ...request, negativePrompt: undefined }),
      negative_prompt: negativePrompt?.trim() === '' ? undefined : negativePrompt,
      aspect_ratio: ratio,
      rendering_speed: SPEEDS[quality],
      magic_prompt: 'OFF',
      num_images: 1,
      seed: seed % SEEDS,
    });
    const path = `/v1/${encodeURIComponent(this.model)}/generate`;
    const { json, status } = await this.api.call({ method: 'POST', path, body, purpose: 'work' }, signal);
    if (at(json, 'data', 0, 'is_image_safe') === false)
      throw this.api.fault('moderated', 'the vendor withheld the picture');
    const url = textAt(json, 'data', 0, 'url');
    if (url === undefined) throw this.api.unreadable('the answer holds no picture', 'work', status);
    return url;
  }
}

function limitsOf({ width, height, quality }: ImageRequest, ratio: string): string[] {
  const limits = [
    'the same seed gives a similar picture, not the same one',
    `made in the proportions ${ratio}, cut and scaled to ${width}x${height}`,
  ];
  if (quality === 'ultra') limits.push('the vendor knows no quality above high');
  return limits;
}
