import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import type { Completion, CompletionRequest, ModelInfo } from '../text-provider.js';
import { ProviderFault, TextProvider } from '../text-provider.js';
import { LocalTextProvider } from './local-text-provider.js';
import type { PlannerTask } from './planner.worker.js';

/** Two, so that one slow prompt does not hold up all others. */
const THREADS = 2;
const MOST_WAITING = 256;
/** Answers take milliseconds; counted from when a thread begins, so waiting and loading cost nothing. */
const TASK_MS = 5_000;
/** What a caller left is still finished in this time: a new thread loads for far longer than an answer takes. */
const LEFT_MS = 500;
const TOO_SLOW = 'the planner took too long over this prompt; a shorter one may help';
const IDLE_MS = 10 * 60_000;

/** The local planner in a thread of its own: a long prompt keeps one caller waiting, not the whole service. */
export class ThreadedLocalProvider extends TextProvider implements OnModuleDestroy {
  readonly name = 'local';
  private readonly planner: LocalTextProvider;
  private threads: Piscina<PlannerTask, Completion> | undefined;

  constructor(
    private readonly now: () => Date,
    private readonly taskMs = TASK_MS,
    private readonly leftMs = LEFT_MS,
  ) {
    super();
    this.planner = new LocalTextProvider({ now });
  }

  configured(): boolean {
    return true;
  }

  models(): readonly ModelInfo[] {
    return this.planner.models();
  }

  /** @throws ProviderFault `overloaded` when too many wait or the thread broke, `invalid_request` when it took too long */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    signal.throwIfAborted();
    // Aborting ends the thread, so a prompt that keeps it busy costs no more than this.
    const limit = new AbortController();
    const { port1: begun, port2: begins } = new MessageChannel();
    const timers: NodeJS.Timeout[] = [];
    const endIn = (ms: number) => timers.push(setTimeout(() => limit.abort(), ms));
    begun.once('message', () => endIn(this.taskMs));
    const work = this.pool()
      .run(
        { request, nowIso: this.now().toISOString(), begins },
        { signal: limit.signal, transferList: [begins] },
      )
      .finally(() => {
        for (const timer of timers) clearTimeout(timer);
        begun.close();
      });
    try {
      return await untilLeft(work, signal, () => endIn(this.leftMs));
    } catch (error) {
      signal.throwIfAborted();
      if (limit.signal.aborted) {
        throw new ProviderFault({ provider: this.name, kind: 'invalid_request' }, TOO_SLOW, { cause: error });
      }
      throw new ProviderFault({ provider: this.name, kind: 'overloaded' }, 'the planner broke', {
        cause: error,
      });
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.threads?.destroy();
  }

  private pool(): Piscina<PlannerTask, Completion> {
    this.threads ??= new Piscina<PlannerTask, Completion>({
      filename: fileURLToPath(WORKER_URL),
      minThreads: 0,
      maxThreads: THREADS,
      maxQueue: MOST_WAITING,
      idleTimeout: IDLE_MS,
    });
    return this.threads;
  }
}

/** `work`, or the signal's reason as soon as the caller is gone. */
function untilLeft<T>(work: Promise<T>, signal: AbortSignal, left: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      left();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

// What runs in a thread is the built file, also when this one is run from its source, as tests do.
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/providers/local/planner.worker.js' : './planner.worker.js',
  import.meta.url,
);
