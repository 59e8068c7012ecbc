import { cpuModule, type CpuPool } from '../cpu-pool.js';
import { type Looks, PRESENTERS } from './presenters.js';

const ENGINE = cpuModule<Looks, Uint8Array>(import.meta.url, './preview.worker');
const TIMEOUT_MS = 30_000;

/** Pictures of the drawn presenters, each drawn once. */
export class PresenterPreviews {
  private readonly drawn = new Map<string, Promise<string>>();

  constructor(private readonly cpus: CpuPool) {}

  /** A `data:` address, which opens without a header; undefined for nobody of ours. @throws ProviderFault */
  async of(id: string): Promise<string | undefined> {
    const looks = PRESENTERS.find((each) => each.id === id)?.looks;
    if (looks === undefined) return undefined;
    const preview = this.drawn.get(id) ?? this.draw(looks);
    this.drawn.set(id, preview);
    preview.catch(() => this.drawn.delete(id));
    return preview;
  }

  private async draw(looks: Looks): Promise<string> {
    const { signal } = new AbortController();
    const bytes = await this.cpus.run(ENGINE, looks, { signal, timeoutMs: TIMEOUT_MS });
    return `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`;
  }
}
