// Writes apps/<service>/openapi.json from what the code says, without a database. `--check` changes nothing: it fails
// when a committed document differs, or when the linter (redocly.yaml, recommended rules) finds a fault.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const { SERVICE_NAMES } = await import(inRoot('libs/config/dist/index.js'));
const { describeService } = await import(inRoot('libs/service/dist/index.js'));

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const services = chosen.length > 0 ? chosen : SERVICE_NAMES;
const stale = [];
for (const service of services) {
  const target = path.join(root, 'apps', service, 'openapi.json');
  const text = await documentText(service, target);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
  stale.push(path.relative(root, target));
  if (!check) writeFileSync(target, text);
}

if (check && stale.length > 0) {
  process.stderr.write(
    `${stale.join(', ')} no longer say what the code does: run \`npm run openapi\` and commit them\n`,
  );
  process.exit(1);
}
process.stdout.write(
  stale.length > 0 ? `written: ${stale.join(', ')}\n` : 'OpenAPI documents say what the code does\n',
);
if (check) lint();

async function documentText(service, target) {
  const module = await import(inRoot(`apps/${service}/dist/${service}.service-definition.js`));
  const definition = Object.values(module).find((value) => value?.name === service);
  return format(JSON.stringify(describeService(definition)), {
    parser: 'json',
    filepath: target,
    printWidth: 110,
  });
}

function lint() {
  const cli = path.join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const files = services.map((service) => `apps/${service}/openapi.json`);
  const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  try {
    execFileSync(process.execPath, [cli, 'lint', '--config', 'redocly.yaml', ...files], {
      cwd: root,
      env: environment,
      stdio: 'inherit',
    });
  } catch {
    process.exit(1);
  }
}

function inRoot(file) {
  return pathToFileURL(path.join(root, file)).href;
}
