import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { commentOf, type Mark } from './mark.js';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

/** Sound and video as they are, with tags in their container's own way (ID3, INFO, MP4 atoms, Vorbis comments). */
export async function taggedMedia(bytes: Buffer, extension: string, mark: Mark): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'eventzr-tags-'));
  const [from, to] = [path.join(folder, `in.${extension}`), path.join(folder, `out.${extension}`)];
  const tags = { comment: commentOf(mark), encoded_by: mark.tool, DigitalSourceType: mark.sourceType };
  const given = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  const mp4 = extension === 'mp4' || extension === 'm4a' ? ['-movflags', '+faststart+use_metadata_tags'] : [];
  try {
    await writeFile(from, bytes);
    const files = ['-v', 'error', '-nostdin', '-i', from, '-map', '0', '-c', 'copy', ...given, ...mp4, to];
    await run('ffmpeg', files, { timeout: TIMEOUT_MS });
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
