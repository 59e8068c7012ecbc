import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpErrors } from '@eventzr/http';
import { FFMPEG_INSTALL, type MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { withScratch } from '../providers/local/media-tools/scratch.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioErrors } from '../studio.errors.js';

/** Ten minutes of sound take a second or two. */
const TIMEOUT_MS = 30_000;
const REPORT_LIMIT_BYTES = 256 * 1024;
const OUT_TIME = /^out_time_us=(\d+)$/gm;
const RETRY_AFTER_SECONDS = 5;

/** The reader of each type we keep, so that no file chooses its own: a play list would open others. */
const DEMUXERS: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/mp4': 'mov',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg',
  'audio/webm': 'matroska',
  'audio/flac': 'flac',
};

/** A recording, and how much of it is looked at, in seconds. */
interface Unmeasured {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly mostSeconds: number;
}

/**
 * How long a recording is, in seconds, by decoding its first sound stream: browsers and pipes write the header before
 * they know, and anybody can write a short one. It stops at `mostSeconds`, which then is the answer; nothing is kept.
 * @returns 0 for a recording without a sample
 * @throws INVALID_MEDIA_INPUT 400 for what has no sound, PROVIDER_NOT_CONFIGURED 503 without ffmpeg, UNAVAILABLE 503
 */
export async function decodedSeconds(tools: MediaTools, recording: Unmeasured): Promise<number> {
  try {
    const told = await withScratch(async (folder) => {
      // From a file: of many MP4 the index comes last, and no pipe can be read twice.
      const file = join(folder, 'recording');
      await writeFile(file, recording.bytes);
      return tools.run('ffmpeg', {
        args: argumentsOf(file, recording),
        signal: new AbortController().signal,
        timeoutMs: TIMEOUT_MS,
        maxOutputBytes: REPORT_LIMIT_BYTES,
        failure: 'rejected',
      });
    });
    const times = [...told.toString('latin1').matchAll(OUT_TIME)];
    return Number(times.at(-1)?.[1] ?? 0) / 1_000_000;
  } catch (error) {
    throw error instanceof ProviderFault ? refusal(error) : error;
  }
}

function argumentsOf(file: string, { mimeType, mostSeconds }: Unmeasured): string[] {
  const reader = ['-protocol_whitelist', 'file', '-f', DEMUXERS[mimeType] ?? mimeType, '-i', `file:${file}`];
  const report = ['-f', 'null', '-nostats', '-progress', 'pipe:1', '-'];
  const heard = ['-map', '0:a:0', '-t', String(mostSeconds)];
  return ['-v', 'error', '-nostdin', '-threads', '1', ...reader, ...heard, ...report];
}

function refusal(cause: ProviderFault): Error {
  if (cause.kind === 'rejected')
    return StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the recording has no sound' }, { cause });
  if (cause.kind === 'timeout')
    return HttpErrors.UNAVAILABLE(null, { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
  const detail = `the length of a recording is measured by ffmpeg: ${FFMPEG_INSTALL}`;
  return HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: 'local', detail }, { cause });
}
