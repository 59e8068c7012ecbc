import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MusicRequest } from '../../music-provider.js';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { withScratch } from '../media-tools/scratch.js';

type Format = MusicRequest['format'];

export const AUDIO_MIME_TYPES: Readonly<Record<Format, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
};

const CODECS: Readonly<Record<Exclude<Format, 'wav'>, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '6'],
  m4a: ['-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart'],
};
const TIMEOUT_MS = 60_000;

/** A WAV file in another format. `title` must be ours: it becomes an argument. @throws ProviderFault of `local` */
export async function encodeAudio(
  tools: MediaTools,
  wav: Uint8Array,
  {
    format,
    title,
    signal,
  }: { readonly format: Format; readonly title: string; readonly signal: AbortSignal },
): Promise<Buffer> {
  if (format === 'wav') return Buffer.from(wav);
  return withScratch(async (directory) => {
    const [from, to] = [join(directory, 'in.wav'), join(directory, `out.${format}`)];
    await writeFile(from, wav, { signal });
    const args = [
      ...[
        '-v',
        'error',
        '-nostdin',
        '-i',
        `file:${from}`,
        '-map_metadata',
        '-1',
        '-metadata',
        `title=${title}`,
      ],
      ...[...CODECS[format], '-fflags', '+bitexact', `file:${to}`],
    ];
    await tools.run('ffmpeg', { args, signal, timeoutMs: TIMEOUT_MS });
    return readFile(to, { signal });
  });
}
