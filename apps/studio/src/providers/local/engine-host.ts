import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Behind whoever answers requests on the same cores; where the system cannot do it, nothing changes. */
const NICE_INCREMENT = 10;
const LOWEST_PRIORITY = 19;

/** What the parent asks: one job of the engine at `url`. */
interface Wish {
  readonly url: string;
  readonly job: unknown;
}

type Engine = (job: unknown) => unknown;

/**
 * All threads that there are, those of V8 and libuv included; later ones inherit it from who starts them, sharp's too.
 * A priority belongs to a thread on Linux, elsewhere to the process.
 */
function giveWay(): void {
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
  const niceness = Math.min(LOWEST_PRIORITY, getPriority() + NICE_INCREMENT);
  for (const thread of threads) setPriority(thread, niceness);
}

async function answer({ url, job }: Wish): Promise<{ result: unknown } | { fault: unknown }> {
  try {
    const { default: engine } = (await import(url)) as { default: Engine };
    return { result: await engine(job) };
  } catch (error) {
    return { fault: error instanceof Error ? error : new Error(String(error)) };
  }
}

try {
  giveWay();
} catch {
  // Some sandboxes forbid it: slower answers beside a rendering are better than no rendering.
}
// The parent decides when it ends, also where a Ctrl-C reaches the whole group; it ends with its parent.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (wish: Wish) => {
  void answer(wish).then((message) => process.send?.(message));
});
