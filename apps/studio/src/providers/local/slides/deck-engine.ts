import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { DeckJob, RenderedDeck } from './render-deck.js';

const ENGINE = cpuModule<DeckJob, RenderedDeck>(import.meta.url, './local-deck.worker');
const TIMEOUT_MS = 180_000;

/** Makes presentations in an engine’s process: PowerPoint and PDF. Needs no key, no network and no tool of the machine. */
export class DeckEngine {
  constructor(private readonly cpus: CpuPool) {}

  /** @throws ProviderFault of `local`; the signal's reason when it aborts */
  render(job: DeckJob, signal: AbortSignal): Promise<RenderedDeck> {
    return this.cpus.run(ENGINE, job, { signal, timeoutMs: TIMEOUT_MS });
  }
}
