import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools } from '../media-tools/ffmpeg.js';

/** Ten minutes of talking at 1080p, on two threads that give way. */
const TIMEOUT_MS = 20 * 60_000;
/** Hardly to be told from the original, which was coded once already. */
const CODING = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '18',
  '-pix_fmt',
  'yuv420p',
  '-threads',
  '2',
];

/** A plate as PNG, and where its corner lies; pixels. */
export interface FilmPlate {
  readonly png: Uint8Array;
  readonly left: number;
  readonly top: number;
}

/**
 * Lays the plate over every picture of the film in `directory`; sound and times stay as they are.
 * @throws ProviderFault of `local`: `rejected` for what is no film, `unavailable` without ffmpeg, `timeout`
 * @throws the signal's reason when it aborts
 */
export async function labelFilm(
  { tools, directory, signal }: { tools: MediaTools; directory: string; signal: AbortSignal },
  film: string,
  { png, left, top }: FilmPlate,
): Promise<Buffer> {
  const [plate, labelled] = [join(directory, 'plate.png'), join(directory, 'labelled.mp4')];
  await writeFile(plate, png);
  const inputs = [
    '-protocol_whitelist',
    'file',
    '-i',
    `file:${film}`,
    '-protocol_whitelist',
    'file',
    '-i',
    `file:${plate}`,
  ];
  const laid = ['-filter_complex', `[0:v:0][1:v]overlay=${left}:${top}[v]`, '-map', '[v]', '-map', '0:a?'];
  const written = ['-c:a', 'copy', '-movflags', '+faststart', `file:${labelled}`];
  const args = ['-v', 'error', '-nostdin', ...inputs, ...laid, ...CODING, ...written];
  await tools.run('ffmpeg', { args, signal, timeoutMs: TIMEOUT_MS, failure: 'rejected' });
  return readFile(labelled);
}
