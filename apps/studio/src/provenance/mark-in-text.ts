import { commentOf, escaped, type Mark, xmpOf } from './mark.js';

/** The packet among the metadata of the drawing, and a description that people see. */
export function svgWithXmp(svg: Buffer, mark: Mark): Buffer {
  const packet = xmpOf(mark).replace(/<\?xpacket[^>]*\?>\n?/g, '');
  const metadata = `<desc>${escaped(commentOf(mark))}</desc><metadata>${packet}</metadata>`;
  return Buffer.from(svg.toString('utf8').replace(/<svg\b[^>]*>/, (root) => root + metadata));
}

/** Lines of a calendar are at most 75 bytes long (RFC 5545, 3.1). */
export function calendarWithMark(calendar: Buffer, mark: Mark): Buffer {
  const line = `X-EVENTZR-AI-GENERATED:${commentOf(mark).replace(/[\\;,]/g, '\\$&')}`;
  const folded = (line.match(/.{1,70}/g) ?? []).join('\r\n ');
  return Buffer.from(
    calendar.toString('utf8').replace(/^BEGIN:VCALENDAR\r?\n/, (begin) => `${begin}${folded}\r\n`),
  );
}

/** A comment block after the head of WebVTT, which players skip (W3C WebVTT, 4.1: no `-->` in it). */
export function vttWithNote(vtt: Buffer, mark: Mark): Buffer {
  const note = `NOTE ${commentOf(mark).replaceAll('-->', '->')}`;
  return Buffer.from(vtt.toString('utf8').replace(/^WEBVTT[^\n]*\n/, (head) => `${head}\n${note}\n`));
}

/** One more member of the document. @throws SyntaxError, TypeError for what is no JSON object */
export function jsonWithMark(json: Buffer, { sourceType, tool, jobId, madeAt }: Mark): Buffer {
  const document: unknown = JSON.parse(json.toString('utf8'));
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new TypeError('the document is no object');
  const aiGenerated = { digitalSourceType: sourceType, tool, jobId, madeAt: madeAt.toISOString() };
  return Buffer.from(`${JSON.stringify({ ...document, aiGenerated }, null, 2)}\n`);
}
