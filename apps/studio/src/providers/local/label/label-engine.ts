import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProviderFault } from '../../provider-fault.js';
import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { probeMedia } from '../media-tools/probe.js';
import { withScratch } from '../media-tools/scratch.js';
import { labelFilm } from './label-film.js';
import type { Labelled, LabelJob } from './label-picture.js';
import type { Plate } from './plate.js';
import { plateFor } from './plate.js';

const PICTURES = cpuModule<LabelJob, Labelled>(import.meta.url, './label.worker');
const PLATES = cpuModule<Plate, Uint8Array>(import.meta.url, './plate.worker');
/** Waiting included. What gets a label has been made, and perhaps paid for: it waits for whatever is being drawn. */
const TIMEOUT_MS = 5 * 60_000;

/** Draws visible labels: onto pictures in an engine’s process, over films by ffmpeg. */
export class LabelEngine {
  constructor(
    private readonly cpus: CpuPool,
    private readonly tools: MediaTools,
  ) {}

  /** @throws ProviderFault of `local`: `timeout`, `unavailable` */
  picture(job: LabelJob, signal: AbortSignal): Promise<Labelled> {
    return this.cpus.run(PICTURES, job, { signal, timeoutMs: TIMEOUT_MS });
  }

  /** The plate stands at the top: captions are below. @throws ProviderFault of `local` */
  async film(bytes: Buffer, signal: AbortSignal): Promise<Labelled> {
    return withScratch(async (directory) => {
      const film = join(directory, 'film.mp4');
      await writeFile(film, bytes);
      const plate = plateFor(await this.sizeOf(film, signal), 'top-right');
      const png = await this.cpus.run(PLATES, plate, { signal, timeoutMs: TIMEOUT_MS });
      const { left, top, legible } = plate;
      const work = { tools: this.tools, directory, signal };
      return { bytes: await labelFilm(work, film, { png, left, top }), legible };
    });
  }

  private async sizeOf(film: string, signal: AbortSignal): Promise<{ width: number; height: number }> {
    const { streams } = await probeMedia(this.tools, film, signal);
    const { width, height } = streams.find(({ kind }) => kind === 'video') ?? {};
    if (width !== undefined && height !== undefined) return { width, height };
    throw new ProviderFault({ provider: 'local', kind: 'rejected', message: 'the film has no pictures' });
  }
}
