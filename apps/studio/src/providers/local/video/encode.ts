import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { withScratch } from '../media-tools/scratch.js';
import { soundArguments } from './mix.js';
import type { FilmSize } from './sheets.js';

/** What becomes one MP4. */
export interface Encoding {
  readonly frames: AsyncIterable<Uint8Array>;
  readonly count: number;
  readonly fps: number;
  /** Of the frames. */
  readonly size: FilmSize;
  /** Of the film, where it differs. */
  readonly enlargedTo?: FilmSize;
  readonly quality: 'standard' | 'high';
  /** WAV files. */
  readonly voice?: Buffer;
  readonly music?: Buffer;
  readonly voiceDelayMs?: number;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const CODING = { standard: ['veryfast', '22'], high: ['fast', '18'] } as const;
const BT709 = [
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
];

/**
 * H.264 and AAC, playable from its first bytes (`faststart`). Nothing of it stays on the disk.
 * @throws ProviderFault; the signal's reason
 */
export async function encodeFilm(tools: MediaTools, encoding: Encoding): Promise<Buffer> {
  return withScratch(async (directory) => {
    const keep = async (name: string, bytes: Buffer | undefined): Promise<string | undefined> => {
      if (bytes === undefined) return undefined;
      await writeFile(join(directory, name), bytes);
      return join(directory, name);
    };
    const [voice, music] = [await keep('voice.wav', encoding.voice), await keep('music.wav', encoding.music)];
    const file = join(directory, 'film.mp4');
    const { frames, count, fps, voiceDelayMs = 0, signal, timeoutMs } = encoding;
    const sounds = {
      ...(voice === undefined ? {} : { voice }),
      ...(music === undefined ? {} : { music }),
      ...{ durationSeconds: count / fps, voiceDelayMs },
    };
    const sound = await soundArguments(tools, sounds, { directory, signal, timeoutMs });
    const args = argumentsOf(encoding, sound, file);
    await tools.run('ffmpeg', { args, input: frames, signal, timeoutMs });
    return readFile(file);
  });
}

function argumentsOf(
  { fps, size, enlargedTo, quality }: Encoding,
  sound: { readonly inputs: readonly string[]; readonly output: readonly string[] },
  file: string,
): string[] {
  const [preset, crf] = CODING[quality];
  const { width, height } = enlargedTo ?? size;
  return [
    ...['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-video_size', `${size.width}x${size.height}`],
    ...['-framerate', String(fps), '-i', 'pipe:0', ...sound.inputs, ...sound.output],
    ...['-vf', `scale=${width}:${height}:flags=lanczos:out_color_matrix=bt709:out_range=tv,format=yuv420p`],
    // No limit of frames: ffmpeg ends the sound with the last one, although it goes on.
    ...['-c:v', 'libx264', '-preset', preset, '-crf', crf, '-threads', '2'],
    ...[...BT709, '-movflags', '+faststart', '-y', file],
  ];
}
