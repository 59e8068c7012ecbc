import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AvatarRequest } from '../../avatar-provider.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { withScratch } from '../media-tools/scratch.js';
import type { SpokenWord } from '../speech/speech.js';
import type { SpeechEngine } from '../speech/speech-engine.js';
import { pcmOf, wavOf } from '../speech/wav.js';
import { type Mouth, mouthTrack } from './mouth.js';
import { mouthByEar } from './mouth-by-ear.js';

/** What a presenter says, heard and seen. */
export interface Voicing {
  /** WAV. */
  readonly sound: Buffer;
  /** One for each frame of the film. */
  readonly mouths: readonly Mouth[];
  readonly words: readonly SpokenWord[];
  readonly limits: readonly string[];
}

/** A moment with closed lips at the end. */
const TAIL_MS = 350;
const SAMPLE_RATE = 16_000;
const DECODE_TIMEOUT_MS = 120_000;
const BY_EAR = 'the lips follow the loudness and colour of the sound, not its words';

const framesFor = (durationMs: number, fps: number): number =>
  Math.max(1, Math.ceil(((durationMs + TAIL_MS) * fps) / 1000));

/** Speaks a script; the lips know each of its sounds where the engine tells them. */
export async function spokenVoice(
  speech: SpeechEngine,
  script: string,
  { voice, fps, signal }: { readonly voice: string; readonly fps: number; readonly signal: AbortSignal },
): Promise<Voicing> {
  const { wav, durationMs, phonemes, words, limits } = await speech.say(script, { voice }, signal);
  const frames = framesFor(durationMs, fps);
  if (phonemes.length > 0) return { sound: wav, mouths: mouthTrack(phonemes, frames, fps), words, limits };
  return { sound: wav, mouths: mouthByEar(pcmOf(wav), frames, fps), words, limits: [...limits, BY_EAR] };
}

/** Takes a recording as it is. @throws ProviderFault `rejected` when it cannot be decoded */
export async function recordedVoice(
  tools: MediaTools,
  { bytes }: NonNullable<AvatarRequest['audio']>,
  fps: number,
  signal: AbortSignal,
): Promise<Voicing> {
  const raw = await withScratch(async (directory) => {
    const file = join(directory, 'recording');
    await writeFile(file, bytes);
    return tools.run('ffmpeg', {
      args: [
        ...['-v', 'error', '-protocol_whitelist', 'file,pipe', '-i', `file:${file}`, '-vn'],
        ...['-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', 'pipe:1'],
      ],
      signal,
      timeoutMs: DECODE_TIMEOUT_MS,
      failure: 'rejected',
    });
  });
  const samples = new Int16Array(Math.floor(raw.length / 2));
  for (let at = 0; at < samples.length; at++) samples[at] = raw.readInt16LE(at * 2);
  const recording = { samples, sampleRate: SAMPLE_RATE };
  const frames = framesFor((samples.length * 1000) / SAMPLE_RATE, fps);
  return {
    sound: wavOf(recording),
    mouths: mouthByEar(recording, frames, fps),
    words: [],
    limits: [BY_EAR],
  };
}
