import { fileURLToPath } from 'node:url';
import type { OnModuleDestroy } from '@nestjs/common';
import { Piscina } from 'piscina';
import type { Completion, CompletionRequest, ModelInfo } from '../text-provider.js';
import { ProviderFault, TextProvider } from '../text-provider.js';
import { LocalTextProvider } from './local-text-provider.js';
import type { PlannerTask } from './planner.worker.js';

const THREADS = 1;
const MOST_WAITING = 256;
const IDLE_MS = 10 * 60_000;

/** The local planner in a thread of its own: a long prompt keeps one caller waiting, not the whole service. */
export class ThreadedLocalProvider extends TextProvider implements OnModuleDestroy {
  readonly name = 'local';
  private readonly planner: LocalTextProvider;
  private threads: Piscina<PlannerTask, Completion> | undefined;

  constructor(private readonly now: () => Date) {
    super();
    this.planner = new LocalTextProvider({ now });
  }

  configured(): boolean {
    return true;
  }

  models(): readonly ModelInfo[] {
    return this.planner.models();
  }

  /** @throws ProviderFault `unavailable` when too many wait or the thread broke */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    signal.throwIfAborted();
    try {
      return await this.pool().run({ request, nowIso: this.now().toISOString() }, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw new ProviderFault({ provider: this.name, kind: 'unavailable' }, 'the planner broke', {
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

// What runs in a thread is the built file, also when this one is run from its source, as tests do.
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/providers/local/planner.worker.js' : './planner.worker.js',
  import.meta.url,
);
