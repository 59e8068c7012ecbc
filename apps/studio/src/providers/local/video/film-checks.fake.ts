import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools } from '../media-tools/ffmpeg.js';
import { type MediaProbe, probeMedia } from '../media-tools/probe.js';
import { withScratch } from '../media-tools/scratch.js';

const { signal } = new AbortController();

/** What specs look at in films. For specs only. */
export class FilmChecks {
  constructor(private readonly tools: MediaTools) {}

  probe(film: Buffer): Promise<MediaProbe> {
    return this.onDisk(film, (file) => probeMedia(this.tools, file, signal));
  }

  /** A frame as PNG. */
  frame(film: Buffer, seconds: number): Promise<Buffer> {
    const output = ['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'];
    return this.decoded(film, output, ['-ss', String(seconds)]);
  }

  /** Frames as tiny grey pictures: 32 x 18, two a second. */
  async thumbs(film: Buffer): Promise<Buffer[]> {
    const raw = await this.decoded(film, [
      '-vf',
      'fps=2,scale=32:18',
      '-pix_fmt',
      'gray',
      '-f',
      'rawvideo',
      'pipe:1',
    ]);
    return Array.from({ length: raw.length / 576 }, (_, at) => raw.subarray(at * 576, (at + 1) * 576));
  }

  /** Loudness of a stretch of sound, 0-1. */
  async loudness(film: Buffer, from: number, seconds: number): Promise<number> {
    const output = ['-t', String(seconds), '-ac', '1', '-f', 's16le', 'pipe:1'];
    const raw = await this.decoded(film, output, ['-ss', String(from)]);
    let energy = 0;
    for (let at = 0; at + 1 < raw.length; at += 2) energy += (raw.readInt16LE(at) / 32_768) ** 2;
    return Math.sqrt(energy / Math.max(1, raw.length / 2));
  }

  private decoded(film: Buffer, output: readonly string[], input: readonly string[] = []): Promise<Buffer> {
    return this.onDisk(film, (file) =>
      this.tools.run('ffmpeg', {
        args: ['-v', 'error', ...input, '-i', file, ...output],
        signal,
        timeoutMs: 20_000,
      }),
    );
  }

  private onDisk<T>(film: Buffer, look: (file: string) => Promise<T>): Promise<T> {
    return withScratch(async (directory) => {
      const file = join(directory, 'film.mp4');
      await writeFile(file, film);
      return look(file);
    });
  }
}

/** Whether the index comes before the pictures, so that a player can start at once. */
export const startsAtOnce = (film: Buffer): boolean => {
  const [index, pictures] = [film.indexOf('moov'), film.indexOf('mdat')];
  return index > 0 && index < pictures;
};

/** Mean difference of two grey pictures, 0-255. */
export const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
