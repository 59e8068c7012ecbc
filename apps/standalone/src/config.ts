import type { Environment } from '@eventzr/config';
import { ConfigError } from '@eventzr/config';
import { resolve } from 'node:path';

/** What the standalone itself reads; every other variable is handed on to the services as it is. */
export interface StandaloneConfig {
  readonly port: number;
  readonly internalPort: number;
  /** Loopback unless `HOST` says otherwise: the seeded accounts are published. */
  readonly host: string;
  readonly dataDir: string;
  /** Admin URL of an existing Postgres cluster; undefined: the embedded one is started. */
  readonly databaseUrl: string | undefined;
  /** Undefined: localhost on the port that was bound. */
  readonly publicBaseUrl: string | undefined;
  readonly logLevel: string;
  /** Whether the small scheduler calls the documented job endpoints. */
  readonly scheduler: boolean;
  readonly environment: Environment;
}

/**
 * Reads the standalone's settings.
 * @throws ConfigError with one line per fault
 */
export function readConfig(environment: Environment = process.env): StandaloneConfig {
  const faults: string[] = [];
  const port = portOf('PORT', environment, 8080, faults);
  const internalPort = portOf('INTERNAL_PORT', environment, port === 0 ? 0 : port + 1, faults);
  if (port !== 0 && port === internalPort) faults.push('INTERNAL_PORT must differ from PORT');
  if (environment.EVENTZR_MODE === 'production') {
    faults.push('EVENTZR_MODE=production is for services started alone; the standalone is always embedded');
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    port,
    internalPort,
    host: present(environment.HOST) ?? '127.0.0.1',
    dataDir: resolve(present(environment.DATA_DIR) ?? '.data'),
    databaseUrl: present(environment.DATABASE_URL),
    publicBaseUrl: present(environment.PUBLIC_BASE_URL),
    logLevel: present(environment.LOG_LEVEL) ?? 'warn',
    scheduler: environment.SCHEDULER !== 'off',
    environment,
  };
}

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

function portOf(name: string, environment: Environment, fallback: number, faults: string[]): number {
  const text = present(environment[name]);
  if (text === undefined) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  faults.push(`${name} must be a port number between 0 and 65535`);
  return fallback;
}
