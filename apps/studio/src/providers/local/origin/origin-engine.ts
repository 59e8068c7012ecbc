import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { Origin } from './read-origin.js';

const ENGINE = cpuModule<{ bytes: Uint8Array }, Origin>(import.meta.url, './origin.worker');
const TIMEOUT_MS = 20_000;

/** Reads where pictures came from, in an engine’s process: their metadata is foreign and may be anything. */
export class OriginEngine {
  constructor(private readonly cpus: CpuPool) {}

  /** @throws ProviderFault of `local`: `timeout`, `unavailable` */
  read(bytes: Uint8Array, signal: AbortSignal): Promise<Origin> {
    return this.cpus.run(ENGINE, { bytes }, { signal, timeoutMs: TIMEOUT_MS });
  }
}
