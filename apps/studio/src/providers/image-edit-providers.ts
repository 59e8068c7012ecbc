import { StudioErrors } from '../studio.errors.js';
import type { ImageEdit, ImageEditKind, ImageEditProvider } from './image-edit-provider.js';
import { canonicalImageProvider, IMAGE_PROVIDER_NAMES } from './image-providers.js';
import { type ProviderListing, ProviderRegistry, type ResolvedProvider } from './provider-registry.js';

/** The makers of one kind of edit. */
class EditProviders extends ProviderRegistry<ImageEditProvider> {}

/** Chooses who changes a picture: not every vendor does every edit, so there is a registry for each kind. */
export class ImageEditProviders {
  private readonly byKind: ReadonlyMap<ImageEditKind, EditProviders>;

  /** The order of `providers` is the order of preference. */
  constructor(
    private readonly providers: readonly ImageEditProvider[],
    private readonly local: ImageEditProvider,
    private readonly localFallback: boolean,
  ) {
    this.byKind = new Map(
      local.edits().map((kind) => {
        const able = providers.filter((provider) => provider.edits().includes(kind));
        return [kind, registryOf(kind, able, local, localFallback)];
      }),
    );
  }

  /**
   * Who makes just this edit. Of a vendor's kinds of edit some transformations may be missing (`does`): those are made by
   * `local`, and the vendor that was asked for is named as the requested one.
   * @throws UNKNOWN_IMAGE_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503, INVALID_TRANSFORMATION 400 when the vendor does
   * not do it and `local` may not stand in
   */
  choose(edit: ImageEdit, requested: string | undefined): ResolvedProvider<ImageEditProvider> {
    if (requested === undefined) {
      const able = this.providers.find((provider) => provider.configured() && provider.does(edit));
      return { provider: able ?? this.local };
    }
    const chosen = this.of(edit.kind).choose(requested);
    if (chosen.provider.does(edit)) return chosen;
    if (!this.localFallback)
      throw StudioErrors.INVALID_TRANSFORMATION({ provider: requested, doesNot: doing(edit) });
    return { provider: this.local, requestedProvider: requested };
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

function doing(edit: ImageEdit): string {
  return edit.kind === 'transform' ? edit.transformation : edit.kind;
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
