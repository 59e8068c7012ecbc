import type { cpuModule } from '../cpu-pool.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { type Encoding, encodeFilm } from './encode.js';
import type { FilmThreads } from './film-threads.js';
import { frameChannel } from './frame-port.js';
import type { MessagePort } from 'node:worker_threads';

/** A module that draws frames in a thread and sends them through the port it is given. */
export type FrameModule<Plan, Drawn> = ReturnType<
  typeof cpuModule<Plan & { readonly port: MessagePort }, Drawn>
>;

/** A drawn and encoded film. */
export interface Filmed<Drawn> {
  readonly bytes: Buffer;
  readonly drawn: Drawn;
}

/** How a film is shot. */
export interface Filming<Plan> extends Omit<Encoding, 'frames'> {
  readonly plan: Plan;
  readonly progress?: (percent: number) => void;
}

/** Draws in a thread and encodes in a child process, at the same time; whichever fails ends the other. */
export class FilmStudio {
  constructor(
    private readonly threads: FilmThreads,
    private readonly tools: MediaTools,
  ) {}

  /** @throws ProviderFault; the signal's reason, with thread and child ended */
  async film<Plan, Drawn>(
    module: FrameModule<Plan, Drawn>,
    { plan, progress, ...encoding }: Filming<Plan>,
  ): Promise<Filmed<Drawn>> {
    const other = new AbortController();
    const signal = AbortSignal.any([encoding.signal, other.signal]);
    const { sender, frames } = frameChannel();
    const counted = told(frames(signal), encoding.count, progress);
    const { timeoutMs } = encoding;
    const job = { ...plan, port: sender };
    const parts = [
      this.threads.run<typeof job, Drawn>(module, job, { signal, timeoutMs, port: sender }),
      encodeFilm(this.tools, { ...encoding, frames: counted, signal }),
    ] as const;
    const endTheOther = (reason: unknown): void => {
      other.abort(reason);
    };
    for (const part of parts) part.catch(endTheOther);
    await Promise.allSettled(parts);
    encoding.signal.throwIfAborted();
    if (other.signal.aborted) throw other.signal.reason;
    const [drawn, bytes] = await Promise.all(parts);
    return { drawn, bytes };
  }
}

/** Passes the frames on and tells each whole percent. */
async function* told(
  frames: AsyncIterable<Uint8Array>,
  count: number,
  progress: Filming<unknown>['progress'],
): AsyncGenerator<Uint8Array> {
  let [seen, last] = [0, 0];
  for await (const frame of frames) {
    yield frame;
    seen += 1;
    const percent = Math.min(99, Math.floor((seen * 100) / count));
    if (percent > last) progress?.(percent);
    last = percent;
  }
}
