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
  const cleanup: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of cleanup.splice(0).reverse()) await step();
  };
  try {
    const publicRouter = new PathRouter();
    const internalRouter = new PathRouter();
    cleanup.push(async () => void (await Promise.all([publicRouter.close(), internalRouter.close()])));
    const port = await publicRouter.open(config.host, config.port);
    const internalPort = await internalRouter.open('127.0.0.1', config.internalPort);
    const secrets = new Secrets(config.dataDir, config.environment);
    const cluster = await openCluster(config, secrets);
    cleanup.push(() => cluster.close());

    const bound = { port, internalPort, publicUrl: config.publicBaseUrl ?? `http://localhost:${port}` };
    const services = new Map<ServiceName, RunningService>();
    cleanup.push(() => closeAll(services));
    await startServices({
      config,
      secrets,
      cluster,
      bound,
      services,
      routers: [publicRouter, internalRouter],
    });

    if (config.scheduler && secrets.internalApiKey() !== '') {
      const logger = createLogger('scheduler', config.logLevel);
      const scheduler = new Scheduler(`http://127.0.0.1:${port}`, secrets.internalApiKey(), logger);
      cleanup.push(async () => scheduler.stop());
    }
    return { ...bound, secrets, services, adminUrl: cluster.adminUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Start {
  readonly config: StandaloneConfig;
  readonly secrets: Secrets;
  readonly cluster: Cluster;
  readonly bound: BoundAddress;
  readonly services: Map<ServiceName, RunningService>;
  readonly routers: readonly [publicRouter: PathRouter, internalRouter: PathRouter];
}

async function startServices({ config, secrets, cluster, bound, services, routers }: Start): Promise<void> {
  const [publicRouter, internalRouter] = routers;
  const internalRoutes: Route[] = [];
  internalRouter.use(internalRoutes);
  const start = async (definition: (typeof SERVICES)[number]) => {
    const environment = serviceEnvironment(
      definition.name,
      config,
      secrets,
      cluster.urlsOf(definition.name),
      bound,
    );
    const service = await createService(definition, { environment, roles: ['api', 'worker'] });
    services.set(definition.name, service);
    // Routed as soon as it is up: the services that follow load auth's revocation feed over this port.
    internalRoutes.push(
      byPrefix(definition.name, (request, response) => service.handleInternal(request, response)),
    );
  };
  const [first, ...others] = SERVICES;
  if (first !== undefined) await start(first);
  await Promise.all(others.map(start));

  const cards = SERVICES.map(({ name, title }) => ({ name, title, summary: SUMMARIES[name] }));
  const page = landingPage(cards, bound.publicUrl);
  publicRouter.use([
    ...[...services].map(([name, service]) =>
      byPrefix(name, (request, response) => service.handlePublic(request, response)),
    ),
    landingRoute(page.html, page.contentSecurityPolicy),
  ]);
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

async function closeAll(services: ReadonlyMap<ServiceName, RunningService>): Promise<void> {
  await Promise.allSettled([...services.values()].map((service) => service.close()));
}
