import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { Labelled, LabelJob } from './label-picture.js';

const ENGINE = cpuModule<LabelJob, Labelled>(import.meta.url, './label.worker');
const TIMEOUT_MS = 30_000;

/** Draws visible labels, in a thread. */
export class LabelEngine {
  constructor(private readonly cpus: CpuPool) {}

  /** @throws ProviderFault of `local`: `timeout`, `unavailable` */
  picture(job: LabelJob, signal: AbortSignal): Promise<Labelled> {
    return this.cpus.run(ENGINE, job, { signal, timeoutMs: TIMEOUT_MS });
  }
}
