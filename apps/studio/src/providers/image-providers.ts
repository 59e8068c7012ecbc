import type { ImageProvider } from './image-provider.js';

/** The names that requests may use. Those without an adapter here are known, but never configured. */
export const IMAGE_PROVIDER_NAMES = [
  'openai',
  'stability',
  'ideogram',
  'flux',
  'midjourney',
  'local',
] as const;

export type ImageProviderName = (typeof IMAGE_PROVIDER_NAMES)[number];

/** A provider of that name exists, but has no key here. */
export class ProviderNotConfigured extends Error {
  constructor(readonly provider: string) {
    super(`the image provider "${provider}" is not configured`);
    this.name = 'ProviderNotConfigured';
  }
}

/** Nobody knows a provider of that name. */
export class UnknownProvider extends Error {
  constructor(readonly provider: string) {
    super(`there is no image provider "${provider}"`);
    this.name = 'UnknownProvider';
  }
}

/** The provider that does the work and, if another was asked for, that one's name. */
export interface ResolvedImageProvider {
  readonly provider: ImageProvider;
  readonly requestedProvider?: ImageProviderName;
}

/** One provider and whether it can be called, for `GET /providers`. */
export interface ImageProviderListing {
  readonly name: ImageProviderName;
  readonly configured: boolean;
  readonly models: readonly string[];
}

/** Old and vendor names for `openai`: they all mean the configured image model. */
const OPENAI_ALIASES = /^(open-?ai|dall-?e(-?[23])?|gpt-image(-[\w.-]+)?)$/;

function nameOf(requested: string): ImageProviderName {
  const key = requested.trim().toLowerCase();
  if (OPENAI_ALIASES.test(key)) return 'openai';
  const known = IMAGE_PROVIDER_NAMES.find((name) => name === key);
  if (known === undefined) throw new UnknownProvider(requested);
  return known;
}

/** Chooses who makes a picture. The order of `providers` is the order of preference. */
export class ImageProviders {
  constructor(
    private readonly providers: readonly ImageProvider[],
    private readonly local: ImageProvider,
    /** True lets `local` stand in for a known provider without configuration. */
    private readonly localFallback: boolean,
  ) {}

  /**
   * @param requested a provider's or model's name; undefined takes the first configured one, else `local`
   * @throws UnknownProvider when nobody knows the name
   * @throws ProviderNotConfigured when it has no key and `local` may not stand in
   */
  resolve(requested: string | undefined): ResolvedImageProvider {
    if (requested === undefined)
      return { provider: this.providers.find((provider) => provider.configured()) ?? this.local };
    const name = nameOf(requested);
    const provider = this.named(name);
    if (provider?.configured() === true) return { provider };
    if (!this.localFallback) throw new ProviderNotConfigured(name);
    return { provider: this.local, requestedProvider: name };
  }

  /**
   * The provider that a job was priced for: nobody stands in once the work is sold.
   * @throws ProviderNotConfigured when it lost its configuration since
   */
  byName(name: string): ImageProvider {
    const provider = this.named(nameOf(name));
    if (provider?.configured() !== true) throw new ProviderNotConfigured(name);
    return provider;
  }

  /** All known providers. */
  list(): ImageProviderListing[] {
    return IMAGE_PROVIDER_NAMES.map((name) => {
      const provider = this.named(name);
      return { name, configured: provider?.configured() ?? false, models: provider?.models() ?? [] };
    });
  }

  private named(name: ImageProviderName): ImageProvider | undefined {
    return name === 'local' ? this.local : this.providers.find((provider) => provider.name === name);
  }
}
