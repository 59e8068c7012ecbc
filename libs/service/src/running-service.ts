import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, Environment, Logger, ServiceName } from '@eventzr/config';
import type { CacheStore } from '@eventzr/cache';
import type { OpenApiDocument } from '@eventzr/http';

export interface ServiceOptions {
  readonly environment: Environment;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Default: made from `REDIS_URL`, else in memory. A given store is not closed. */
  readonly cache?: CacheStore;
  /** `api` serves the routes, `worker` alone only health. Default: `api`. */
  readonly roles?: readonly ('api' | 'worker')[];
  /** Starts jobs, sweeps and the relay at once. Default: whether `roles` has `worker`. */
  readonly startWorker?: boolean;
}

/** A service that is wired and ready to take requests from any number of listeners. */
export interface RunningService {
  readonly name: ServiceName;
  readonly app: NestFastifyApplication;
  /** Serves everything but `/internal/`. */
  readonly handlePublic: (request: IncomingMessage, response: ServerResponse) => void;
  /** Serves `/internal/`, health and JWKS. */
  readonly handleInternal: (request: IncomingMessage, response: ServerResponse) => void;
  /** Whether all required parts are up. */
  ready(): Promise<boolean>;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** Runs due jobs inline until none is left: for tests. */
  drainJobs(): Promise<number>;
  openapi(): OpenApiDocument;
  close(): Promise<void>;
}
