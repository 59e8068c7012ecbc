import { type ImageEditKind, ImageEditProvider, type ImageEditRequest } from '../../image-edit-provider.js';
import { type GeneratedImage, IMAGE_MIME_TYPES } from '../../image-provider.js';
import type { ProviderWork } from '../../media-provider.js';
import { ProviderFault } from '../../provider-fault.js';
import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { Edited, EditJob } from './edit-image.js';

const ENGINE = cpuModule<EditJob, Edited | null>(import.meta.url, './image-edits.worker');
const TIMEOUT_MS = 60_000;
const MODEL = 'local-darkroom-1';

/** Changes pictures by rule on this machine: no key, no network, the same result for the same request. */
export class LocalImageEditProvider extends ImageEditProvider {
  readonly name = 'local';
  override readonly resubmit = 'safe';

  constructor(private readonly cpus: CpuPool) {
    super();
  }

  configured(): boolean {
    return true;
  }

  models(): readonly string[] {
    return ['local', MODEL];
  }

  edits(): readonly ImageEditKind[] {
    return ['transform', 'remove-background', 'variation'];
  }

  async generate(request: ImageEditRequest, { signal }: ProviderWork): Promise<GeneratedImage> {
    const { source, edit, format, seed } = request;
    const job = { source, edit, format, seed };
    const edited = await this.cpus.run(ENGINE, job, { signal, timeoutMs: TIMEOUT_MS });
    if (edited === null) throw nothingFound();
    const { bytes, width, height, limits } = edited;
    const [provider, mimeType, model] = [this.name, IMAGE_MIME_TYPES[format], MODEL];
    return {
      bytes: Buffer.from(bytes),
      mimeType,
      width,
      height,
      provider,
      model,
      seed,
      limits,
      subjects: [],
    };
  }
}

function nothingFound(): ProviderFault {
  const message = 'no subject could be told from the background';
  return new ProviderFault({ provider: 'local', kind: 'rejected', message });
}
