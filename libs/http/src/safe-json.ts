/// <reference lib="es2024.string" />
import { isUtf8 } from 'node:buffer';
import { HttpErrors } from './errors.js';

// Deeper nesting only serves to exhaust the stack of whoever walks the value next.
const MAX_DEPTH = 64;

/** False for text that Postgres cannot hold: NUL, or half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The same text as Postgres can hold it: without NUL, and with U+FFFD for half of a surrogate pair. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/**
 * Parses a JSON body that a hostile caller may have written.
 * @returns undefined for an empty body
 * @throws CatalogueError MALFORMED_BODY: not UTF-8, not JSON, `__proto__`, `constructor`, unstorable text, nested too deeply
 */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw HttpErrors.MALFORMED_BODY();
  const value = parse(body.toString('utf8'));
  if (!isHarmless(value, 0)) throw HttpErrors.MALFORMED_BODY();
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    throw HttpErrors.MALFORMED_BODY(null, { cause });
  }
}

function isHarmless(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isHarmless(item, depth + 1));
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || !isStorableText(key)) return false;
    if (!isHarmless((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}
