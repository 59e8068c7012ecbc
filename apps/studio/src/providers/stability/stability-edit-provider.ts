import {
  type ImageEdit,
  type ImageEditKind,
  ImageEditProvider,
  type ImageEditRequest,
  type Transformation,
} from '../image-edit-provider.js';
import { type GeneratedImage, IMAGE_MIME_TYPES } from '../image-provider.js';
import type { ProviderWork } from '../media-provider.js';
import { boundedPng, fittedImage, imageSize } from '../vendor/fitted-image.js';
import { wantedSize } from '../vendor/edit-size.js';
import { StabilityApi, stabilitySeed } from './stability-api.js';
import { DEFAULT_STABILITY_MODEL, type StabilityOptions } from './stability-image-provider.js';

type Fields = Parameters<StabilityApi['picture']>[1];
interface Call {
  readonly endpoint: string;
  readonly fields: Fields;
}
const TRANSFORMATIONS_DONE: ReadonlySet<Transformation> = new Set([
  'style-transfer',
  'colorize',
  'enhance',
  'upscale',
]);
type Transform = Extract<ImageEdit, { kind: 'transform' }>;

/** What the vendor takes, in pixels; its fast upscaler takes less. */
const MOST_PIXELS = 4_194_304;
const MOST_UPSCALED_PIXELS = 1_048_576;

const share = (strength: number): number => Math.round(strength * 100) / 100;

/** Changes pictures by Stability's `edit`, `control` and `upscale` services. */
export class StabilityEditProvider extends ImageEditProvider {
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
    return [this.model];
  }

  edits(): readonly ImageEditKind[] {
    return ['transform', 'remove-background', 'variation'];
  }

  override does(edit: ImageEdit): boolean {
    return edit.kind !== 'transform' || TRANSFORMATIONS_DONE.has(edit.transformation);
  }

  /** @throws ProviderFault `rejected` for `filter`, `resize` and `crop`, which need no vendor */
  async generate(request: ImageEditRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    signal.throwIfAborted();
    const { source, edit, format, seed } = request;
    const { endpoint, fields } = await this.callFor(request);
    const picture = await this.api.picture(endpoint, { ...fields, output_format: 'png' }, signal);
    const size = wantedSize(edit, await imageSize(this.name, source));
    const bytes = await fittedImage(this.name, picture, { ...size, format, lossyQuality: 92 });
    return {
      bytes,
      mimeType: IMAGE_MIME_TYPES[format],
      ...size,
      provider: this.name,
      model: endpoint,
      seed,
      limits: [
        'the same seed gives a similar picture, not the same one',
        `scaled to ${size.width}x${size.height}`,
      ],
      subjects: [],
    };
  }

  private async callFor({ source, edit, seed: wish }: ImageEditRequest): Promise<Call> {
    const seed = stabilitySeed(wish);
    const image = await boundedPng(source, MOST_PIXELS);
    if (edit.kind === 'remove-background') return { endpoint: 'edit/remove-background', fields: { image } };
    if (edit.kind === 'variation') {
      const prompt = edit.prompt ?? 'another version of this picture, with the same subject';
      const fields = {
        image,
        prompt,
        strength: share(edit.strength),
        mode: 'image-to-image',
        model: this.model,
        seed,
      };
      return { endpoint: 'generate/sd3', fields };
    }
    return this.transform(edit, image, seed);
  }

  private async transform(edit: Transform, image: Buffer, seed: number): Promise<Call> {
    const { transformation, strength, style, styleReference } = edit;
    if (!this.does(edit)) throw this.api.rejected(`the vendor does no ${transformation}`);
    if (transformation === 'upscale' || transformation === 'enhance')
      return { endpoint: 'upscale/fast', fields: { image: await boundedPng(image, MOST_UPSCALED_PIXELS) } };
    if (transformation === 'style-transfer' && styleReference !== undefined) {
      const style_image = await boundedPng(styleReference, MOST_PIXELS);
      const fields = { init_image: image, style_image, prompt: style, style_strength: share(strength), seed };
      return { endpoint: 'control/style-transfer', fields };
    }
    const prompt =
      transformation === 'colorize'
        ? 'the same picture in natural colours'
        : `the same picture in the style ${style ?? 'of a painting'}`;
    const fields = { image, prompt, control_strength: share(1 - strength / 2), seed };
    return { endpoint: 'control/structure', fields };
  }
}
