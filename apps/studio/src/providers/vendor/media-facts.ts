import { parseBuffer } from 'music-metadata';
import { ProviderFault } from '../provider-fault.js';
import type { VendorFile } from './vendor-results.js';

/** What a film says of itself: pixels and milliseconds. */
export interface FilmFacts {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

function unreadable(provider: string, what: string): ProviderFault {
  const message = `the result is not a readable ${what}`;
  // It came with a status of success: fetching it again would not mend it.
  return new ProviderFault({ provider, kind: 'unknown_outcome', message, status: 200 });
}

/** Size and length of an MP4. @throws ProviderFault `unknown_outcome` when it has none: it was billed all the same */
async function filmFacts(provider: string, bytes: Buffer): Promise<FilmFacts> {
  const { format } = await parseBuffer(bytes, { mimeType: 'video/mp4' }).catch(() => {
    throw unreadable(provider, 'film');
  });
  const track = format.trackInfo.find(({ video }) => video !== undefined);
  const { pixelWidth: width, pixelHeight: height } = track?.video ?? {};
  const seconds = track?.duration ?? format.duration;
  if (width === undefined || height === undefined || seconds === undefined)
    throw unreadable(provider, 'film');
  return { width, height, durationMs: Math.round(seconds * 1_000) };
}

/** A fetched film with what it says of itself. @throws ProviderFault as {@link filmFacts} */
export async function readFilm(provider: string, file: VendorFile): Promise<VendorFile & FilmFacts> {
  return { ...file, ...(await filmFacts(provider, file.bytes)) };
}

/** Length of a recording in milliseconds. @throws ProviderFault `unknown_outcome` */
export async function trackDurationMs(provider: string, bytes: Buffer, mimeType: string): Promise<number> {
  const { format } = await parseBuffer(bytes, { mimeType }, { duration: true }).catch(() => {
    throw unreadable(provider, 'recording');
  });
  if (format.duration === undefined || format.duration <= 0) throw unreadable(provider, 'recording');
  return Math.round(format.duration * 1_000);
}
