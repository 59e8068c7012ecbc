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

const ENCODERS: Readonly<Record<Exclude<AudioFormat, 'wav'>, readonly string[]>> = {
  mp3: ['-ar', '44100', '-c:a', 'libmp3lame', '-b:a', '96k', '-f', 'mp3'],
  ogg: ['-ar', '48000', '-c:a', 'libopus', '-b:a', '48k', '-f', 'ogg'],
  m4a: ['-ar', '44100', '-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', '-f', 'mp4'],
};
const TIMEOUT_MS = 60_000;

/** Encodes 16-bit sound. The file is written to disk first: an m4a needs a second look at its own start. */
export function encodedAudio(
  tools: MediaTools,
  wav: Buffer,
  format: AudioFormat,
  signal: AbortSignal,
): Promise<Buffer> {
  if (format === 'wav') return Promise.resolve(wav);
  return withScratch(async (directory) => {
    const file = join(directory, `sound.${format}`);
    const args = ['-v', 'error', '-f', 'wav', '-i', 'pipe:0', ...ENCODERS[format], `file:${file}`];
    await tools.run('ffmpeg', { args, input: wav, signal, timeoutMs: TIMEOUT_MS });
    return readFile(file);
  });
}
