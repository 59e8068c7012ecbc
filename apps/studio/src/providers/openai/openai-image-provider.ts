import axios, { type AxiosInstance } from 'axios';
import {
  type GeneratedImage,
  IMAGE_MIME_TYPES,
  ImageProvider,
  type ImageQuality,
  type ImageRequest,
  ProviderFault,
} from '../image-provider.js';
import type { ProviderWork } from '../media-provider.js';
import { fittedImage } from '../vendor/fitted-image.js';
import { wholePrompt } from '../vendor/prompt.js';
import { faultOf } from './openai-faults.js';

/** The first current model; the `dall-e` models were retired by their vendor. */
export const DEFAULT_OPENAI_IMAGE_MODEL = 'gpt-image-1.5';

/** Where and how to call the vendor. */
export interface OpenAiImageOptions {
  /** Without it the provider counts as not configured. */
  readonly apiKey?: string;
  /** With the version, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  /** The model that all names of this provider stand for. */
  readonly model?: string;
  /** Deadline of one call in milliseconds. */
  readonly timeoutMs?: number;
}

/** The sizes that the vendor's image models can make. */
const VENDOR_SIZES = [
  { width: 1024, height: 1024 },
  { width: 1536, height: 1024 },
  { width: 1024, height: 1536 },
] as const;

const VENDOR_QUALITY: Readonly<Record<ImageQuality, string>> = {
  standard: 'medium',
  high: 'high',
  ultra: 'high',
};
/** Pictures come as base64 in JSON: this bounds what we read, and so what we hold. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** The vendor's size whose proportions are nearest to those asked for. */
export function vendorSize(width: number, height: number): { width: number; height: number } {
  const distance = (size: { width: number; height: number }): number =>
    Math.abs(Math.log(size.width / size.height / (width / height)));
  return VENDOR_SIZES.reduce<{ width: number; height: number }>(
    (best, size) => (distance(size) < distance(best) ? size : best),
    VENDOR_SIZES[0],
  );
}

/** Reads `data[0].b64_json` from an answer of unknown shape. */
function base64Of(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('data' in answer) || !Array.isArray(answer.data))
    return undefined;
  const first: unknown = answer.data[0];
  if (typeof first !== 'object' || first === null || !('b64_json' in first)) return undefined;
  return typeof first.b64_json === 'string' && first.b64_json !== '' ? first.b64_json : undefined;
}

/** OpenAI's image endpoint, and others that speak its language. */
export class OpenAiImageProvider extends ImageProvider {
  readonly name = 'openai';
  private readonly apiKey: string | undefined;
  private readonly model: string;
  private readonly http: AxiosInstance;
  private readonly timeoutMs: number;

  constructor(options: OpenAiImageOptions) {
    super();
    this.apiKey = options.apiKey === '' ? undefined : options.apiKey;
    this.model = options.model ?? DEFAULT_OPENAI_IMAGE_MODEL;
    this.timeoutMs = options.timeoutMs ?? 120_000;
    // A redirect would carry the key to another host.
    this.http = axios.create({
      baseURL: options.baseUrl ?? 'https://api.openai.com/v1',
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER_BYTES,
      proxy: false,
    });
  }

  configured(): boolean {
    return this.apiKey !== undefined;
  }

  models(): readonly string[] {
    return [this.model, 'dall-e-3', 'dalle3', 'gpt-image-*'];
  }

  async generate(request: ImageRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    signal.throwIfAborted();
    const size = vendorSize(request.width, request.height);
    const base64 = await this.call(request, size, signal);
    const { width, height, format, quality } = request;
    const fit = { width, height, format, lossyQuality: quality === 'standard' ? 86 : 94 };
    const bytes = await fittedImage(this.name, Buffer.from(base64, 'base64'), fit);
    return {
      bytes,
      mimeType: IMAGE_MIME_TYPES[request.format],
      width: request.width,
      height: request.height,
      provider: this.name,
      model: this.model,
      seed: request.seed,
      limits: this.limitsOf(request, size),
      subjects: [],
    };
  }

  private async call(
    request: ImageRequest,
    size: { width: number; height: number },
    signal: AbortSignal,
  ): Promise<string> {
    if (this.apiKey === undefined)
      throw new ProviderFault({ provider: this.name, kind: 'auth', message: 'no API key is configured' });
    const deadline = AbortSignal.timeout(this.timeoutMs);
    const body = {
      model: this.model,
      prompt: wholePrompt(request),
      n: 1,
      size: `${size.width}x${size.height}`,
      quality: VENDOR_QUALITY[request.quality],
      output_format: request.format,
    };
    const headers = { authorization: `Bearer ${this.apiKey}`, 'idempotency-key': request.idempotencyKey };
    const answer = await this.http
      .post<unknown>('/images/generations', body, { headers, signal: AbortSignal.any([signal, deadline]) })
      .catch((error: unknown) => {
        signal.throwIfAborted();
        throw faultOf(this.name, error, deadline.aborted);
      });
    const base64 = base64Of(answer.data);
    if (base64 === undefined)
      throw new ProviderFault({
        provider: this.name,
        kind: 'unknown_outcome',
        status: answer.status,
        message: 'the answer holds no picture',
      });
    return base64;
  }

  private limitsOf(
    { width, height, quality, negativePrompt }: ImageRequest,
    size: { width: number; height: number },
  ): string[] {
    const limits = ['the vendor takes no seed: the picture cannot be reproduced'];
    if (width !== size.width || height !== size.height)
      limits.push(`made at ${size.width}x${size.height}, cut and scaled to ${width}x${height}`);
    if (quality === 'ultra') limits.push('the vendor knows no quality above high');
    if (negativePrompt !== undefined)
      limits.push('what to leave out was asked for in the prompt, the vendor has no field for it');
    return limits;
  }
}
