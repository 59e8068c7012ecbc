import { ProviderFault } from '../../provider-fault.js';
import { cpuModule, type CpuPool } from '../cpu-pool.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { sayWithEspeak } from './espeak.js';
import type { FliteJob } from './flite.js';
import type { SpokenPhoneme, SpokenWord, Utterance } from './speech.js';
import { msOf } from './speech.js';
import { asciiOnly, speakable, wordsIn } from './text.js';
import type { LocalVoice } from './voices.js';
import { DEFAULT_LOCAL_VOICE, LOCAL_VOICES } from './voices.js';
import { wavOf } from './wav.js';

const FLITE = cpuModule<FliteJob, Utterance>(import.meta.url, './flite.worker');
const LEVEL = cpuModule<Int16Array, Int16Array>(import.meta.url, './level.worker');
const BASE_TIMEOUT_MS = 30_000;
const TIMEOUT_MS_PER_CHARACTER = 20;

/** Which voice says it, by its id (absent: the English default), and how fast (absent or 1: naturally). */
export interface Manner {
  readonly voice?: string;
  readonly speed?: number;
}

/** Spoken text. `phonemes` is empty, and `words` are estimates, where `limits` says so. */
export interface Speech {
  /** 16-bit mono. */
  readonly wav: Buffer;
  readonly durationMs: number;
  readonly words: readonly SpokenWord[];
  readonly phonemes: readonly SpokenPhoneme[];
  readonly engine: LocalVoice['engine'];
  readonly limits: string[];
}

/** Speaks texts on this machine: English by flite, other languages by espeak-ng. */
export class SpeechEngine {
  constructor(
    private readonly cpus: CpuPool,
    private readonly tools: MediaTools,
  ) {}

  /**
   * @throws ProviderFault of `local`: `rejected` for an unknown voice or a text without anything to say, `timeout`,
   * `unavailable` when a tool is missing
   * @throws the signal's reason when it aborts
   */
  async say(text: string, { voice: id, speed = 1 }: Manner, signal: AbortSignal): Promise<Speech> {
    const voice = voiceOf(id ?? DEFAULT_LOCAL_VOICE);
    const spoken = speakable(text);
    const { samples, sampleRate, words, phonemes } = await this.utter(spoken, voice, speed, signal);
    return {
      wav: wavOf({ samples, sampleRate }),
      durationMs: msOf(samples.length, sampleRate),
      words,
      phonemes,
      engine: voice.engine,
      limits: limitsOf(voice),
    };
  }

  private async utter(
    text: string,
    voice: LocalVoice,
    speed: number,
    signal: AbortSignal,
  ): Promise<Utterance> {
    const readable = voice.engine === 'flite' ? asciiOnly(text) : text;
    if (wordsIn(readable).length === 0) throw fault(`the text has nothing that ${voice.name} could say`);
    const run = { signal, timeoutMs: BASE_TIMEOUT_MS + text.length * TIMEOUT_MS_PER_CHARACTER };
    if (voice.engine === 'flite')
      return this.cpus.run(FLITE, { text: readable, voice: voice.engineVoice, speed }, run);
    const { engineVoice, language } = voice;
    const said = await sayWithEspeak(this.tools, { text, voice: engineVoice, language, speed }, signal);
    return { ...said, samples: await this.cpus.run(LEVEL, said.samples, run) };
  }
}

function voiceOf(id: string): LocalVoice {
  const voice = LOCAL_VOICES.find((each) => each.id === id);
  if (voice === undefined) throw fault(`there is no voice "${id}"`);
  return voice;
}

function fault(message: string): ProviderFault {
  return new ProviderFault({ provider: 'local', kind: 'rejected', message });
}

function limitsOf({ engine, engineVoice }: LocalVoice): string[] {
  const made = `made on this machine by ${engine} (${engineVoice})`;
  return engine === 'flite'
    ? [`${made}: clear, but audibly synthetic`]
    : [`${made}: robotic`, 'word times are estimates within their sentence'];
}
