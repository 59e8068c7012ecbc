import sharp from 'sharp';
import { commentOf, escaped, type Mark, xmpOf } from './mark.js';
import { pptxWithProperties } from './properties-in-pptx.js';
import { taggedMedia } from './tagged-media.js';
import { pdfWithXmp } from './xmp-in-pdf.js';
import { jpegWithXmp, pngWithXmp, webpWithXmp } from './xmp-in-pictures.js';

/** What of a file matters for its mark. */
export interface Markable {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly extension: string;
}

const TAGGED = new Set(['mp3', 'wav', 'ogg', 'm4a', 'mp4', 'webm', 'flac']);
const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

/** The same file with its mark; undefined for formats that have no place for one (plain text, JSON, subtitles). */
export async function marked(
  { bytes, mimeType, extension }: Markable,
  mark: Mark,
): Promise<Buffer | undefined> {
  if (TAGGED.has(extension)) return taggedMedia(bytes, extension, mark);
  switch (mimeType) {
    case 'image/png':
      return pngWithXmp(bytes, xmpOf(mark));
    case 'image/jpeg':
      return jpegWithXmp(bytes, xmpOf(mark));
    case 'image/webp':
      return webpWithXmp(bytes, xmpOf(mark), await sharp(bytes).metadata());
    case 'image/svg+xml':
      return svgWithXmp(bytes, mark);
    case 'application/pdf':
      return pdfWithXmp(bytes, xmpOf(mark));
    case PPTX:
      return pptxWithProperties(bytes, mark);
    case 'text/calendar':
      return calendarWithMark(bytes, mark);
    default:
      return undefined;
  }
}

function svgWithXmp(bytes: Buffer, mark: Mark): Buffer {
  const packet = xmpOf(mark).replace(/<\?xpacket[^>]*\?>\n?/g, '');
  const metadata = `<desc>${escaped(commentOf(mark))}</desc><metadata>${packet}</metadata>`;
  return Buffer.from(bytes.toString('utf8').replace(/<svg\b[^>]*>/, (root) => root + metadata));
}

/** Lines of a calendar are at most 75 bytes long (RFC 5545, 3.1). */
function calendarWithMark(bytes: Buffer, mark: Mark): Buffer {
  const line = `X-EVENTZR-AI-GENERATED:${commentOf(mark).replace(/[\\;,]/g, '\\$&')}`;
  const folded = (line.match(/.{1,70}/g) ?? []).join('\r\n ');
  return Buffer.from(
    bytes.toString('utf8').replace(/^BEGIN:VCALENDAR\r?\n/, (begin) => `${begin}${folded}\r\n`),
  );
}
