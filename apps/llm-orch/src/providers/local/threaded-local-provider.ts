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
    let timer: NodeJS.Timeout | undefined;
    begun.once('message', () => {
      timer = setTimeout(() => limit.abort(), this.taskMs);
    });
    try {
      return await this.pool().run(
        { request, nowIso: this.now().toISOString(), begins },
        { signal: AbortSignal.any([signal, limit.signal]), transferList: [begins] },
      );
    } catch (error) {
      signal.throwIfAborted();
      if (limit.signal.aborted) {
        throw new ProviderFault({ provider: this.name, kind: 'invalid_request' }, TOO_SLOW, { cause: error });
      }
      throw new ProviderFault({ provider: this.name, kind: 'overloaded' }, 'the planner broke', {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
      begun.close();
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

// What runs in a thread is the built file, also when this one is run from its source, as tests do.
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/providers/local/planner.worker.js' : './planner.worker.js',
  import.meta.url,
);
