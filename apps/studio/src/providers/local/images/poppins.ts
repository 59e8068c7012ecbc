import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';

const files = new Map<number, opentype.Font>();

/** Poppins, shipped with the application: the same letters on every machine. */
export function poppins(weight: 600 | 700): opentype.Font {
  const known = files.get(weight);
  if (known !== undefined) return known;
  const file = `@fontsource/poppins/files/poppins-latin-${weight}-normal.woff`;
  const bytes = readFileSync(createRequire(import.meta.url).resolve(file));
  const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  files.set(weight, font);
  return font;
}
