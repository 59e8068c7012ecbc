// Compiles every app and lib with swc in this one process: 0.1 s instead of one process per project.
// `nx run-many -t build` does the same per project, with caching, for CI and `nx affected`.
import { transform } from '@swc/core';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const settings = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
const newestSetting = Math.max(mtime(join(root, '.swcrc')), mtime(fileURLToPath(import.meta.url)));

const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: root }).filter(
  (file) => !/\.(spec|fake|conformance)\.ts$/.test(file),
);
const outputs = new Map(sources.map((file) => [outputOf(file), file]));

const stale = [...outputs].filter(([output, source]) => {
  const made = mtime(join(root, output));
  return made < mtime(join(root, source)) || made < newestSetting;
});
await Promise.all(stale.map(([output, source]) => compile(source, output)));

for (const left of globSync('{apps,libs}/*/dist/**/*.js', { cwd: root })) {
  const known = outputs.has(left) || left.includes(`${sep}assets${sep}`);
  if (!known) for (const file of [left, `${left}.map`]) rmSync(join(root, file), { force: true });
}

const assets = join(root, 'libs/service/build-assets.mjs');
if (existsSync(assets)) await (await import(pathToFileURL(assets).href)).buildAssets?.();

function outputOf(file) {
  const [kind, project, , ...rest] = file.split(sep);
  return join(kind, project, 'dist', ...rest).replace(/\.ts$/, '.js');
}

function mtime(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function compile(source, output) {
  const target = join(root, output);
  const { exclude: _specsWereLeftOut, ...options } = settings;
  const { code, map } = await transform(readFileSync(join(root, source), 'utf8'), {
    ...options,
    swcrc: false,
    filename: join(root, source),
    sourceFileName: relative(dirname(target), join(root, source)),
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${code}\n//# sourceMappingURL=${output.split(sep).at(-1)}.map\n`);
  writeFileSync(`${target}.map`, map ?? '');
}
