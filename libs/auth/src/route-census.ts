import type { OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessOf, type Access } from './access.js';

/** A handler of the running service and who may call it. */
export interface CountedRoute {
  readonly controller: string;
  readonly handler: string;
  /** Below the service's base path, without a leading slash. */
  readonly path: string;
  readonly access: Access | undefined;
}

/** Walks every route at start: one without an access marker stops the service. */
export class RouteCensus implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const unmarked = this.routes().filter(({ access }) => access === undefined);
    if (unmarked.length === 0) return;
    const names = unmarked.map(({ controller, handler }) => `${controller}.${handler}`);
    throw new Error(
      `Routes without an access marker (@Public, @Authenticated, @Job, ...): ${names.join(', ')}`,
    );
  }

  routes(): CountedRoute[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) return [];
      return this.routesOf(instance as Record<string, unknown>, metatype as new () => unknown);
    });
  }

  private routesOf(instance: Record<string, unknown>, controller: new () => unknown): CountedRoute[] {
    const names = this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object);
    return names.flatMap((name) => {
      const handler = instance[name] as object;
      if (!Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const parts = [controller, handler].map((owner) => String(Reflect.getMetadata(PATH_METADATA, owner)));
      const path = parts.filter((part) => part !== '/' && part !== '').join('/');
      return [{ controller: controller.name, handler: name, path, access: accessOf(controller, handler) }];
    });
  }
}
