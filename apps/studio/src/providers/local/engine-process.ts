import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { built } from './built.js';

const HOST = fileURLToPath(built(new URL('./engine-host.js', import.meta.url)));
const HEAP_MEBIBYTES = 768;

/** What the process answers to a job. */
type Answer = { readonly result: unknown } | { readonly fault: Error };

/**
 * A process of its own that runs engines at low priority, one job at a time. All that an engine starts runs there too:
 * the threads of sharp, the collection of its garbage; and a crash of native code ends nothing else.
 */
export class EngineProcess {
  private readonly child: ChildProcess;
  private pending: PromiseWithResolvers<unknown> | undefined;
  private over: Error | undefined;

  constructor() {
    this.child = fork(HOST, [], {
      // Neither secrets nor options of the service are the engines' business.
      env: {},
      execArgv: [`--max-old-space-size=${HEAP_MEBIBYTES}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child.on('message', (answer: Answer) => this.settle(answer));
    this.child.once('error', (error) => this.kill(error));
    this.child.once('exit', (code, signal) =>
      this.end(new Error(`the engines’ process ended (${signal ?? code})`)),
    );
    this.rest();
  }

  get usable(): boolean {
    return this.over === undefined;
  }

  /** Must not be called while a job is under way. @throws what the engine threw, or that its process ended */
  async run(url: URL, job: unknown): Promise<unknown> {
    if (this.over !== undefined) throw this.over;
    this.pending = Promise.withResolvers();
    this.child.channel?.ref();
    this.child.send({ url: url.href, job }, (error) => {
      if (error !== null) this.kill(error);
    });
    return this.pending.promise;
  }

  /** Ends it in the middle of whatever it does; one that cannot be talked to would never be used, nor ended, again. */
  kill(reason = new Error('the engines’ process was ended')): void {
    this.end(reason);
    this.child.kill('SIGKILL');
  }

  private settle(answer: Answer): void {
    if ('fault' in answer) this.pending?.reject(answer.fault);
    else this.pending?.resolve(answer.result);
    this.rest();
  }

  private end(reason: Error): void {
    this.over ??= reason;
    this.pending?.reject(this.over);
    this.rest();
  }

  /** Nobody waits for it: it keeps no process alive. */
  private rest(): void {
    this.pending = undefined;
    this.child.unref();
    this.child.channel?.unref();
  }
}
