import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProviderHealth } from '../../media-provider.js';
import { ProviderFault } from '../../provider-fault.js';
import type { TranscriptSegment } from '../../transcript-provider.js';
import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { withScratch } from '../media-tools/scratch.js';
import { msOf } from '../speech/speech.js';
import { pcmOf, wavOf } from '../speech/wav.js';
import { COMMAND_GRAMMARS, type CommandGrammar } from './grammars.js';
import { segmentsIn } from './sphinx-listing.js';

const LEVEL = cpuModule<Int16Array, Int16Array>(import.meta.url, '../speech/level.worker');
/** Silence around the recording: the recogniser needs a moment to hear that speech begins and ends. */
const PADDING_MS = 300;
const SAMPLE_RATE = 16_000;
const DECODE_TIMEOUT_MS = 60_000;
const BASE_TIMEOUT_MS = 30_000;
/** Measured: a quarter of the recording's length; the rest is for a busy machine. */
const TIMEOUT_PER_MS = 3;
const MODEL_DIRECTORY = '/usr/share/pocketsphinx/model/en-us/en-us';
const MODEL_MISSING = 'the English model is not installed: apt-get install pocketsphinx pocketsphinx-en-us';

/** What was heard. */
export interface Heard {
  readonly segments: readonly TranscriptSegment[];
  readonly durationMs: number;
}

/** Writes English down on this machine, by pocketsphinx in a child process. */
export class TranscriptEngine {
  constructor(
    private readonly cpus: CpuPool,
    private readonly tools: MediaTools,
    private readonly modelDirectory = MODEL_DIRECTORY,
  ) {}

  /**
   * @param audio in any format that ffmpeg reads
   * @param grammar for short commands: nothing else is heard
   * @throws ProviderFault of `local`: `rejected` for what is no recording, `timeout`, `unavailable` when a tool is missing
   * @throws the signal's reason when it aborts
   */
  async hear(audio: Buffer, signal: AbortSignal, grammar?: CommandGrammar): Promise<Heard> {
    return withScratch(async (directory) => {
      const decoded = await this.decoded(directory, audio, signal);
      const durationMs = msOf(decoded.length, SAMPLE_RATE);
      const run = { signal, timeoutMs: BASE_TIMEOUT_MS };
      const samples = padded(await this.cpus.run(LEVEL, decoded, run));
      const file = join(directory, 'speech.wav');
      await writeFile(file, wavOf({ samples, sampleRate: SAMPLE_RATE }));
      const listing = await this.tools.run('pocketsphinx_continuous', {
        args: [
          ...['-infile', file, '-time', 'yes', '-logfn', '/dev/null'],
          ...(grammar === undefined ? [] : ['-jsgf', await grammarFile(directory, grammar)]),
        ],
        signal,
        timeoutMs: BASE_TIMEOUT_MS + durationMs * TIMEOUT_PER_MS,
      });
      return { segments: segmentsIn(listing.toString('utf8'), PADDING_MS, durationMs), durationMs };
    });
  }

  /** Whether the recogniser, its model and the decoder are here. */
  async health(): Promise<ProviderHealth> {
    const tools = await this.tools.health(['ffmpeg', 'pocketsphinx_continuous']);
    if (tools.status !== 'ready') return tools;
    const found = await access(this.modelDirectory).then(
      () => true,
      () => false,
    );
    return found ? tools : { status: 'missing', detail: MODEL_MISSING };
  }

  private async decoded(directory: string, audio: Buffer, signal: AbortSignal): Promise<Int16Array> {
    const file = join(directory, 'recording');
    await writeFile(file, audio);
    const source = ['-protocol_whitelist', 'file,pipe', '-i', `file:${file}`, '-map', '0:a:0'];
    const target = ['-ac', '1', '-ar', String(SAMPLE_RATE), '-c:a', 'pcm_s16le', '-f', 'wav', 'pipe:1'];
    const wav = await this.tools.run('ffmpeg', {
      args: ['-v', 'error', ...source, ...target],
      signal,
      timeoutMs: DECODE_TIMEOUT_MS,
      failure: 'rejected',
    });
    try {
      return pcmOf(wav).samples;
    } catch (cause) {
      throw new ProviderFault({ provider: 'local', kind: 'rejected', message: 'no sound in it', cause });
    }
  }
}

function padded(samples: Int16Array): Int16Array {
  const padding = (PADDING_MS * SAMPLE_RATE) / 1000;
  const all = new Int16Array(samples.length + 2 * padding);
  all.set(samples, padding);
  return all;
}

async function grammarFile(directory: string, grammar: CommandGrammar): Promise<string> {
  const file = join(directory, 'commands.gram');
  await writeFile(file, COMMAND_GRAMMARS[grammar]);
  return file;
}
