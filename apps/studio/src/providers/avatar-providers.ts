import { HttpErrors } from '@eventzr/http';
import { StudioErrors } from '../studio.errors.js';
import type { AvatarProvider, Presenter } from './avatar-provider.js';
import { ProviderRegistry, type ResolvedProvider } from './provider-registry.js';

export const AVATAR_PROVIDER_NAMES = ['heygen', 'local'] as const;

/** Who appears, and by whom the film is made. */
export interface Casting extends ResolvedProvider<AvatarProvider> {
  readonly presenter: Presenter;
}

/** Chooses who speaks. The order of `providers` is the order of preference. */
export class AvatarProviders extends ProviderRegistry<AvatarProvider> {
  private readonly all: readonly AvatarProvider[];

  constructor(providers: readonly AvatarProvider[], local: AvatarProvider, localFallback: boolean) {
    super({
      kind: 'avatar',
      names: AVATAR_PROVIDER_NAMES,
      providers,
      local,
      localFallback,
      unknown: StudioErrors.UNKNOWN_AVATAR_PROVIDER,
    });
    this.all = [...providers, local];
  }

  /** Everybody who can be asked for now. */
  presenters(): Presenter[] {
    return this.all.filter((each) => each.configured()).flatMap((each) => each.presenters());
  }

  /**
   * A named presenter brings the provider; else it is the provider's first.
   * @throws UNKNOWN_PRESENTER 400, UNKNOWN_AVATAR_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503
   */
  cast({
    provider: wish,
    presenter: id,
  }: {
    readonly provider?: string;
    readonly presenter?: string;
  }): Casting {
    const owner = this.all.find((each) => each.presenters().some((presenter) => presenter.id === id));
    if (id !== undefined && owner === undefined) throw StudioErrors.UNKNOWN_PRESENTER({ presenter: id });
    const chosen = this.choose(wish ?? owner?.name);
    if (owner !== undefined && owner !== chosen.provider)
      throw wish === undefined
        ? HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: owner.name })
        : StudioErrors.UNKNOWN_PRESENTER({ presenter: id ?? null, provider: chosen.provider.name });
    const presenters = chosen.provider.presenters();
    const presenter = id === undefined ? presenters[0] : presenters.find((each) => each.id === id);
    if (presenter === undefined) throw StudioErrors.UNKNOWN_PRESENTER({ provider: chosen.provider.name });
    return { ...chosen, presenter };
  }
}
