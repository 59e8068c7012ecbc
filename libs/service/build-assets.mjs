// Copies the playground's one file out of its package, with a compressed twin, so that images carry neither the
// package nor its tree. Run by tools/build.mjs; does nothing while the copy is newer than its source.
import { constants, brotliCompressSync } from 'node:zlib';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = import.meta.dirname;
const target = path.join(here, 'dist/assets/scalar.js');

export function buildAssets() {
  const entry = createRequire(import.meta.url).resolve('@scalar/api-reference');
  const source = path.join(path.dirname(entry), 'browser/standalone.js');
  if (existsSync(`${target}.br`) && statSync(`${target}.br`).mtimeMs >= statSync(source).mtimeMs) return;
  const script = readFileSync(source);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, script);
  writeFileSync(
    `${target}.br`,
    brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  );
}

buildAssets();
