// Generates each service's Prisma client from prisma/<svc>/schema.prisma, two at a time, and skips what is unchanged.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const prisma = path.join(root, 'node_modules/prisma/build/index.js');

const version = JSON.parse(readFileSync(path.join(root, 'node_modules/prisma/package.json'), 'utf8')).version;
const wanted = process.argv.slice(2);
const services = readdirSync(path.join(root, 'prisma'))
  .filter((name) => existsSync(path.join(root, 'prisma', name, 'schema.prisma')))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

const stale = services.filter((service) => !isCurrent(service));
const next = stale[Symbol.iterator]();
const results = await Promise.all([work(), work()]);
process.exitCode = results.every(Boolean) ? 0 : 1;

async function work() {
  let fine = true;
  for (const service of next) fine = (await generate(service)) && fine;
  return fine;
}

function hashFile(service) {
  return path.join(root, 'apps', service, 'src/generated/prisma', '.schema-hash');
}

function hashOf(service) {
  const hash = createHash('sha256').update(version);
  for (const file of ['schema.prisma', 'prisma.config.ts'])
    hash.update(readFileSync(path.join(root, 'prisma', service, file)));
  return hash.digest('hex');
}

function isCurrent(service) {
  return existsSync(hashFile(service)) && readFileSync(hashFile(service), 'utf8') === hashOf(service);
}

function generate(service) {
  const hash = hashOf(service);
  const args = [prisma, 'generate', '--config', path.join(root, 'prisma', service, 'prisma.config.ts')];
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
      if (code === 0 && existsSync(path.dirname(hashFile(service)))) {
        writeFileSync(hashFile(service), hash);
        console.log(`generated the Prisma client of ${service}`);
        return done(true);
      }
      console.error(`prisma generate failed for ${service}:\n${output.trim()}`);
      done(false);
    });
  });
}
