import { availableParallelism } from 'node:os';
import { ProviderFault } from '../provider-fault.js';
import { built } from './built.js';
import { EngineProcess } from './engine-process.js';

/** How the pool works. */
export interface CpuPoolOptions {
  /** Processes at most; they are started at need. */
  readonly processes: number;
  /** Jobs waiting at most; more are refused as `unavailable`. */
  readonly queueLimit: number;
}

/** A module of engines: a `<name>.worker.ts` whose default export does one job. Plain data in and out. */
export interface CpuModule<Job, Result> {
  readonly url: URL;
  /** Only a type: what the module's default export takes and answers. */
  readonly of?: (job: Job) => Promise<Result>;
}

/** What holds for one job. */
export interface CpuRun {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const DEFAULTS: CpuPoolOptions = {
  processes: Math.max(1, Math.min(3, availableParallelism() - 1)),
  queueLimit: 64,
};
const IDLE_MS = 5 * 60_000;

/** Names a worker module beside the caller: `cpuModule<Job, Result>(import.meta.url, './local-image.worker')`. */
export function cpuModule<Job, Result>(callerUrl: string, path: string): CpuModule<Job, Result> {
  return { url: built(new URL(`${path}.js`, callerUrl)) };
}

/**
 * Bounds a job of an engine in time; its failures become faults.
 * @throws ProviderFault of `local`: `timeout`, or `unavailable` when the engine failed
 * @throws the signal's reason when it aborts
 */
export async function inTime<R>(
  { signal, timeoutMs }: CpuRun,
  work: (either: AbortSignal) => Promise<R>,
): Promise<R> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(timeoutMs);
  try {
    return await work(AbortSignal.any([signal, late]));
  } catch (cause) {
    signal.throwIfAborted();
    const [kind, message] = late.aborted
      ? (['timeout', `nothing within ${timeoutMs} ms`] as const)
      : (['unavailable', 'the engine failed'] as const);
    throw new ProviderFault({ provider: 'local', kind, message, cause });
  }
}

/** The processes that local engines share, so that the event loop stays free and the cores are counted once. */
export class CpuPool {
  private readonly options: CpuPoolOptions;
  private readonly engines = new Set<EngineProcess>();
  private readonly resting: EngineProcess[] = [];
  private readonly waiting = new Set<() => void>();
  private working = 0;
  private closed = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(options: Partial<CpuPoolOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * As {@link inTime}: the time runs from the request to its answer, waiting included; the process of a late job is ended.
   * @throws ProviderFault also when too many wait
   */
  async run<Job, Result>({ url }: CpuModule<Job, Result>, job: Job, run: CpuRun): Promise<Result> {
    return inTime(run, async (signal) => {
      await this.turn(signal);
      try {
        return (await this.work(url, job, signal)) as Result; // what the module's type says
      } finally {
        this.pass();
      }
    });
  }

  /** Ends all processes; work under way and waiting fails. */
  close(): void {
    this.closed = true;
    clearTimeout(this.idle);
    for (const engine of this.engines) engine.kill();
  }

  private async turn(signal: AbortSignal): Promise<void> {
    if (this.working < this.options.processes) {
      this.working += 1;
      return;
    }
    if (this.waiting.size >= this.options.queueLimit) throw new Error('too many jobs wait for the engines');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      this.waiting.delete(resolve);
      reject(new Error('nobody waits for it any more', { cause: signal.reason }));
    };
    signal.addEventListener('abort', leave, { once: true });
    this.waiting.add(resolve);
    await promise.finally(() => signal.removeEventListener('abort', leave));
  }

  /** Hands the turn on to who has waited longest. */
  private pass(): void {
    const [next] = this.waiting;
    if (next === undefined) this.working -= 1;
    else this.waiting.delete(next);
    next?.();
  }

  private async work(url: URL, job: unknown, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const engine = this.engine();
    const kill = (): void => engine.kill();
    signal.addEventListener('abort', kill, { once: true });
    try {
      return await engine.run(url, job);
    } finally {
      signal.removeEventListener('abort', kill);
      this.rest(engine);
    }
  }

  private engine(): EngineProcess {
    if (this.closed) throw new Error('the engines are closed');
    const rested = this.resting.pop() ?? new EngineProcess();
    const engine = rested.usable ? rested : new EngineProcess();
    this.engines.add(engine);
    return engine;
  }

  private rest(engine: EngineProcess): void {
    if (engine.usable) this.resting.push(engine);
    else this.engines.delete(engine);
    this.idle ??= setTimeout(() => this.endResting(), IDLE_MS).unref();
    this.idle.refresh();
  }

  private endResting(): void {
    for (const engine of this.resting.splice(0)) {
      this.engines.delete(engine);
      engine.kill();
    }
  }
}
