import { StudioErrors } from '../studio.errors.js';
import type { ImageEditKind, ImageEditProvider } from './image-edit-provider.js';
import { canonicalImageProvider, IMAGE_PROVIDER_NAMES } from './image-providers.js';
import { type ProviderListing, ProviderRegistry, type ResolvedProvider } from './provider-registry.js';

/** The makers of one kind of edit. */
class EditProviders extends ProviderRegistry<ImageEditProvider> {}

/** Chooses who changes a picture: not every vendor does every edit, so there is a registry for each kind. */
export class ImageEditProviders {
  private readonly byKind: ReadonlyMap<ImageEditKind, EditProviders>;

  /** The order of `providers` is the order of preference. */
  constructor(providers: readonly ImageEditProvider[], local: ImageEditProvider, localFallback: boolean) {
    this.byKind = new Map(
      local.edits().map((kind) => {
        const able = providers.filter((provider) => provider.edits().includes(kind));
        return [kind, registryOf(kind, able, local, localFallback)];
      }),
    );
  }

  /** @throws UNKNOWN_IMAGE_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503 */
  choose(kind: ImageEditKind, requested: string | undefined): ResolvedProvider<ImageEditProvider> {
    return this.of(kind).choose(requested);
  }

  /** @throws ProviderFault `auth` when it lost its configuration since */
  sold(kind: ImageEditKind, name: string): ImageEditProvider {
    return this.of(kind).sold(name);
  }

  list(): ProviderListing[] {
    return [...this.byKind.values()].flatMap((registry) => registry.list());
  }

  async health(): Promise<Awaited<ReturnType<EditProviders['health']>>> {
    return (await Promise.all([...this.byKind.values()].map((registry) => registry.health()))).flat();
  }

  private of(kind: ImageEditKind): EditProviders {
    const registry = this.byKind.get(kind);
    if (registry === undefined) throw new Error(`Nobody makes edits of the kind ${kind}`);
    return registry;
  }
}

function registryOf(
  kind: ImageEditKind,
  providers: readonly ImageEditProvider[],
  local: ImageEditProvider,
  localFallback: boolean,
): EditProviders {
  return new EditProviders({
    kind,
    names: IMAGE_PROVIDER_NAMES,
    canonical: canonicalImageProvider,
    providers,
    local,
    localFallback,
    unknown: StudioErrors.UNKNOWN_IMAGE_PROVIDER,
  });
}
