import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** Without ffmpeg no film and no recording can be faked: `apt-get install ffmpeg`. */
export const FFMPEG_IS_HERE = spawnSync('ffmpeg', ['-version'], { timeout: 10_000 }).status === 0;

/** A picture of one colour with a darker disc on it. */
export function fakePicture(
  width: number,
  height: number,
  format: 'png' | 'jpeg' | 'webp' = 'png',
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#3366cc' } })
    .toFormat(format)
    .toBuffer();
}

const made = new Map<string, Buffer>();

function byFfmpeg(name: string, input: string, output: readonly string[]): Buffer {
  const known = made.get(name);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'eventzr-test-'));
  try {
    const path = join(folder, name);
    const inputs = ['-v', 'error', '-f', 'lavfi', '-i', input];
    execFileSync('ffmpeg', [...inputs, '-t', '1', '-threads', '1', ...output, path], { timeout: 20_000 });
    const bytes = readFileSync(path);
    made.set(name, bytes);
    return bytes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One second of film of that size, made once per process. */
export function fakeFilm(width: number, height: number): Buffer {
  const encoder = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-movflags',
    '+faststart',
  ];
  return byFfmpeg(`${width}x${height}.mp4`, `color=c=blue:s=${width}x${height}:r=5`, encoder);
}

/** One second of a tone as MP3, made once per process. */
export function fakeTrack(): Buffer {
  return byFfmpeg('tone.mp3', 'sine=frequency=440:sample_rate=44100', ['-c:a', 'libmp3lame', '-b:a', '128k']);
}
