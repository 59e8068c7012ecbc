import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';
import type { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { StudioErrors } from '../studio.errors.js';
import type { CheckedMedia } from './checked-media.js';
import { decodedSeconds } from './decoded-length.js';

const LONGEST_MS = 10 * 60_000;

/** The accepted types as they are sniffed, and under which name we keep them. MP4 and WebM may carry sound alone. */
const TYPES: Readonly<Record<string, string>> = {
  'audio/mpeg': 'audio/mpeg',
  'audio/wav': 'audio/wav',
  'audio/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'video/mp4': 'audio/mp4',
  'audio/aac': 'audio/aac',
  'audio/ogg': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'video/webm': 'audio/webm',
  'audio/flac': 'audio/flac',
};

/**
 * A recording whose type and length are known; its bytes stay as they are. Its length is its price, so that no header is
 * believed that tells less than what is heard when the recording is decoded.
 * @throws INVALID_MEDIA_INPUT 400 for what has no sound, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415, and what
 * `decodedSeconds` throws
 */
export async function checkedAudio(bytes: Buffer, tools: MediaTools): Promise<CheckedMedia> {
  if (bytes.length === 0) throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the file is empty' });
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  const mimeType = TYPES[found ?? ''];
  if (mimeType === undefined)
    throw StudioErrors.UNSUPPORTED_MEDIA({
      found: found ?? null,
      accepts: [...new Set(Object.values(TYPES))],
    });
  const stated = await statedSeconds(bytes, mimeType);
  const atLeast = bounded(stated);
  // Without ffmpeg a header is all there is.
  if (stated !== undefined && (await tools.health(['ffmpeg'])).status === 'missing')
    return { bytes, mimeType, durationMs: atLeast };
  const heard = bounded(await measured(bytes, mimeType, tools));
  return { bytes, mimeType, durationMs: Math.max(atLeast, heard) };
}

/** In milliseconds. @throws MEDIA_TOO_LARGE */
function bounded(seconds: number | undefined): number {
  const durationMs = Math.round((seconds ?? 0) * 1_000);
  if (durationMs > LONGEST_MS) throw StudioErrors.MEDIA_TOO_LARGE({ durationMs, maxDurationMs: LONGEST_MS });
  return durationMs;
}

/** What the header says, or the frames when the format has no header; undefined: nothing. */
async function statedSeconds(bytes: Buffer, mimeType: string): Promise<number | undefined> {
  const facts = await parseBuffer(
    bytes,
    { mimeType, size: bytes.length },
    { duration: true, skipCovers: true },
  ).catch((cause: unknown) => {
    throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the recording is damaged' }, { cause });
  });
  const { duration, hasAudio, sampleRate } = facts.format;
  if (hasAudio === false && sampleRate === undefined) throw soundless();
  return duration !== undefined && duration > 0 && Number.isFinite(duration) ? duration : undefined;
}

async function measured(bytes: Buffer, mimeType: string, tools: MediaTools): Promise<number> {
  // One more second than is allowed shows that it is too long.
  const seconds = await decodedSeconds(tools, { bytes, mimeType, mostSeconds: LONGEST_MS / 1_000 + 1 });
  if (seconds === 0) throw soundless();
  return seconds;
}

function soundless(): Error {
  return StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the recording has no sound' });
}
