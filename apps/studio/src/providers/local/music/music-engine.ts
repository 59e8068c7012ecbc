import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { MusicWish } from './music-brief.js';
import type { RenderedMusic } from './render-music.js';

const ENGINE = cpuModule<MusicWish, RenderedMusic>(import.meta.url, './local-music.worker');
const TIMEOUT_MS = 90_000;

/** The composer and its band, in an engine’s process. Needs no key, no network and no tool of the machine. */
export class MusicEngine {
  constructor(private readonly cpus: CpuPool) {}

  /**
   * Composes and plays: 16-bit stereo WAV of exactly `durationSeconds` (10-180 for tracks; 4 and more for beds),
   * at -16 LUFS with a true peak under -1 dB. Equal wishes give equal bytes.
   * @throws ProviderFault of `local`; the signal's reason when it aborts
   */
  compose(wish: MusicWish, signal: AbortSignal): Promise<RenderedMusic> {
    return this.cpus.run(ENGINE, wish, { signal, timeoutMs: TIMEOUT_MS });
  }
}
