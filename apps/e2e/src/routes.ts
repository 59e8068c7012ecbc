import type { ServiceName } from '@eventzr/config';
import type { RunningPlatform } from './platform.js';

/** One public route, as its service's document describes it. */
export interface DocumentedRoute {
  readonly service: ServiceName;
  readonly method: string;
  /** With the base path, parameters in braces: `/studio/v1/assets/{id}`. */
  readonly path: string;
  readonly bearer: boolean;
  readonly jsonBody: boolean;
  readonly query: readonly string[];
}

interface Operation {
  readonly security?: readonly Record<string, unknown>[];
  readonly requestBody?: { readonly content?: Record<string, unknown> };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Every route that the documents of the running platform list. */
export function documentedRoutes({ platform }: RunningPlatform): DocumentedRoute[] {
  return [...platform.services].flatMap(([service, running]) => {
    const { paths = {} } = running.openapi() as { paths?: Record<string, Record<string, Operation>> };
    return Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([method]) => METHODS.has(method))
        .map(([method, operation]) => routeOf(service, method.toUpperCase(), path, operation)),
    );
  });
}

function routeOf(service: ServiceName, method: string, path: string, operation: Operation): DocumentedRoute {
  return {
    service,
    method,
    path,
    bearer: operation.security?.some((scheme) => 'bearer' in scheme) ?? false,
    jsonBody: operation.requestBody?.content?.['application/json'] !== undefined,
    query: (operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name),
  };
}

/** The path with every parameter replaced by what `value` says. */
export function filled(path: string, value: (parameter: string) => string): string {
  return path.replace(/\{([^}]+)\}/g, (_, parameter: string) => value(parameter));
}
