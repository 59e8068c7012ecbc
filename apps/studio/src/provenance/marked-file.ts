import sharp from 'sharp';
import { commentOf, type Mark, xmpOf } from './mark.js';
import { calendarWithMark, jsonWithMark, svgWithXmp, vttWithNote } from './mark-in-text.js';
import { pptxWithProperties } from './properties-in-pptx.js';
import { taggedMedia, type TaggingTools } from './tagged-media.js';
import { midiWithText } from './text-in-midi.js';
import { pdfWithXmp } from './xmp-in-pdf.js';
import { jpegWithXmp, pngWithXmp, webpWithXmp } from './xmp-in-pictures.js';

/** What of a file matters for its mark. */
export interface Markable {
  readonly bytes: Buffer;
  readonly mimeType: string;
  /** Without the dot. */
  readonly extension: string;
}

type Marker = (bytes: Buffer, mark: Mark) => Buffer | Promise<Buffer>;

const TAGGED = new Set(['mp3', 'wav', 'ogg', 'm4a', 'mp4', 'webm', 'flac']);

const MARKERS: Readonly<Record<string, Marker>> = {
  'image/png': (bytes, mark) => pngWithXmp(bytes, xmpOf(mark)),
  'image/jpeg': (bytes, mark) => jpegWithXmp(bytes, xmpOf(mark)),
  'image/webp': async (bytes, mark) => webpWithXmp(bytes, xmpOf(mark), await sharp(bytes).metadata()),
  'image/svg+xml': svgWithXmp,
  'application/pdf': (bytes, mark) => pdfWithXmp(bytes, xmpOf(mark)),
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': pptxWithProperties,
  'audio/midi': (bytes, mark) => midiWithText(bytes, commentOf(mark)),
  'text/calendar': calendarWithMark,
  'text/vtt': vttWithNote,
  'application/json': jsonWithMark,
};

/** The same file with its mark; undefined for formats that have no place for one: SubRip is nothing but lines. */
export async function marked(file: Markable, mark: Mark, tagging: TaggingTools): Promise<Buffer | undefined> {
  if (TAGGED.has(file.extension)) return taggedMedia(file, mark, tagging);
  return MARKERS[file.mimeType]?.(file.bytes, mark);
}
