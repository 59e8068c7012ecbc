import {
  type GeneratedImage,
  IMAGE_MIME_TYPES,
  ImageProvider,
  type ImageRequest,
} from '../../image-provider.js';
import type { ProviderWork } from '../../media-provider.js';
import { cpuModule, type CpuPool } from '../cpu-pool.js';
import { COMPOSER_VERSION } from './compose.js';
import type { Rendered, RenderJob } from './render-image.js';

const ENGINE = cpuModule<RenderJob, Rendered>(import.meta.url, './local-image.worker');
const TIMEOUT_MS = 30_000;

/** Draws vector illustrations on this machine: no key, no network, the same picture for the same request. */
export class LocalImageProvider extends ImageProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(private readonly cpus: CpuPool) {
    super();
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', `scene-composer-${COMPOSER_VERSION}`];
  }

  async generate(request: ImageRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    const { idempotencyKey: _onlyForVendors, ...job } = request;
    const { format, width, height, seed } = job;
    const rendered = await this.cpus.run(ENGINE, job, { signal, timeoutMs: TIMEOUT_MS });
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
}
