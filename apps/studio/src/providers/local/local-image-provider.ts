import { availableParallelism } from 'node:os';
import {
  type GeneratedImage,
  IMAGE_MIME_TYPES,
  ImageProvider,
  type ImageRequest,
} from '../image-provider.js';
import { COMPOSER_VERSION } from './compose.js';
import { RenderPool, type RenderPoolOptions } from './render-pool.js';

const DEFAULTS: RenderPoolOptions = {
  size: Math.max(1, Math.min(3, availableParallelism() - 1)),
  timeoutMs: 30_000,
  queueLimit: 64,
};

/** Draws vector illustrations on this machine: no key, no network, the same picture for the same request. */
export class LocalImageProvider extends ImageProvider {
  readonly name = 'local';
  private readonly pool: RenderPool;

  /** @param options threads, deadline in milliseconds and queue length; sensible ones by default */
  constructor(options: Partial<RenderPoolOptions> = {}) {
    super();
    this.pool = new RenderPool({ ...DEFAULTS, ...options });
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', `scene-composer-${COMPOSER_VERSION}`];
  }

  async generate(request: ImageRequest, signal: AbortSignal): Promise<GeneratedImage> {
    const { prompt, negativePrompt, stylePreset, width, height, quality, format, seed, variantIndex } =
      request;
    const rendered = await this.pool.render(
      { prompt, negativePrompt, stylePreset, width, height, quality, format, seed, variantIndex },
      signal,
    );
    return {
      bytes: Buffer.from(rendered.bytes),
      mimeType: IMAGE_MIME_TYPES[format],
      width,
      height,
      provider: this.name,
      model: `scene-composer-${COMPOSER_VERSION}`,
      seed,
      limits: rendered.limits,
      subjects: rendered.subjects,
    };
  }

  /** Ends the render threads; call it when the process shuts down. */
  async close(): Promise<void> {
    await this.pool.close();
  }
}
