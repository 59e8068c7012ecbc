import { HttpErrors } from '@eventzr/http';
import type { CpuPool } from '../providers/local/cpu-pool.js';
import { cpuModule } from '../providers/local/cpu-pool.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioErrors } from '../studio.errors.js';
import type { CheckedMedia } from './checked-media.js';
import type { ExaminedImage, ImageRefusal, UnknownImage } from './examine-image.js';

const EXAMINER = cpuModule<UnknownImage, ExaminedImage | ImageRefusal>(
  import.meta.url,
  './examine-image.worker',
);
/** Waiting for the process included. */
const TIMEOUT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * The copy that `examineImage` makes, made in an engine’s process.
 * @throws INVALID_MEDIA_INPUT 400, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415, UNAVAILABLE 503 when too many wait
 */
export async function checkedImage(cpus: CpuPool, bytes: Buffer): Promise<CheckedMedia> {
  const run = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
  return mediaOf(await cpus.run(EXAMINER, { bytes }, run).catch(tooBusy));
}

/** @throws the error that a refusal names */
export function mediaOf(found: ExaminedImage | ImageRefusal): CheckedMedia {
  if ('refused' in found) throw StudioErrors[found.refused](found.details);
  const { buffer, byteOffset, byteLength } = found.bytes;
  return { ...found, bytes: Buffer.from(buffer, byteOffset, byteLength) };
}

function tooBusy(cause: unknown): never {
  if (!(cause instanceof ProviderFault)) throw cause;
  throw HttpErrors.UNAVAILABLE(null, { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
