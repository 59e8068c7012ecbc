import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { variableName } from '@eventzr/config';
import { SERVICES } from '@eventzr/standalone';
import { ROOT } from './process.js';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const compose = spawnSync('docker-compose', ['--version']).status === 0;

/** Rules that no compiler and no linter knows. */
describe('the house', () => {
  it('names every environment variable in .env.example', () => {
    const named = new Set(
      read('.env.example')
        .match(/^(?:# )?[A-Z][A-Z0-9_]*(?==)/gm)
        ?.map((line) => line.replace('# ', '')),
    );
    const wanted = globSync('{apps/*/src/config.ts,libs/config/src/house-config.ts}', { cwd: ROOT }).flatMap(
      (file) =>
        [...read(file).matchAll(/^ {2}([a-z]\w*)(?:[!?]?:|\s*=)/gm)].map(([, property = '']) =>
          variableName(property),
        ),
    );
    // One per service in a fleet, under the service's own name.
    const perService = new Set(['DATABASE_URL', 'JOB_DATABASE_URL', 'SERVICE_KEY']);
    expect([...new Set(wanted)].filter((name) => !named.has(name) && !perService.has(name))).toEqual([]);
  });

  (compose ? it : it.skip)('has a compose file that docker-compose accepts', () => {
    const variables = read('.env.example').match(/^[A-Z][A-Z0-9_]*(?==)/gm) ?? [];
    const env = {
      PATH: process.env.PATH,
      ...Object.fromEntries(variables.map((name) => [name, 'x'])),
      PORT: '8080',
    };
    const { status, stderr } = spawnSync('docker-compose', ['config', '--quiet'], { cwd: ROOT, env });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  it('gives no two errors of a service the same code', () => {
    for (const { name, errors } of SERVICES) {
      const codes = errors.flatMap((catalogue) => Object.values(catalogue).map(({ entry }) => entry.code));
      expect([name, codes.filter((code, index) => codes.indexOf(code) !== index)]).toEqual([name, []]);
    }
  });
});
