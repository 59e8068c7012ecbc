import { ProviderFault } from '../../provider-fault.js';
import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { MadePoster, PosterJob } from './render-poster.js';

const ENGINE = cpuModule<PosterJob, MadePoster>(import.meta.url, './poster.worker');
const TIMEOUT_MS = 120_000;

/** Part of what a file says of its making: raise it when the layouts change. */
export const POSTER_ENGINE_VERSION = '2';

/** Lays posters out and draws them on this machine: no key, no network, the same poster for the same request. */
export class LocalPosterEngine {
  readonly name = 'local';
  readonly model = `poster-layout-${POSTER_ENGINE_VERSION}`;

  constructor(private readonly cpus: CpuPool) {}

  /** @throws ProviderFault */
  async make(job: PosterJob, signal: AbortSignal): Promise<MadePoster> {
    const made = await this.cpus.run(ENGINE, job, { signal, timeoutMs: TIMEOUT_MS });
    if (made.files.length === 0)
      throw new ProviderFault({ provider: this.name, kind: 'rejected', message: 'no size was asked for' });
    return made;
  }
}
