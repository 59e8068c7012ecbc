import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { routeOptionsOf, type RouteOptions } from '../route.js';
import { UuidPipe } from '../uuid-param.js';

// Nest's `RouteParamtypes`, which it does not export.
const BODY = 3;
const QUERY = 4;
const PARAM = 5;

export interface RouteInput {
  readonly in: 'body' | 'query' | 'path';
  /** The single value's name; absent for a whole object. */
  readonly name: string | undefined;
  readonly type: unknown;
  readonly uuid: boolean;
}

/** One handler under one path, as its decorators describe it. */
export interface RouteEntry {
  readonly controller: Type;
  readonly handlerName: string;
  readonly handler: object;
  /** `get`, `post`... */
  readonly method: string;
  /** Below the service's base path, in Nest's spelling: `/assets/:id`. */
  readonly path: string;
  readonly options: RouteOptions | undefined;
  readonly inputs: readonly RouteInput[];
}

/** All routes of some controllers, in declared order. */
export function routesOf(controllers: readonly Type[]): RouteEntry[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return methodNames(prototype).flatMap((handlerName) => {
      const handler = prototype[handlerName] as object;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const shared = {
        controller,
        handlerName,
        handler,
        method: RequestMethod[method].toLowerCase(),
        options: routeOptionsOf(handler),
        inputs: inputsOf(controller, handlerName),
      };
      return pathsOf(controller, handler).map((path) => ({ ...shared, path }));
    });
  });
}

function methodNames(prototype: object): string[] {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  const inherited = parent === null || parent === Object.prototype ? [] : methodNames(parent);
  const own = Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
    .map(([name]) => name);
  return [...new Set([...inherited, ...own])];
}

function pathsOf(controller: object, handler: object): string[] {
  const prefixes = pathList(Reflect.getMetadata(PATH_METADATA, controller));
  const paths = pathList(Reflect.getMetadata(PATH_METADATA, handler));
  return prefixes.flatMap((prefix) => paths.map((path) => joined(prefix, path)));
}

function pathList(metadata: unknown): string[] {
  return Array.isArray(metadata) ? (metadata as string[]) : [typeof metadata === 'string' ? metadata : ''];
}

function joined(...parts: string[]): string {
  const segments = parts.flatMap((part) => part.split('/')).filter((segment) => segment !== '');
  return `/${segments.join('/')}`;
}

interface RouteArgument {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly unknown[];
}

function inputsOf(controller: Type, handlerName: string): RouteInput[] {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handlerName) ??
    []) as unknown[];
  const found = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handlerName) ?? {}) as Record<
    string,
    RouteArgument
  >;
  return Object.entries(found)
    .sort(([, a], [, b]) => a.index - b.index)
    .flatMap(([key, { index, data, pipes }]) => {
      const place = placeOf(key);
      if (place === undefined) return [];
      const uuid = pipes?.includes(UuidPipe) ?? false;
      return [{ in: place, name: typeof data === 'string' ? data : undefined, type: types[index], uuid }];
    });
}

function placeOf(key: string): RouteInput['in'] | undefined {
  if (key.includes('__custom')) return undefined;
  const kind = Number(key.split(':')[0]);
  return kind === BODY ? 'body' : kind === QUERY ? 'query' : kind === PARAM ? 'path' : undefined;
}
