import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { type CpuModule, type CpuRun, inTime } from '../cpu-pool.js';

/** What holds for one film. */
export interface FilmRun extends CpuRun {
  /** Where the thread sends its frames: handed over rather than copied. */
  readonly port: MessagePort;
}

const FILMS_AT_ONCE = 1;
const WAITING_LIMIT = 64;
const IDLE_MS = 5 * 60_000;
/** Threads give way to whoever answers requests on the same cores; where the system cannot do it, nothing changes. */
const NICE_INCREMENT = 10;
const HEAP_MEBIBYTES = 768;

/**
 * Where films are drawn: for minutes, so not where pictures and speech would wait for it, and in a thread, whose frames
 * reach the encoder without a copy.
 */
export class FilmThreads {
  private threads: Piscina | undefined;

  /** As {@link inTime}; the thread of a late film is ended. @throws ProviderFault also when too many wait */
  async run<Job, Result>(
    module: CpuModule<Job, Result>,
    job: Job,
    { port, ...run }: FilmRun,
  ): Promise<Result> {
    const filename = module.url.href;
    return inTime(run, async (signal) => {
      const drawn: unknown = await this.pool().run(job, { filename, signal, transferList: [port] });
      return drawn as Result; // what the module's type says
    });
  }

  /** Ends the thread; films under way and waiting fail. */
  async close(): Promise<void> {
    await this.threads?.destroy();
  }

  private pool(): Piscina {
    this.threads ??= new Piscina({
      minThreads: 0,
      maxThreads: FILMS_AT_ONCE,
      maxQueue: WAITING_LIMIT,
      idleTimeout: IDLE_MS,
      niceIncrement: NICE_INCREMENT,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEBIBYTES },
    });
    return this.threads;
  }
}
