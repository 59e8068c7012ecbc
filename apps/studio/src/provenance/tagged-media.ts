import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { withScratch } from '../providers/local/media-tools/scratch.js';
import { commentOf, type Mark } from './mark.js';

/** Copying streams takes seconds, also for an hour of film. */
const TIMEOUT_MS = 60_000;
const MP4 = new Set(['mp4', 'm4a']);

/** The programs that tags are written with, and what calls them off. */
export interface TaggingTools {
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
}

/**
 * Sound and video as they are, with tags in their container's own way (ID3, INFO, MP4 atoms, Vorbis comments).
 * @throws ProviderFault of `local`: `rejected` for what is no such file, `unavailable` without ffmpeg, `timeout`
 * @throws the signal's reason when it aborts
 */
export async function taggedMedia(
  { bytes, extension }: { readonly bytes: Buffer; readonly extension: string },
  mark: Mark,
  { tools, signal }: TaggingTools,
): Promise<Buffer> {
  const tags = { comment: commentOf(mark), encoded_by: mark.tool, DigitalSourceType: mark.sourceType };
  const given = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  const mp4 = MP4.has(extension) ? ['-movflags', '+faststart+use_metadata_tags'] : [];
  return withScratch(async (folder) => {
    const [from, to] = [path.join(folder, `in.${extension}`), path.join(folder, `out.${extension}`)];
    await writeFile(from, bytes);
    const read = ['-v', 'error', '-nostdin', '-protocol_whitelist', 'file', '-i', `file:${from}`];
    const args = [...read, '-map', '0', '-c', 'copy', ...given, ...mp4, `file:${to}`];
    await tools.run('ffmpeg', { args, signal, timeoutMs: TIMEOUT_MS, failure: 'rejected' });
    return readFile(to);
  });
}
