import type { AudioFormat } from '../../speech-provider.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { withScratch } from '../media-tools/scratch.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const AUDIO_MIME_TYPES: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
};

const ENCODERS: Readonly<Record<AudioFormat, readonly string[]>> = {
  wav: ['-c:a', 'pcm_s16le', '-f', 'wav'],
  mp3: ['-ar', '44100', '-c:a', 'libmp3lame', '-b:a', '96k', '-f', 'mp3'],
  ogg: ['-ar', '48000', '-c:a', 'libopus', '-b:a', '48k', '-f', 'ogg'],
  m4a: ['-ar', '44100', '-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', '-f', 'mp4'],
};
const TIMEOUT_MS = 60_000;

/** A sound and what it is now. */
export interface EncodedSound {
  readonly bytes: Buffer;
  readonly format: 'wav' | 'mp3';
}

/** The same sound as `format`. It is written to disk first: an m4a needs a second look at its own start. */
export function encodedAudio(
  tools: MediaTools,
  sound: EncodedSound,
  format: AudioFormat,
  signal: AbortSignal,
): Promise<Buffer> {
  if (format === sound.format) return Promise.resolve(sound.bytes);
  return withScratch(async (directory) => {
    const file = join(directory, `sound.${format}`);
    const args = ['-v', 'error', '-f', sound.format, '-i', 'pipe:0', ...ENCODERS[format], `file:${file}`];
    await tools.run('ffmpeg', { args, input: sound.bytes, signal, timeoutMs: TIMEOUT_MS });
    return readFile(file);
  });
}
