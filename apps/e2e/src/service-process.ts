import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceName } from '@eventzr/config';
import { SERVICE_NAMES, snakeName } from '@eventzr/config';
import { freePort, type PlatformProcess } from './process.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** One service in a process of its own, as its container runs it, on the database of a running platform. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly internalUrl: string,
  ) {}

  /** Ends when the service is ready. `environment` is laid over what a fleet would set. */
  static async start(
    service: ServiceName,
    platform: PlatformProcess,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServiceProcess> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, [join(ROOT, `apps/${service}/dist/main.js`)], {
      cwd: ROOT,
      env: { ...environmentOf(service, platform, port), ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    while (!(await isReady(`${url}/${service}/v1/health/ready`))) {
      if (child.exitCode !== null) throw new Error(`${service} did not start: ${stderr}`);
    }
    return new ServiceProcess(child, url, `http://127.0.0.1:${port + 1}`);
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

function environmentOf(
  service: ServiceName,
  platform: PlatformProcess,
  port: number,
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
    HOST: '127.0.0.1',
    INTERNAL_HOST: '127.0.0.1',
    PORT: String(port),
    INTERNAL_PORT: String(port + 1),
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
