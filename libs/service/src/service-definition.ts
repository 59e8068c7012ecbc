import type { DynamicModule, Type } from '@nestjs/common';
import type { HouseConfig, ServiceName } from '@eventzr/config';
import type { Database } from '@eventzr/db';
import type { ErrorCatalogue, ErrorShape } from '@eventzr/http';

/** Everything that the house must know about a service to run it. */
export interface ServiceDefinition<C extends HouseConfig = HouseConfig> {
  readonly name: ServiceName;
  /** Heading of the API document. */
  readonly title: string;
  /** Two or three sentences of Markdown for the API document. */
  readonly description: string;
  readonly config: new () => C;
  readonly db: Type<Database>;
  /** The service's own catalogues; the house's is added. */
  readonly errors: readonly ErrorCatalogue[];
  readonly module: (config: C) => DynamicModule | Type;
  /** The seeded account that the playground of an embedded platform offers first; default `dev@eventzr.com`. */
  readonly playgroundAccount?: string;
  /** Paths whose errors are answered in another protocol's shape. */
  readonly errorShape?: ErrorShape;
  /** Types of the events that this service alone may send. */
  readonly produces: readonly string[];
}

/** What runs a service, whatever its configuration class. */
export interface AnyServiceDefinition extends Omit<ServiceDefinition, 'config' | 'module'> {
  readonly config: new () => HouseConfig;
  module(config: HouseConfig): DynamicModule | Type;
}

/** Declares a service; what it returns is what `runApi`, `runWorker`, the standalone and tests take. */
export function defineService<C extends HouseConfig>(definition: ServiceDefinition<C>): AnyServiceDefinition {
  // The configuration handed to `module` is always one that was loaded by `definition.config`.
  return { ...definition, module: (config) => definition.module(config as C) };
}

/** `/studio/v1` */
export function basePathOf({ name }: { readonly name: ServiceName }): string {
  return `/${name}/v1`;
}

/** Injection token of the definition that this process runs. */
export const SERVICE_DEFINITION = Symbol('service definition');
