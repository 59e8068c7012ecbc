import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createLogger, loadConfig, type Environment, type HouseConfig } from '@eventzr/config';
import { createService } from './create-service.js';
import { closeServer, openServer } from './http-server.js';
import { bufferedOutput } from './log-output.js';
import type { RunningService } from './running-service.js';
import type { AnyServiceDefinition } from './service-definition.js';
import { startFaultLine } from './start-fault.js';

/** The whole stop takes at most this long, whatever hangs. */
const STOP_DEADLINE_MS = 9_500;

/** Serves a service's routes on PORT and INTERNAL_PORT until SIGTERM or SIGINT. */
export function runApi(definition: AnyServiceDefinition, environment: Environment): Promise<void> {
  return start(`${definition.name}-svc`, () => api(definition, environment));
}

/** Runs a service's jobs, sweeps and relay until SIGTERM or SIGINT; answers health on PORT. */
export function runWorker(definition: AnyServiceDefinition, environment: Environment): Promise<void> {
  return start(`${definition.name}-worker`, () => worker(definition, environment));
}

/** What a start brought up, in the order in which it is taken down. */
type Stop = () => Promise<void>;

async function start(name: string, bringUp: () => Promise<Stop>): Promise<void> {
  try {
    const stop = await bringUp();
    stopOnSignal(stop);
  } catch (error) {
    process.stderr.write(startFaultLine(name, error));
    process.exit(1);
  }
}

async function api(definition: AnyServiceDefinition, environment: Environment): Promise<Stop> {
  const config = loadConfig(definition.config, environment);
  const doors = { public: new Door(), internal: new Door() };
  // The ports come first: who finds one taken must not have touched anything else.
  const servers = [
    await openServer({ host: config.host, port: config.port }, doors.public.handle),
    await openServer({ host: config.internalHost, port: config.internalPort }, doors.internal.handle),
  ];
  const service = await createService(definition, {
    environment,
    logger: loggerOf(definition.name, config),
    roles: ['api'],
  });
  doors.public.open(service.handlePublic);
  doors.internal.open(service.handleInternal);
  return () => takeDown(servers, service);
}

async function worker(definition: AnyServiceDefinition, environment: Environment): Promise<Stop> {
  const config = loadConfig(definition.config, environment);
  const door = new Door();
  const servers = [await openServer({ host: config.host, port: config.port }, door.handle)];
  const service = await createService(definition, {
    environment,
    logger: loggerOf(definition.name, config),
    roles: ['worker'],
  });
  // The private handler without its routes: a worker answers for its health alone.
  door.open((request, response) => {
    if (!/\/v1\/health(\/ready)?(\?|$)/.test(request.url ?? '')) request.url = '/';
    service.handleInternal(request, response);
  });
  return () => takeDown(servers, service);
}

async function takeDown(servers: readonly Server[], service: RunningService): Promise<void> {
  // Jobs and requests end at the same time: both have their own deadlines within the ten seconds.
  await Promise.all([service.stopWorker(), ...servers.map((server) => closeServer(server))]);
  await service.close();
}

function stopOnSignal(stop: Stop): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function loggerOf(service: string, config: HouseConfig) {
  return createLogger(`${service}-svc`, config.logLevel, bufferedOutput());
}

/** Answers 503 until the service behind it is ready. */
class Door {
  private target: RequestListener | undefined;

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (this.target === undefined) closed(response);
    else this.target(request, response);
  };

  open(target: RequestListener): void {
    this.target = target;
  }
}

function closed(response: ServerResponse): void {
  const error = {
    code: 'UNAVAILABLE',
    name: 'UNAVAILABLE',
    http: 503,
    message: 'The service is starting.',
    retryable: true,
  };
  const meta = { request_id: null, trace_id: null, tenant_id: null };
  response.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' });
  response.end(JSON.stringify({ data: null, error: { ...error, details: null }, page: null, meta }));
}
