// `npm start`: what is generated and built is made up to date, then the platform runs in this very process,
// so that Ctrl-C and SIGTERM reach it without a shell in between.
import { pathToFileURL, fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `EventZR needs Node 24; this is ${process.version}. On Linux x64, arm64 and Windows \`npm ci\` installs it: start with \`npm start\`. Elsewhere install Node 24 first.\n`,
  );
  process.exit(1);
}
// npm hands a SIGTERM to its shell, which dies of it and tells nobody: without its parent the platform stops too.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
// Libraries keep stacks and checks for development otherwise, on every query.
process.env.NODE_ENV ??= 'production';
await import('./generate.mjs');
await import('./build.mjs');
await import(pathToFileURL(join(root, 'apps/standalone/dist/main.js')).href);
