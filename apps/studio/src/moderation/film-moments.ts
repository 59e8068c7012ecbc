import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { withScratch } from '../providers/local/media-tools/scratch.js';

/** Shares of a film's length: neither its fade in nor its fade out. */
const MOMENTS = [0.1, 0.35, 0.6, 0.85];
const WIDTH = 448;
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Pictures of a film as PNG, a few moments spread over its length.
 * @throws ProviderFault of `local`: `rejected` for what is no film, `unavailable` without ffmpeg, `timeout`
 * @throws the signal's reason when it aborts
 */
export async function momentsOf(
  tools: MediaTools,
  { bytes, durationMs }: { readonly bytes: Buffer; readonly durationMs: number },
  signal: AbortSignal,
): Promise<Buffer[]> {
  return withScratch(async (folder) => {
    const film = join(folder, 'film.mp4');
    await writeFile(film, bytes);
    const pictures: Buffer[] = [];
    for (const share of MOMENTS) {
      const read = ['-ss', ((durationMs * share) / 1_000).toFixed(3), '-protocol_whitelist', 'file', '-i', `file:${film}`]; // prettier-ignore
      const drawn = [
        '-frames:v',
        '1',
        '-vf',
        `scale=${WIDTH}:-2`,
        '-f',
        'image2pipe',
        '-c:v',
        'png',
        'pipe:1',
      ];
      const args = ['-v', 'error', '-nostdin', ...read, ...drawn];
      const limits = { signal, timeoutMs: TIMEOUT_MS, maxOutputBytes: MOST_BYTES };
      pictures.push(await tools.run('ffmpeg', { args, ...limits, failure: 'rejected' }));
    }
    return pictures.filter(({ length }) => length > 0);
  });
}
