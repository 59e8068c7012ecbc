import { createRequire } from 'node:module';
import type { DynamicModule, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { accessOf } from '@eventzr/auth';
import type { HouseConfig } from '@eventzr/config';
import { buildDocument, rulesOf, type OpenApiDocument, type RouteAccess } from '@eventzr/http';
import { writeOptionsOf } from '@eventzr/idempotency';
import { DocumentsController } from './documents.controller.js';
import { HealthController } from './health.controller.js';
import { basePathOf, type AnyServiceDefinition } from './service-definition.js';

/** Version of the platform, as its packages carry it. */
export const VERSION = (createRequire(import.meta.url)('../package.json') as { version: string }).version;

const HOW_TO_CALL = `

### How to call it
Log in with \`POST /auth/v1/login\` and send the answer's \`accessToken\` as \`Authorization: Bearer\`. On this page the bar at
the top does both. Every JSON answer is an envelope \`{ data, error, page, meta }\`; \`GET {base}/errors\` lists all codes.
Writes honour \`Idempotency-Key\` for 24 hours. Limits count per tenant and plan; see the \`RateLimit\` header.`;

/** The public API document of a service. */
export function documentOf(definition: AnyServiceDefinition, controllers: readonly Type[]): OpenApiDocument {
  const basePath = basePathOf(definition);
  return buildDocument({
    title: definition.title,
    version: VERSION,
    description: `${definition.description}${HOW_TO_CALL.replace('{base}', basePath)}`,
    basePath,
    controllers,
    accessOf: routeAccess,
    isWrite: (handler) => writeOptionsOf(handler) !== undefined,
    ...(definition.errorShape && { errorShape: definition.errorShape }),
  });
}

/** The document without a running service, and so without a database. */
export function describeService(definition: AnyServiceDefinition): OpenApiDocument {
  return documentOf(definition, describeControllers(definition, sampleConfig(definition)));
}

/** Every controller of a service: its own, those of libs, and the house's. */
export function describeControllers(definition: AnyServiceDefinition, config: HouseConfig): Type[] {
  const found = new Set<Type>();
  collect(definition.module(config), found, new Set());
  return [...found, HealthController, DocumentsController];
}

/** A configuration that only serves to build modules, never to run them. */
export function sampleConfig(definition: AnyServiceDefinition): HouseConfig {
  const config = new definition.config();
  const values = config as unknown as Record<string, unknown>; // properties by name, whatever the class
  for (const [property, rules] of rulesOf(definition.config)) {
    if (values[property] !== undefined) continue;
    const optional = rules.some(({ type }) => type === 'conditionalValidation');
    // Also where they are optional: a module may need the address of a neighbour that another does without.
    if (rules.some(({ name }) => name === 'isUrl')) values[property] = 'http://localhost:8081';
    else if (!optional) values[property] = 'sample'.padEnd(64, '-');
  }
  return config;
}

function collect(module: unknown, found: Set<Type>, seen: Set<unknown>): void {
  if (seen.has(module) || module === undefined || module === null) return;
  seen.add(module);
  if (typeof module === 'function') {
    fromLists(
      metadataList(module, MODULE_METADATA.IMPORTS),
      metadataList(module, MODULE_METADATA.CONTROLLERS),
      found,
      seen,
    );
    return;
  }
  const { module: owner, imports = [], controllers = [] } = module as DynamicModule;
  collect(owner, found, seen);
  fromLists(imports, controllers, found, seen);
}

function fromLists(
  imports: readonly unknown[],
  controllers: readonly unknown[],
  found: Set<Type>,
  seen: Set<unknown>,
): void {
  for (const controller of controllers) found.add(controller as Type);
  for (const imported of imports) collect(imported, found, seen);
}

function metadataList(module: object, key: string): readonly unknown[] {
  return (Reflect.getMetadata(key, module) as unknown[] | undefined) ?? [];
}

function routeAccess(controller: Type, handler: object): RouteAccess {
  const access = accessOf(controller, handler);
  if (access === undefined) throw new Error(`${controller.name}: a route has no access marker`);
  const roles = access.kind === 'authenticated' ? access.roles : [];
  return { kind: access.kind, restricted: roles.length > 0, roles };
}
