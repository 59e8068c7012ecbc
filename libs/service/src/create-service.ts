import { Module, type DynamicModule } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AccessGuard, AuthModule, RevocationFeed } from '@eventzr/auth';
import { MemoryCacheStore, RedisCacheStore, type CacheStore } from '@eventzr/cache';
import { createLogger, loadConfig, SystemClock, type Clock, type HouseConfig } from '@eventzr/config';
import { DbModule } from '@eventzr/db';
import { EventsModule } from '@eventzr/events';
import {
  DtoPipe,
  ErrorFilter,
  HealthRegistry,
  HouseAdapter,
  markListener,
  PinoAppLogger,
  PreferWaiter,
  RateLimitGuard,
  type AppLogger,
  type Listener,
} from '@eventzr/http';
import { IdempotencyModule } from '@eventzr/idempotency';
import { JobRunner, JobsModule, SweepRunner } from '@eventzr/jobs';
import { assertDescribed } from './architecture.js';
import { describeControllers, VERSION } from './describe-service.js';
import { ContextTenantSource, HouseModule, type HouseParts } from './house.module.js';
import { NestLogger } from './nest-logger.js';
import type { RunningService, ServiceOptions } from './running-service.js';
import { ServiceDocuments } from './service-documents.js';
import { basePathOf, type AnyServiceDefinition } from './service-definition.js';

/** The house around a service's own module. */
@Module({})
class ServiceModule {
  static register(parts: HouseParts): DynamicModule {
    const { definition, config, logger } = parts;
    return {
      module: ServiceModule,
      imports: [
        HouseModule.register(parts),
        DbModule.register({
          service: definition.name,
          databaseUrl: config.databaseUrl,
          jobDatabaseUrl: config.jobDatabaseUrl,
          database: definition.db,
          tenants: new ContextTenantSource(),
          onError: (err, pool) => logger.warn({ err, pool }, 'a database connection broke'),
        }),
        AuthModule,
        JobsModule,
        EventsModule,
        IdempotencyModule,
        definition.module(config),
      ],
    };
  }
}

/**
 * Wires a service: configuration, database, guards, documents. It listens nowhere by itself; hand requests to
 * `handlePublic` and `handleInternal`.
 * @throws ConfigError, BootRefused: the environment or the database does not allow a start
 */
export async function createService(
  definition: AnyServiceDefinition,
  options: ServiceOptions,
): Promise<RunningService> {
  const config = loadConfig(definition.config, options.environment);
  const clock = options.clock ?? new SystemClock();
  const pino = options.logger ?? createLogger(`${definition.name}-svc`, config.logLevel);
  const logger = new PinoAppLogger(pino);
  const cache = options.cache ?? openCache(definition, config, clock, logger);
  assertDescribed(describeControllers(definition, config));
  // Redaction costs five times as much as the line itself, and access lines carry ids and numbers only.
  const lines = pino.child({}, { redact: [] });
  const adapter = new HouseAdapter({
    logger,
    access: (line) => lines.info(line, 'request'),
    basePath: basePathOf(definition),
    trustProxy: config.trustProxy,
    ...(definition.errorShape && { errorShape: definition.errorShape }),
  });
  const module = ServiceModule.register({ definition, config, clock, logger, cache, version: VERSION });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(pino),
    bodyParser: false,
    abortOnError: false,
  });
  prepare(app, adapter, definition, logger);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const service = new NestService(definition, app, options.cache === undefined ? cache : undefined);
  // A feed that answers makes the first request as good as any; one that does not is retried in the background.
  await app
    .get(RevocationFeed)
    .pull()
    .catch(() => undefined);
  if (options.startWorker ?? options.roles?.includes('worker') ?? false) await service.startWorker();
  return service;
}

function openCache(
  definition: AnyServiceDefinition,
  config: HouseConfig,
  clock: Clock,
  logger: AppLogger,
): CacheStore {
  if (config.redisUrl === undefined) return new MemoryCacheStore(clock);
  return new RedisCacheStore({
    url: config.redisUrl,
    clock,
    prefix: `eventzr:${definition.name}`,
    onError: (err) => logger.debug({ err }, 'redis'),
  });
}

function prepare(
  app: NestFastifyApplication,
  adapter: HouseAdapter,
  definition: AnyServiceDefinition,
  logger: AppLogger,
): void {
  app.setGlobalPrefix(basePathOf(definition).slice(1));
  app.useGlobalGuards(app.get(AccessGuard), app.get(RateLimitGuard));
  app.useGlobalPipes(new DtoPipe());
  app.useGlobalFilters(new ErrorFilter(logger, definition.errorShape));
  adapter.preferWaiter = findWaiter(app);
}

// Only services that accept work provide one; asking Nest for one that is missing would log an error.
function findWaiter(app: NestFastifyApplication): PreferWaiter | undefined {
  const provided = [...app.get(ModulesContainer).values()].some(({ providers }) =>
    providers.has(PreferWaiter),
  );
  return provided ? app.get(PreferWaiter, { strict: false }) : undefined;
}

class NestService implements RunningService {
  readonly name;
  private readonly fastify: FastifyInstance;
  private closing: Promise<void> | undefined;

  constructor(
    definition: AnyServiceDefinition,
    readonly app: NestFastifyApplication,
    private readonly ownCache: CacheStore | undefined,
  ) {
    this.name = definition.name;
    this.fastify = app.getHttpAdapter().getInstance();
  }

  handlePublic: RunningService['handlePublic'] = (request, response) =>
    this.handle('public', request, response);

  handleInternal: RunningService['handleInternal'] = (request, response) =>
    this.handle('internal', request, response);

  async ready(): Promise<boolean> {
    return (await this.app.get(HealthRegistry).report()).ready;
  }

  async startWorker(): Promise<void> {
    await this.app.get(JobRunner).start();
    this.app.get(SweepRunner).start();
  }

  async stopWorker(): Promise<void> {
    await Promise.all([this.app.get(SweepRunner).stop(), this.app.get(JobRunner).stop()]);
  }

  drainJobs(): Promise<number> {
    return this.app.get(JobRunner).drain();
  }

  openapi() {
    return this.app.get(ServiceDocuments).document();
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await this.stopWorker();
    await this.app.close();
    await this.ownCache?.close();
  }

  private handle(
    listener: Listener,
    request: Parameters<RunningService['handlePublic']>[0],
    response: Parameters<RunningService['handlePublic']>[1],
  ): void {
    markListener(request, listener);
    this.fastify.routing(request, response);
  }
}
