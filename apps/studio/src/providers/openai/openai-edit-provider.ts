import sharp from 'sharp';
import {
  type ImageEdit,
  type ImageEditKind,
  ImageEditProvider,
  type ImageEditRequest,
} from '../image-edit-provider.js';
import { type GeneratedImage, IMAGE_MIME_TYPES } from '../image-provider.js';
import type { ProviderWork } from '../media-provider.js';
import { wantedSize } from '../vendor/edit-size.js';
import { boundedPng, fittedImage, imageSize } from '../vendor/fitted-image.js';
import { textAt } from '../vendor/json.js';
import { VendorApi } from '../vendor/vendor-api.js';
import { openAiFaultTable } from './openai-faults.js';
import { DEFAULT_OPENAI_IMAGE_MODEL, type OpenAiImageOptions, vendorSize } from './openai-image-provider.js';

const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const MOST_STYLE_PIXELS = 1_048_576;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Changes pictures by words: `POST /images/edits`, multipart, base64 back
 * (https://platform.openai.com/docs/api-reference/images/createEdit).
 */
export class OpenAiEditProvider extends ImageEditProvider {
  readonly name = 'openai';
  private readonly model: string;
  private readonly api: VendorApi;

  constructor({ apiKey, baseUrl, model, timeoutMs }: OpenAiImageOptions) {
    super();
    this.model = model ?? DEFAULT_OPENAI_IMAGE_MODEL;
    this.api = new VendorApi({
      apiKey,
      baseUrl: baseUrl ?? 'https://api.openai.com/v1',
      timeoutMs: timeoutMs ?? 120_000,
      largestAnswerBytes: LARGEST_ANSWER_BYTES,
      credentials: (key) => ({ authorization: `Bearer ${key}` }),
      faults: openAiFaultTable(this.name),
    });
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
    return edit.kind !== 'transform' || !['resize', 'crop'].includes(edit.transformation);
  }

  /** @throws ProviderFault `rejected` for `resize` and `crop`, which need no vendor */
  async generate(request: ImageEditRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    signal.throwIfAborted();
    const { source, edit, format, seed } = request;
    const original = await imageSize(this.name, source);
    const canvas = vendorSize(original.width, original.height);
    const picture = await this.call(await this.formFor(request, canvas), signal);
    const size = wantedSize(edit, original);
    const cut = await this.withoutMargins(picture, original, canvas);
    return {
      bytes: await fittedImage(this.name, cut, { ...size, format, lossyQuality: 92 }),
      mimeType: IMAGE_MIME_TYPES[format],
      ...size,
      provider: this.name,
      model: this.model,
      seed,
      limits: [
        'the vendor takes no seed: the picture cannot be reproduced',
        `painted anew at ${canvas.width}x${canvas.height} and scaled to ${size.width}x${size.height}`,
      ],
      subjects: [],
    };
  }

  /** The source stands whole on a canvas of the vendor's proportions, so that nothing is stretched or cut. */
  private async formFor({ source, edit }: ImageEditRequest, canvas: Size): Promise<FormData> {
    const prompt = this.promptOf(edit);
    const standing = await sharp(source)
      .resize(canvas.width, canvas.height, { fit: 'contain', background: '#ffffff' })
      .png()
      .toBuffer();
    const style = edit.kind === 'transform' ? edit.styleReference : undefined;
    const pictures =
      style === undefined ? [standing] : [standing, await boundedPng(style, MOST_STYLE_PIXELS)];
    const form = new FormData();
    form.append('model', this.model);
    form.append('prompt', prompt);
    form.append('n', '1');
    form.append('size', `${canvas.width}x${canvas.height}`);
    form.append('output_format', 'png');
    if (edit.kind === 'remove-background') form.append('background', 'transparent');
    pictures.forEach((picture, index) =>
      form.append('image[]', new Blob([new Uint8Array(picture)], { type: 'image/png' }), `${index + 1}.png`),
    );
    return form;
  }

  private promptOf(edit: ImageEdit): string {
    if (edit.kind === 'remove-background')
      return 'Keep the main subject exactly as it is and make everything behind it transparent.';
    const closeness = edit.strength > 0.5 ? 'freely' : 'only a little';
    if (edit.kind === 'variation')
      return `Paint another version of this picture, departing from it ${closeness}. ${edit.prompt ?? ''}`.trim();
    const style = edit.styleReference === undefined ? (edit.style ?? 'painting') : 'the second picture';
    switch (edit.transformation) {
      case 'style-transfer':
        return `Repaint the first picture ${closeness} in the style of ${style}. Keep its composition.`;
      case 'filter':
        return `Apply a photographic filter ${closeness}: ${edit.style ?? 'warm and soft'}. Change nothing else.`;
      case 'enhance':
      case 'upscale':
        return 'Make this picture sharper, cleaner and better lit. Change nothing that it shows.';
      case 'colorize':
        return 'Give this picture natural colours. Change nothing that it shows.';
      case 'resize':
      case 'crop':
        throw this.api.fault('rejected', `the vendor does no ${edit.transformation}`);
    }
  }

  private async call(body: FormData, signal: AbortSignal): Promise<Buffer> {
    const call = { method: 'POST', path: '/images/edits', body, purpose: 'work' } as const;
    const { json, status } = await this.api.call(call, signal);
    const base64 = textAt(json, 'data', 0, 'b64_json');
    if (base64 === undefined) throw this.api.unreadable('the answer holds no picture', 'work', status);
    return Buffer.from(base64, 'base64');
  }

  /** Cuts away what was added around the source to fill the canvas. */
  private async withoutMargins(picture: Buffer, source: Size, canvas: Size): Promise<Buffer> {
    const made = await imageSize(this.name, picture);
    const scale = Math.min(canvas.width / source.width, canvas.height / source.height);
    const width = Math.max(1, Math.round((source.width * scale * made.width) / canvas.width));
    const height = Math.max(1, Math.round((source.height * scale * made.height) / canvas.height));
    const region = {
      left: Math.floor((made.width - width) / 2),
      top: Math.floor((made.height - height) / 2),
      width: Math.min(width, made.width),
      height: Math.min(height, made.height),
    };
    return sharp(picture).extract(region).png().toBuffer();
  }
}
