import type { ErrorFactory } from '@eventzr/http';
import { HttpErrors } from '@eventzr/http';
import type { ProviderHealth } from './media-provider.js';
import { ProviderFault } from './provider-fault.js';

/** A provider of that name exists, but has no key here. */
export class ProviderNotConfigured extends Error {
  constructor(
    readonly kind: string,
    readonly provider: string,
  ) {
    super(`the ${kind} provider "${provider}" is not configured`);
    this.name = 'ProviderNotConfigured';
  }
}

/** Nobody knows a provider of that name. */
export class UnknownProvider extends Error {
  constructor(
    readonly kind: string,
    readonly provider: string,
  ) {
    super(`there is no ${kind} provider "${provider}"`);
    this.name = 'UnknownProvider';
  }
}

/** The provider that does the work and, if another was asked for, that one's name. */
export interface ResolvedProvider<P> {
  readonly provider: P;
  readonly requestedProvider?: string;
}

/** One provider and whether it can be called, for `GET /providers`. */
export interface ProviderListing {
  readonly kind: string;
  readonly name: string;
  readonly configured: boolean;
  readonly models: readonly string[];
}

/** What a registry needs of a provider. */
interface Named {
  readonly name: string;
  configured(): boolean;
  models(): readonly string[];
  health(): Promise<ProviderHealth>;
}

/** One kind of provider: its names, who stands behind them, and who stands in. */
export interface RegistryOptions<P extends Named> {
  /** For messages and listings, e.g. `image`. */
  readonly kind: string;
  /** The names that requests may use, `local` among them. Those without an adapter are known, but never configured. */
  readonly names: readonly string[];
  /** Turns a trimmed, lower-case wish into one of `names`, for old and vendor names; others stay as they are. */
  readonly canonical?: (wish: string) => string;
  /** In order of preference. */
  readonly providers: readonly P[];
  readonly local: P;
  /** True lets `local` stand in for a known provider without configuration. */
  readonly localFallback: boolean;
  /** What a caller is told who asks for a provider that nobody knows. */
  readonly unknown: ErrorFactory;
}

/** Chooses who makes one kind of media. */
export class ProviderRegistry<P extends Named> {
  constructor(private readonly options: RegistryOptions<P>) {}

  /**
   * @param requested a provider's or model's name; undefined takes the first configured one, else `local`
   * @throws UnknownProvider when nobody knows the name
   * @throws ProviderNotConfigured when it has no key and `local` may not stand in
   */
  resolve(requested: string | undefined): ResolvedProvider<P> {
    const { kind, providers, local, localFallback } = this.options;
    if (requested === undefined)
      return { provider: providers.find((provider) => provider.configured()) ?? local };
    const name = this.nameOf(requested);
    const provider = this.named(name);
    if (provider?.configured() === true) return { provider };
    if (!localFallback || name === 'local') throw new ProviderNotConfigured(kind, name);
    return { provider: local, requestedProvider: name };
  }

  /**
   * As `resolve`, in the words of the API: `requestedProvider` is what the caller wrote.
   * @throws the kind's UNKNOWN_…_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503
   */
  choose(requested: string | undefined): ResolvedProvider<P> {
    try {
      const { provider, requestedProvider } = this.resolve(requested);
      return requestedProvider === undefined || requested === undefined
        ? { provider }
        : { provider, requestedProvider: requested };
    } catch (error) {
      const details = { provider: requested ?? null };
      if (error instanceof UnknownProvider) throw this.options.unknown(details);
      if (error instanceof ProviderNotConfigured) throw HttpErrors.PROVIDER_NOT_CONFIGURED(details);
      throw error;
    }
  }

  /**
   * The provider that a job was priced for: nobody stands in once the work is sold.
   * @throws ProviderFault `auth` when it lost its configuration since: it was asked nothing
   */
  sold(name: string): P {
    const provider = this.named(this.nameOf(name));
    if (provider?.configured() === true) return provider;
    const cause = new ProviderNotConfigured(this.options.kind, name);
    throw new ProviderFault({ provider: name, kind: 'auth', message: cause.message, cause });
  }

  /** All known providers. */
  list(): ProviderListing[] {
    return this.options.names.map((name) => {
      const provider = this.named(name);
      const { kind } = this.options;
      return { kind, name, configured: provider?.configured() ?? false, models: provider?.models() ?? [] };
    });
  }

  /** How each known provider is; one without an adapter is missing. */
  async health(): Promise<(ProviderHealth & { readonly kind: string; readonly name: string })[]> {
    const { kind, names } = this.options;
    const missing: ProviderHealth = { status: 'missing', detail: 'there is no adapter for this provider' };
    return Promise.all(
      names.map(async (name) => ({ kind, name, ...((await this.named(name)?.health()) ?? missing) })),
    );
  }

  private nameOf(requested: string): string {
    const { kind, names, canonical } = this.options;
    const wish = requested.trim().toLowerCase();
    const name = canonical?.(wish) ?? wish;
    if (!names.includes(name)) throw new UnknownProvider(kind, requested);
    return name;
  }

  private named(name: string): P | undefined {
    const { local, providers } = this.options;
    return name === 'local' ? local : providers.find((provider) => provider.name === name);
  }
}
