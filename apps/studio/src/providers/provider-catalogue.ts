import type { ProviderHealth } from './media-provider.js';
import type { ProviderListing } from './provider-registry.js';

/** A registry of one kind of provider, as far as listings need it. */
export interface ListedRegistry {
  list(): ProviderListing[];
  health(): Promise<(ProviderHealth & { readonly kind: string; readonly name: string })[]>;
}

/** All registries of providers, one per kind: each kind is one line in `providers.module.ts`. */
export class ProviderCatalogue {
  constructor(private readonly registries: readonly ListedRegistry[]) {}

  list(): ProviderListing[] {
    return this.registries.flatMap((registry) => registry.list());
  }

  /** Local tools are tried out, keys are not. */
  async health(): Promise<Awaited<ReturnType<ListedRegistry['health']>>> {
    return (await Promise.all(this.registries.map((registry) => registry.health()))).flat();
  }
}
