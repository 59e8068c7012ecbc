import { availableParallelism } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { ProviderFault } from '../provider-fault.js';

/** How the pool works. */
export interface CpuPoolOptions {
  /** Threads at most; they are started at need. */
  readonly threads: number;
  /** Jobs waiting at most; more are refused as `unavailable`. */
  readonly queueLimit: number;
}

/** A module that runs in a thread: a `<name>.worker.ts` whose default export does one job. Plain data in and out. */
export interface CpuModule<Job, Result> {
  readonly url: URL;
  /** Only a type: what the module's default export takes and answers. */
  readonly of?: (job: Job) => Promise<Result>;
}

/** What holds for one job. */
export interface CpuRun {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Ports and buffers of the job that are handed over rather than copied. */
  readonly transfer?: readonly MessagePort[];
}

const DEFAULTS: CpuPoolOptions = {
  threads: Math.max(1, Math.min(3, availableParallelism() - 1)),
  queueLimit: 64,
};
const IDLE_MS = 5 * 60_000;
/** Threads give way to whoever answers requests on the same cores; where the system cannot do it, nothing changes. */
const NICE_INCREMENT = 10;

/**
 * Names a worker module beside the caller: `cpuModule<Job, Result>(import.meta.url, './local-image.worker')`.
 * What runs in a thread is the built file, also when the caller runs from its source, as specs do.
 */
export function cpuModule<Job, Result>(callerUrl: string, path: string): CpuModule<Job, Result> {
  const url = new URL(`${path}.js`, callerUrl);
  return { url: new URL(url.href.replace(/\/src\/(?=(?:providers|inputs)\/)/, '/dist/')) };
}

/** The threads that local engines share, so that the event loop stays free and the cores are counted once. */
export class CpuPool {
  private readonly options: CpuPoolOptions;
  private threads: Piscina | undefined;

  constructor(options: Partial<CpuPoolOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * @param timeoutMs from the request to its answer, waiting included; the thread of a late job is ended
   * @throws ProviderFault of `local`: `timeout`, or `unavailable` when too many wait or the engine failed
   * @throws the signal's reason when it aborts
   */
  async run<Job, Result>(
    module: CpuModule<Job, Result>,
    job: Job,
    { signal, timeoutMs, transfer = [] }: CpuRun,
  ): Promise<Result> {
    signal.throwIfAborted();
    const late = AbortSignal.timeout(timeoutMs);
    const either = AbortSignal.any([signal, late]);
    try {
      return (await this.pool().run(job, {
        filename: module.url.href,
        signal: either,
        transferList: [...transfer],
      })) as Result;
    } catch (cause) {
      signal.throwIfAborted();
      const message = late.aborted ? `nothing within ${timeoutMs} ms` : 'the engine failed';
      throw new ProviderFault({
        provider: 'local',
        kind: late.aborted ? 'timeout' : 'unavailable',
        message,
        cause,
      });
    }
  }

  /** Ends all threads; work under way and waiting fails. */
  async close(): Promise<void> {
    await this.threads?.destroy();
  }

  private pool(): Piscina {
    this.threads ??= new Piscina({
      minThreads: 0,
      maxThreads: this.options.threads,
      maxQueue: this.options.queueLimit,
      idleTimeout: IDLE_MS,
      niceIncrement: NICE_INCREMENT,
      resourceLimits: { maxOldGenerationSizeMb: 768 },
    });
    return this.threads;
  }
}
