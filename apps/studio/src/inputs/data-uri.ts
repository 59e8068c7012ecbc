import { StudioErrors } from '../studio.errors.js';
import { MOST_INPUT_BYTES } from './media-source.js';

const HEAD = /^data:([a-z]+\/[a-z0-9.+-]+)?((?:;[a-z0-9-]+=[^;,]*)*);base64,/i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const HEAD_LIMIT = 200;

/**
 * The bytes of a base64 data URI.
 * @throws INVALID_MEDIA_INPUT 400, MEDIA_TOO_LARGE 413
 */
export function bytesOfDataUri(uri: string): Buffer {
  const head = HEAD.exec(uri.slice(0, HEAD_LIMIT))?.[0];
  if (head === undefined) throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'not a base64 data URI' });
  const maxBytes = MOST_INPUT_BYTES;
  if (((uri.length - head.length) * 3) / 4 > maxBytes + 2) throw StudioErrors.MEDIA_TOO_LARGE({ maxBytes });
  const text = uri.slice(head.length);
  if (!BASE64.test(text) || text.length % 4 === 1)
    throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'not base64' });
  return Buffer.from(text, 'base64');
}
