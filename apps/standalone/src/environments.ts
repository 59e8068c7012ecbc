import type { Environment, ServiceName } from '@eventzr/config';
import { SERVICE_NAMES, snakeName } from '@eventzr/config';
import type { StandaloneConfig } from './config.js';
import type { Secrets } from './secrets.js';

/** Where a service finds its database, one URL per role. */
export interface DatabaseUrls {
  readonly app: string;
  readonly job: string;
}

/** Ports as they were really bound, and where callers find the public one. */
export interface BoundAddress {
  readonly port: number;
  readonly internalPort: number;
  readonly publicUrl: string;
}

/** The environment of one service, exactly as a fleet's task definition would set it. */
export function serviceEnvironment(
  service: ServiceName,
  config: StandaloneConfig,
  secrets: Secrets,
  databases: DatabaseUrls,
  bound: BoundAddress,
): Environment {
  const internalUrl = `http://127.0.0.1:${bound.internalPort}`;
  const internalUrls = SERVICE_NAMES.map((name) => [
    `${snakeName(name).toUpperCase()}_INTERNAL_URL`,
    internalUrl,
  ]);
  return {
    LOCAL_FALLBACK: 'on',
    ...config.environment,
    EVENTZR_MODE: 'embedded',
    PORT: String(bound.port),
    INTERNAL_PORT: String(bound.internalPort),
    DATABASE_URL: databases.app,
    JOB_DATABASE_URL: databases.job,
    DATA_DIR: config.dataDir,
    PUBLIC_BASE_URL: bound.publicUrl,
    LOG_LEVEL: config.logLevel,
    INTERNAL_API_KEY: secrets.internalApiKey(),
    KEY_ENCRYPTION_KEY: secrets.get('KEY_ENCRYPTION_KEY'),
    REFRESH_KEY: secrets.get('REFRESH_KEY'),
    URL_SIGNING_KEY: secrets.get('URL_SIGNING_KEY'),
    SERVICE_KEY: secrets.serviceKey(service),
    SERVICE_KEY_DIGESTS: secrets.serviceKeyDigests(),
    ...(Object.fromEntries(internalUrls) as Environment),
  };
}
