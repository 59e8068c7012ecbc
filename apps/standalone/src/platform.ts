import type { ServiceName } from '@eventzr/config';
import { createLogger } from '@eventzr/config';
import type { RunningService } from '@eventzr/service';
import { createService } from '@eventzr/service';
import type { StandaloneConfig } from './config.js';
import type { Cluster } from './database.js';
import { openCluster } from './database.js';
import type { BoundAddress } from './environments.js';
import { serviceEnvironment } from './environments.js';
import { landingPage } from './landing.js';
import type { Route } from './router.js';
import { PathRouter } from './router.js';
import { sampleRoute } from './samples.js';
import { Scheduler } from './scheduler.js';
import { Secrets } from './secrets.js';
import { SERVICES, SUMMARIES } from './services.js';

/** The whole platform in one process. */
export interface Platform {
  readonly port: number;
  readonly internalPort: number;
  readonly publicUrl: string;
  readonly secrets: Secrets;
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  /** Admin URL of the Postgres cluster in use. */
  readonly adminUrl: string;
  close(): Promise<void>;
}

/**
 * Starts everything: ports first, so that a second start never touches the data of a living one; then the
 * database, migrations and seeds; then the services.
 * @throws ConfigError, BootRefused with one clear line each
 */
export async function startPlatform(config: StandaloneConfig): Promise<Platform> {
  const routers = { public: new PathRouter(), internal: new PathRouter() };
  const services = new Map<ServiceName, RunningService>();
  const stops: (() => Promise<void>)[] = [() => closeAll(routers, services)];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const port = await routers.public.open(config.host, config.port);
    const internalPort = await routers.internal.open('127.0.0.1', config.internalPort);
    const secrets = new Secrets(config.dataDir, config.environment);
    const cluster = await openCluster(config, secrets);
    stops.unshift(() => cluster.close());

    const bound = { port, internalPort, publicUrl: config.publicBaseUrl ?? `http://localhost:${port}` };
    await startServices({ config, secrets, cluster, bound, services, routers });
    if (config.scheduler && secrets.internalApiKey() !== '') {
      const logger = createLogger('scheduler', config.logLevel);
      const scheduler = new Scheduler(`http://127.0.0.1:${port}`, secrets.internalApiKey(), logger);
      stops.push(async () => scheduler.stop());
    }
    return { ...bound, secrets, services, adminUrl: cluster.adminUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Routers {
  readonly public: PathRouter;
  readonly internal: PathRouter;
}

interface Start {
  readonly config: StandaloneConfig;
  readonly secrets: Secrets;
  readonly cluster: Cluster;
  readonly bound: BoundAddress;
  readonly services: Map<ServiceName, RunningService>;
  readonly routers: Routers;
}

/** Services first, then the door, and only then jobs and sweeps: they call services that must be there. */
async function startServices({ config, secrets, cluster, bound, services, routers }: Start): Promise<void> {
  const start = async (definition: (typeof SERVICES)[number]) => {
    const urls = cluster.urlsOf(definition.name);
    const environment = serviceEnvironment(definition.name, config, secrets, urls, bound);
    const service = await createService(definition, { environment });
    services.set(definition.name, service);
    // Routed as soon as it is up: the services that follow load auth's revocation feed over this port.
    routers.internal.add(byPrefix(definition.name, service.handleInternal));
  };
  const [first, ...others] = SERVICES;
  if (first !== undefined) await start(first);
  await Promise.all(others.map(start));
  routers.internal.seal();
  await Promise.all([...services.values()].map((service) => service.startWorker()));
  openDoor(routers.public, services, bound.publicUrl);
}

function openDoor(router: PathRouter, services: Start['services'], publicUrl: string): void {
  for (const [name, service] of services) router.add(byPrefix(name, service.handlePublic));
  const cards = SERVICES.map(({ name, title }) => ({ name, title, summary: SUMMARIES[name] }));
  const page = landingPage(cards, publicUrl);
  router.add(landingRoute(page.html, page.contentSecurityPolicy));
  router.add(sampleRoute());
  router.seal();
}

function byPrefix(name: ServiceName, handle: (...args: Parameters<Route>) => void): Route {
  const prefix = `/${name}/v1`;
  return (request, response) => {
    const url = request.url ?? '/';
    const mine = url.startsWith(prefix) && ['/', '?', undefined].includes(url[prefix.length]);
    if (mine) handle(request, response);
    return mine;
  };
}

function landingRoute(html: string, contentSecurityPolicy: string): Route {
  return (request, response) => {
    const path = request.url?.split('?')[0];
    if (path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    response.end(request.method === 'HEAD' ? undefined : html);
    return true;
  };
}

/** Open requests are served to their end while the jobs stop; who is leaned on goes last. */
async function closeAll(routers: Routers, services: Start['services']): Promise<void> {
  const workers = [...services.values()].map((service) => service.stopWorker());
  await Promise.allSettled([routers.public.close(), ...workers]);
  for (const { name } of SERVICES.toReversed()) await services.get(name)?.close();
  await routers.internal.close();
}
