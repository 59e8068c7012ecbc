import { HttpErrors } from '@eventzr/http';

const PRINTABLE_ASCII = /^[\x20-\x7e]{1,255}$/;
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * Reads an `Idempotency-Key` header: 1-255 printable ASCII characters, bare or as a quoted structured-field string;
 * both forms are the same key.
 * @throws VALIDATION_FAILED
 */
export function parseIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = (Array.isArray(header) ? header.join(', ') : header).trim();
  const key = text.startsWith('"') ? QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') : text;
  if (key !== undefined && PRINTABLE_ASCII.test(key)) return key;
  const message = 'must be 1 to 255 printable ASCII characters';
  throw HttpErrors.VALIDATION_FAILED([{ field: 'Idempotency-Key', rule: 'idempotencyKey', message }]);
}
