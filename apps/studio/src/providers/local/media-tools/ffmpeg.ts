import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { Readable as ReadableStream } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ProviderHealth } from '../../media-provider.js';
import { ProviderFault, type ProviderFaultKind } from '../../provider-fault.js';

/** What puts the tools on a Debian machine. */
export const FFMPEG_INSTALL = 'apt-get install ffmpeg';

/** How each tool is installed on a Debian machine, and what shows that it is there. */
const TOOLS = {
  ffmpeg: { install: FFMPEG_INSTALL, probe: ['-version'], statuses: [0] },
  ffprobe: { install: FFMPEG_INSTALL, probe: ['-version'], statuses: [0] },
  'espeak-ng': { install: 'apt-get install espeak-ng', probe: ['--version'], statuses: [0] },
  // It has no argument that only answers: without any it explains itself and fails.
  pocketsphinx_continuous: {
    install: 'apt-get install pocketsphinx pocketsphinx-en-us',
    probe: [],
    statuses: [1],
  },
} as const;
export type MediaToolName = keyof typeof TOOLS;

/** One run of a tool. Arguments never pass a shell; text of users belongs into files, never among them. */
export interface ToolRun {
  readonly args: readonly string[];
  /** Goes to standard input, no faster than the tool reads it. */
  readonly input?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Ends the tool at once; the promise then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Standard output beyond this ends the tool. */
  readonly maxOutputBytes?: number;
  /** Exit statuses that count as success; by default only 0. */
  readonly statuses?: readonly number[];
  /** What a failure of the tool means: `rejected` where it reads foreign files, else `unavailable`. */
  readonly failure?: Extract<ProviderFaultKind, 'rejected' | 'unavailable'>;
}

/** Where tools are looked for and how much each may take. */
export interface MediaToolsOptions {
  /** Directories, colon-separated: a fixed list, the environment of the service is not handed on. */
  readonly searchPath: string;
  /** Address space of one tool. */
  readonly memoryBytes: number;
}

const DEFAULTS: MediaToolsOptions = {
  searchPath: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin',
  memoryBytes: 4 * 1024 ** 3,
};
const OUTPUT_LIMIT_BYTES = 256 * 1024 ** 2;
const ERROR_TAIL_CHARACTERS = 2_000;
const PROBE_TIMEOUT_MS = 10_000;
/** Tools give way to whoever answers requests on the same cores. */
const GIVES_WAY = ['-n', '10'];
/** The child dies with the thread that started it, also where that is killed: nobody would wait for it any more. */
const DIES_WITH_US = ['setpriv', '--pdeathsig', 'KILL', '--'];
/** How `setpriv` says that the program it was to start is not there. */
const NOT_FOUND_STATUS = 127;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Runs the media tools as child processes, bounded in time, memory and output. */
export class MediaTools {
  private readonly options: MediaToolsOptions;
  private readonly found = new Set<MediaToolName>();

  constructor(options: Partial<MediaToolsOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /**
   * @returns what the tool wrote to standard output
   * @throws ProviderFault of `local`: `unavailable` when the tool is missing, `timeout`, or as `run.failure` says
   * @throws the signal's reason when it aborts, or what `run.input` threw
   */
  async run(tool: MediaToolName, run: ToolRun): Promise<Buffer> {
    run.signal.throwIfAborted();
    const late = AbortSignal.timeout(run.timeoutMs);
    try {
      return await this.exchange(tool, run, AbortSignal.any([run.signal, late]));
    } catch (cause) {
      run.signal.throwIfAborted();
      if (!late.aborted) throw cause;
      throw fault('timeout', `${tool} took more than ${run.timeoutMs} ms`, cause);
    }
  }

  /** Whether all of `tools` can be started; the detail of a missing one carries the line that installs it. */
  async health(tools: readonly MediaToolName[] = ['ffmpeg', 'ffprobe']): Promise<ProviderHealth> {
    for (const tool of tools.filter((each) => !this.found.has(each))) {
      try {
        const signal = new AbortController().signal;
        const { probe: args, statuses } = TOOLS[tool];
        await this.run(tool, { args, statuses, signal, timeoutMs: PROBE_TIMEOUT_MS });
        this.found.add(tool);
      } catch {
        return { status: 'missing', detail: missing(tool) };
      }
    }
    return { status: 'ready' };
  }

  private async exchange(tool: MediaToolName, run: ToolRun, signal: AbortSignal): Promise<Buffer> {
    const child = this.start(tool, run.args, signal);
    const parts = Promise.allSettled([
      collect(child.stdout, run.maxOutputBytes ?? OUTPUT_LIMIT_BYTES).catch(stopping(child)),
      tail(child.stderr).catch(stopping(child)),
      feed(child, run.input).catch(stopping(child)),
    ]);
    const status = await exitOf(child, tool);
    const [output, errors, fed] = await parts;
    if (fed.status === 'rejected') throw fed.reason;
    if (output.status === 'rejected') throw output.reason;
    if (status === NOT_FOUND_STATUS) throw fault('unavailable', missing(tool));
    const last = errors.status === 'fulfilled' ? errors.value : '';
    const { statuses = [0] } = run;
    if (!statuses.some((success) => success === status))
      throw fault(run.failure ?? 'unavailable', `${tool} ended with ${status}: ${last}`);
    return output.value;
  }

  private start(tool: MediaToolName, args: readonly string[], signal: AbortSignal): Child {
    const { searchPath, memoryBytes } = this.options;
    const bounded = process.platform === 'linux';
    const [program, all] = bounded
      ? [
          'nice',
          [...GIVES_WAY, 'prlimit', `--as=${memoryBytes}`, '--core=0', '--', ...DIES_WITH_US, tool, ...args],
        ]
      : [tool, [...args]];
    const env = { PATH: searchPath, LANG: 'C.UTF-8' };
    return spawn(program, all, { env, signal, killSignal: 'SIGKILL', stdio: ['pipe', 'pipe', 'pipe'] });
  }
}

const missing = (tool: MediaToolName): string => `${tool} is not installed: ${TOOLS[tool].install}`;

function fault(kind: ProviderFaultKind, message: string, cause?: unknown): ProviderFault {
  return new ProviderFault({ provider: 'local', kind, message, cause });
}

/** Once the tool is gone for good, so that nobody writes any more where the caller cleans up. */
function exitOf(child: Child, tool: MediaToolName): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    let failure: NodeJS.ErrnoException | undefined;
    child.once('error', (error: NodeJS.ErrnoException) => {
      failure = error;
    });
    child.once('close', (code, signal) => {
      if (failure?.code === 'ENOENT') reject(fault('unavailable', missing(tool), failure));
      else if (failure === undefined) resolve(code ?? signal ?? 'SIGKILL');
      else reject(failure);
    });
  });
}

function stopping(child: Child): (error: unknown) => never {
  return (error) => {
    child.kill('SIGKILL');
    throw error;
  };
}

async function feed(child: Child, input: ToolRun['input']): Promise<void> {
  const source = input === undefined || input instanceof Uint8Array ? [input ?? new Uint8Array()] : input;
  try {
    await pipeline(ReadableStream.from(source), child.stdin);
  } catch (error) {
    // A tool that has read enough, or failed, closes its input: its exit status tells which.
    if (!isClosedPipe(error)) throw error;
  }
}

const CLOSED_PIPE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

function isClosedPipe(error: unknown): boolean {
  return CLOSED_PIPE.has((error as NodeJS.ErrnoException).code ?? '');
}

async function collect(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw fault('rejected', `the output is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function tail(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream as AsyncIterable<Buffer>)
    text = (text + chunk.toString('utf8')).slice(-ERROR_TAIL_CHARACTERS);
  return text.trim();
}
