import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';
import { StudioErrors } from '../studio.errors.js';
import type { CheckedMedia } from './checked-media.js';

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
 * A recording whose type and length are known; its bytes stay as they are.
 * @throws INVALID_MEDIA_INPUT 400 for what has no sound or no length, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415
 */
export async function checkedAudio(bytes: Buffer): Promise<CheckedMedia> {
  if (bytes.length === 0) throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the file is empty' });
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  const mimeType = TYPES[found ?? ''];
  if (mimeType === undefined)
    throw StudioErrors.UNSUPPORTED_MEDIA({
      found: found ?? null,
      accepts: [...new Set(Object.values(TYPES))],
    });
  const durationMs = Math.round((await secondsOf(bytes, mimeType)) * 1_000);
  if (durationMs > LONGEST_MS) throw StudioErrors.MEDIA_TOO_LARGE({ durationMs, maxDurationMs: LONGEST_MS });
  return { bytes, mimeType, durationMs };
}

async function secondsOf(bytes: Buffer, mimeType: string): Promise<number> {
  const facts = await parseBuffer(
    bytes,
    { mimeType, size: bytes.length },
    { duration: true, skipCovers: true },
  ).catch((cause: unknown) => {
    throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the recording is damaged' }, { cause });
  });
  const { duration, hasAudio, sampleRate } = facts.format;
  if (duration === undefined || !(duration > 0) || (hasAudio === false && sampleRate === undefined))
    throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the recording has no sound or no length' });
  return duration;
}
