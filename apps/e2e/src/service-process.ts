import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@eventzr/config';
import { SERVICE_NAMES, snakeName } from '@eventzr/config';
import { ServiceProcess } from '@eventzr/testing';
import { ROOT, type PlatformProcess } from './process.js';

/**
 * One service in a process of its own, as its container runs it, on the database of a running platform.
 * @param environment laid over what a fleet would set
 */
export function startBeside(
  platform: PlatformProcess,
  service: ServiceName,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const script = join(ROOT, `apps/${service}/dist/main.js`);
  return ServiceProcess.start(service, script, { ...environmentOf(service, platform), ...environment });
}

function environmentOf(
  service: ServiceName,
  platform: PlatformProcess,
): Readonly<Record<string, string | undefined>> {
  const secret = (name: string) =>
    readFileSync(join(platform.dataDir, 'secrets', name.toLowerCase()), 'utf8').trim();
  const digest = (name: ServiceName) =>
    createHash('sha256')
      .update(secret(`service_key_${name}`))
      .digest('hex');
  // Line 4 of postmaster.pid is the port.
  const [, , , databasePort] = readFileSync(join(platform.dataDir, 'pg/postmaster.pid'), 'utf8').split('\n');
  const stem = snakeName(service);
  const database = (role: string) =>
    `postgresql://${stem}_${role}:${secret(`${stem}_${role}_password`)}@127.0.0.1:${databasePort}/eventzr_${stem}`;
  const others = SERVICE_NAMES.map((name) => [
    `${snakeName(name).toUpperCase()}_INTERNAL_URL`,
    `http://127.0.0.1:${platform.port + 1}`,
  ]);
  return {
    PATH: process.env.PATH,
    EVENTZR_MODE: 'embedded',
    DATA_DIR: platform.dataDir,
    PUBLIC_BASE_URL: platform.url,
    LOG_LEVEL: 'fatal',
    RATE_LIMIT: 'off',
    DATABASE_URL: database('app'),
    JOB_DATABASE_URL: database('job'),
    INTERNAL_API_KEY: platform.internalApiKey,
    KEY_ENCRYPTION_KEY: secret('key_encryption_key'),
    REFRESH_KEY: secret('refresh_key'),
    URL_SIGNING_KEY: secret('url_signing_key'),
    SERVICE_KEY: secret(`service_key_${service}`),
    SERVICE_KEY_DIGESTS: SERVICE_NAMES.map((name) => `${name}:${digest(name)}`).join(','),
    ...(Object.fromEntries(others) as Record<string, string>),
  };
}
