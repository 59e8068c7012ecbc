import { randomUUID } from 'node:crypto';
import { Global, Module, type Type } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessGuard, AuthModule, FEED_ELAPSED, RevocationFeed, secretDigest } from '@eventzr/auth';
import { Clock, HouseConfig } from '@eventzr/config';
import { AppLogger, CatalogueError, HealthRegistry, runInContext, ServiceIdentity } from '@eventzr/http';
import type { TokenMint } from './token-mint.js';

export interface GuardedAppOptions {
  readonly controller: Type<object>;
  readonly tokens: TokenMint;
  readonly clock: Clock;
  readonly config?: Partial<HouseConfig>;
  /** Which listener requests seem to come in on. */
  readonly port?: () => 'public' | 'internal';
  /** Elapsed time by which the revocation feed grows old; default: real. */
  readonly elapsedMs?: () => number;
}

/** The secret of the one internal key that guarded apps know. */
export const GUARDED_INTERNAL_KEY = 'internal-key';

/** The secret of the legacy issuer that guarded apps trust. */
export const LEGACY_SECRET = 'a legacy secret of more than 32 bytes';

/** The service key of `vault` or `studio`, the two callers that guarded apps know. */
export function guardedServiceKey(service: 'vault' | 'studio'): string {
  return service.padEnd(40, '-');
}

/** Plays subscriptions with nothing but the access guard in front of `controller`: for tests of the guard itself. */
export async function startGuardedApp(options: GuardedAppOptions): Promise<NestFastifyApplication> {
  const house = houseOf(options);
  @Global()
  @Module({ providers: house, exports: house })
  class HouseModule {}
  @Module({
    imports: [HouseModule, AuthModule],
    controllers: [options.controller],
    providers: [{ provide: APP_GUARD, useExisting: AccessGuard }],
  })
  class GuardedModule {}
  const quiet = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(GuardedModule, new FastifyAdapter(), quiet);
  addContext(app, options.port ?? (() => 'public'));
  addErrors(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await app.get(RevocationFeed).pull();
  return app;
}

function houseOf({ tokens, clock, config, elapsedMs }: GuardedAppOptions) {
  const digests = (['vault', 'studio'] as const).map(
    (name) => `${name}:${secretDigest(guardedServiceKey(name)).toString('hex')}`,
  );
  const settings = Object.assign(new HouseConfig(), {
    authInternalUrl: tokens.url,
    serviceKey: guardedServiceKey('vault'),
    serviceKeyDigests: digests.join(),
    internalApiKey: GUARDED_INTERNAL_KEY,
    jwtHs256Secret: LEGACY_SECRET,
    ...config,
  });
  const nothing = () => undefined;
  return [
    { provide: HouseConfig, useValue: settings },
    { provide: Clock, useValue: clock },
    { provide: AppLogger, useValue: { debug: nothing, info: nothing, warn: nothing, error: nothing } },
    { provide: ServiceIdentity, useValue: { name: 'subscriptions', title: '', version: '' } },
    { provide: FEED_ELAPSED, useValue: elapsedMs },
    HealthRegistry,
  ];
}

function addContext(app: NestFastifyApplication, port: () => 'public' | 'internal'): void {
  const unused = { traceId: '', traceparent: '', clientAddress: '', signal: new AbortController().signal };
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', ({ method, headers }, _reply, done) => {
      const empty = { route: undefined, principal: undefined, caller: undefined };
      runInContext({ ...unused, ...empty, requestId: randomUUID(), method, headers, port: port() }, done);
    });
}

interface Reply {
  code(status: number): { headers(headers: object): { send(body: object): void } };
}

function addErrors(app: NestFastifyApplication): void {
  app.useGlobalFilters({
    catch(fault: unknown, host) {
      const known = fault instanceof CatalogueError ? fault : undefined;
      const reply = host
        .switchToHttp()
        .getResponse<Reply>()
        .code(known?.entry.http ?? 500);
      reply.headers(known?.headers ?? {}).send({ code: known?.entry.code ?? String(fault) });
    },
  });
}
