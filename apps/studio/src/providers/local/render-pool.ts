import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ProviderFault } from '../image-provider.js';
import { type Rendered, type RenderJob, renderImage } from './render-image.js';

/** How the pool works. */
export interface RenderPoolOptions {
  /** Threads at most; they are started at need and kept. */
  readonly size: number;
  /** Milliseconds from the request to its answer, waiting included. */
  readonly timeoutMs: number;
  /** Pictures waiting at most; more are refused as `unavailable`. */
  readonly queueLimit: number;
}

type Reply = { readonly rendered: Rendered } | { readonly failure: string };

interface Waiting {
  readonly job: RenderJob;
  readonly done: (reply: Reply) => void;
  readonly failed: (error: Error) => void;
}

/** A worker and the picture it draws. Its listeners are set once: a worker does not survive their removal. */
class RenderThread {
  private readonly worker: Worker;
  private current: Waiting | undefined;

  constructor(onEnd: (thread: RenderThread) => void) {
    this.worker = new Worker(fileURLToPath(WORKER_URL), { resourceLimits: { maxOldGenerationSizeMb: 512 } });
    this.worker.on('message', (reply: Reply) => this.take()?.done(reply));
    this.worker.on('error', (error) =>
      this.take()?.failed(fault('unavailable', 'the renderer failed', error)),
    );
    this.worker.on('exit', () => {
      onEnd(this);
      this.take()?.failed(fault('unavailable', 'the renderer ended'));
    });
  }

  start(waiting: Waiting): void {
    this.current = waiting;
    this.worker.ref();
    this.worker.postMessage(waiting.job);
  }

  /** An idle thread does not keep the process alive. */
  rest(): void {
    this.worker.unref();
  }

  async end(): Promise<void> {
    this.current = undefined;
    await this.worker.terminate();
  }

  private take(): Waiting | undefined {
    const waiting = this.current;
    this.current = undefined;
    return waiting;
  }
}

/** The built worker; under jest the sources run, which a thread cannot load. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './local-image.worker.ts' : './local-image.worker.js',
  import.meta.url,
);
const IN_PROCESS = WORKER_URL.pathname.endsWith('.ts');

const fault = (kind: 'timeout' | 'unavailable', message: string, cause?: unknown): ProviderFault =>
  new ProviderFault({ provider: 'local', kind, message, cause });

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('aborted');

/** Renders pictures in a few threads, so that the event loop stays free. A thread that is late or told to stop is ended. */
export class RenderPool {
  private readonly idle: RenderThread[] = [];
  private readonly all = new Set<RenderThread>();
  private readonly queue: Waiting[] = [];
  private readonly busy = new Map<Waiting, RenderThread>();
  private closed = false;

  constructor(private readonly options: RenderPoolOptions) {}

  /**
   * @throws ProviderFault `timeout` after the deadline, `unavailable` when the queue is full or the renderer fails
   * @throws the signal's reason when it aborts
   */
  async render(job: RenderJob, signal: AbortSignal): Promise<Rendered> {
    signal.throwIfAborted();
    if (this.closed) throw fault('unavailable', 'the render pool is closed');
    if (IN_PROCESS) return this.renderHere(job, signal);
    if (this.queue.length >= this.options.queueLimit)
      throw fault('unavailable', 'too many pictures are waiting');
    return this.renderInThread(job, signal);
  }

  /** Ends all threads; work under way and waiting fails. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of [...this.queue, ...this.busy.keys()])
      waiting.failed(fault('unavailable', 'the render pool was closed'));
    await Promise.all([...this.all].map((thread) => thread.end()));
  }

  private async renderHere(job: RenderJob, signal: AbortSignal): Promise<Rendered> {
    const rendered = await renderImage(job).catch((error: unknown) => {
      throw fault('unavailable', 'the picture could not be rendered', error);
    });
    signal.throwIfAborted();
    return rendered;
  }

  private renderInThread(job: RenderJob, signal: AbortSignal): Promise<Rendered> {
    return new Promise((resolve, reject) => {
      const finish = (reusable: boolean, act: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.release(waiting, reusable);
        act();
      };
      const waiting: Waiting = {
        job,
        done: (reply) =>
          finish(true, () =>
            'rendered' in reply ? resolve(reply.rendered) : reject(fault('unavailable', reply.failure)),
          ),
        failed: (error) => finish(false, () => reject(error)),
      };
      const onAbort = (): void => waiting.failed(reasonOf(signal));
      const late = fault('timeout', `no picture within ${this.options.timeoutMs} ms`);
      const timer = setTimeout(() => waiting.failed(late), this.options.timeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.queue.push(waiting);
      this.startNext();
    });
  }

  private startNext(): void {
    const waiting = this.queue[0];
    if (waiting === undefined || this.closed) return;
    const thread = this.idle.pop() ?? (this.all.size < this.options.size ? this.newThread() : undefined);
    if (thread === undefined) return;
    this.queue.shift();
    this.busy.set(waiting, thread);
    thread.start(waiting);
  }

  private newThread(): RenderThread {
    const thread = new RenderThread((ended) => this.forget(ended));
    this.all.add(thread);
    return thread;
  }

  private forget(thread: RenderThread): void {
    this.all.delete(thread);
    const at = this.idle.indexOf(thread);
    if (at >= 0) this.idle.splice(at, 1);
  }

  /** A thread in doubt is ended, never reused: it may still be drawing the picture nobody waits for. */
  private release(waiting: Waiting, reusable: boolean): void {
    const at = this.queue.indexOf(waiting);
    if (at >= 0) this.queue.splice(at, 1);
    const thread = this.busy.get(waiting);
    this.busy.delete(waiting);
    if (thread === undefined) return;
    if (reusable && !this.closed) {
      thread.rest();
      this.idle.push(thread);
    } else {
      this.forget(thread);
      void thread.end();
    }
    this.startNext();
  }
}
