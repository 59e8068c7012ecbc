import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RevocationFeed } from '@eventzr/auth';
import { ManualClock, SERVICE_NAMES, type Environment, type Logger, type ServiceName } from '@eventzr/config';
import {
  closeServer,
  createService,
  openServer,
  type AnyServiceDefinition,
  type RunningService,
} from '@eventzr/service';
import supertest from 'supertest';
import { startTestDatabase, type TestDatabase } from './database.js';
import { FakeWallet } from './fake-wallet.js';
import { testKeyDigest, testServiceKey } from './service-keys.js';
import { TokenMint, type TokenWish } from './token-mint.js';

type Agent = ReturnType<typeof supertest.agent>;

export const TEST_INTERNAL_KEY = 'internal-key-of-tests-0123456789';

export interface TestServiceOptions {
  /** Laid over the defaults. */
  readonly environment?: Environment;
  readonly clock?: ManualClock;
  /** Default: silent. */
  readonly logger?: Logger;
  /** A database of the caller's making, who drops it; default: a clone of the service's template. */
  readonly database?: TestDatabase;
}

/** The real service on a real database, its neighbours played by fakes that check what they are sent. */
export interface TestService {
  readonly service: RunningService;
  readonly database: TestDatabase;
  readonly tokens: TokenMint;
  readonly wallet: FakeWallet;
  readonly clock: ManualClock;
  readonly environment: Environment;
  /** The public listener. */
  request(): Agent;
  /** The public listener, called by a user; default: `user@` of EventZR. */
  as(wish?: TokenWish): Promise<Agent>;
  /** The private listener, called by another service. */
  internal(caller?: ServiceName): Agent;
  /** Base URL of the public listener, for streams and raw sockets. */
  readonly url: string;
  readonly internalUrl: string;
  /** Lets a revocation be known at once instead of within two seconds. */
  pullFeed(): Promise<void>;
  drainJobs(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a service for one spec file; close it when the spec ends. */
export async function startService(
  definition: AnyServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const clock = options.clock ?? new ManualClock(Math.floor(Date.now() / 1000) * 1000);
  const [tokens, wallet, database, dataDir] = await Promise.all([
    TokenMint.start({ clock }),
    FakeWallet.start(),
    options.database ?? startTestDatabase(definition.name),
    mkdtemp(path.join(tmpdir(), 'eventzr-test-')),
  ]);
  const environment = {
    ...testEnvironment(definition.name, dataDir),
    ...database.environment,
    AUTH_INTERNAL_URL: tokens.url,
    WALLET_INTERNAL_URL: wallet.url,
    ...options.environment,
  };
  const service = await createService(definition, {
    environment,
    clock,
    ...(options.logger && { logger: options.logger }),
  });
  const servers = [
    await openServer({ host: '127.0.0.1', port: 0 }, service.handlePublic),
    await openServer({ host: '127.0.0.1', port: 0 }, service.handleInternal),
  ] as const;
  const [url, internalUrl] = [urlOf(servers[0]), urlOf(servers[1])];
  return {
    service,
    database,
    tokens,
    wallet,
    clock,
    environment,
    url,
    internalUrl,
    request: () => supertest.agent(url),
    as: async (wish) => supertest.agent(url).set('authorization', await tokens.bearer(wish)),
    internal: (caller = 'aibrain') =>
      supertest.agent(internalUrl).set({ 'x-service-name': caller, 'x-service-key': testServiceKey(caller) }),
    pullFeed: () => service.app.get(RevocationFeed).catchUp(),
    drainJobs: () => service.drainJobs(),
    close: async () => {
      await Promise.all(servers.map((server) => closeServer(server, 0)));
      await service.close();
      await Promise.all([tokens.close(), wallet.stop()]);
      if (options.database === undefined) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function testEnvironment(service: ServiceName, dataDir: string): Environment {
  return {
    EVENTZR_MODE: 'embedded',
    LOG_LEVEL: 'silent',
    RATE_LIMIT: 'off',
    LOCAL_FALLBACK: 'on',
    // The classifier takes seconds to load, and vendors' fakes judge nothing: the specs about it turn them on.
    MODERATION: 'local',
    IMAGE_MODERATION: 'off',
    SERVICE_KEY: testServiceKey(service),
    SERVICE_KEY_DIGESTS: SERVICE_NAMES.map(testKeyDigest).join(','),
    INTERNAL_API_KEY: TEST_INTERNAL_KEY,
    URL_SIGNING_KEY: 'url-signing-key-of-tests'.padEnd(40, '-'),
    KEY_ENCRYPTION_KEY: 'key-encryption-key-of-tests'.padEnd(40, '-'),
    REFRESH_KEY: 'refresh-key-of-tests'.padEnd(40, '-'),
    DATA_DIR: dataDir,
  };
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
