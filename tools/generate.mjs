// Generates each service's Prisma client from prisma/<svc>/schema.prisma, two at a time, and skips what is unchanged.
// `fixture` is the small service that the specs of libs run on (libs/testing/prisma); images have none.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const prisma = path.join(root, 'node_modules/prisma/build/index.js');

const version = JSON.parse(readFileSync(path.join(root, 'node_modules/prisma/package.json'), 'utf8')).version;
const wanted = process.argv.slice(2);
const projects = readdirSync(path.join(root, 'prisma'))
  .map((name) => ({ name, schema: path.join(root, 'prisma', name), app: path.join(root, 'apps', name) }))
  .concat({
    name: 'fixture',
    schema: path.join(root, 'libs/testing/prisma'),
    app: path.join(root, 'libs/testing'),
  })
  .filter(({ schema, app }) => existsSync(path.join(schema, 'schema.prisma')) && existsSync(app))
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const stale = projects.filter((project) => !isCurrent(project));
const next = stale[Symbol.iterator]();
const results = await Promise.all([work(), work()]);
process.exitCode = results.every(Boolean) ? 0 : 1;

async function work() {
  let fine = true;
  for (const project of next) fine = (await generate(project)) && fine;
  return fine;
}

function hashFile({ app }) {
  return path.join(app, 'src/generated/prisma', '.schema-hash');
}

function hashOf({ schema }) {
  const hash = createHash('sha256').update(version);
  for (const file of ['schema.prisma', 'prisma.config.ts'])
    hash.update(readFileSync(path.join(schema, file)));
  return hash.digest('hex');
}

function isCurrent(project) {
  return existsSync(hashFile(project)) && readFileSync(hashFile(project), 'utf8') === hashOf(project);
}

function generate(project) {
  const hash = hashOf(project);
  const args = [prisma, 'generate', '--config', path.join(project.schema, 'prisma.config.ts')];
  // Generating needs no schema engine, but the CLI looks for one: any program will do.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((done) => {
    child.on('close', (code) => {
      if (code === 0 && existsSync(path.dirname(hashFile(project)))) {
        writeFileSync(hashFile(project), hash);
        console.log(`generated the Prisma client of ${project.name}`);
        return done(true);
      }
      console.error(`prisma generate failed for ${project.name}:\n${output.trim()}`);
      done(false);
    });
  });
}
