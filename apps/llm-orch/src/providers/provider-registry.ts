import type { ModelProvider } from './model-provider.js';

const LOCAL = 'local';

/** Names that are legal in a request whether or not they are configured here. */
export const KNOWN_PROVIDERS = ['openai', 'anthropic', 'google', 'aws-bedrock', LOCAL] as const;

/** The request named a provider that this platform does not know: 400. */
export class UnknownProvider extends Error {
  readonly provider: string;
  readonly known: readonly string[];
  constructor(provider: string, known: readonly string[]) {
    super(`unknown provider "${provider}"; known: ${known.join(', ')}`);
    this.name = 'UnknownProvider';
    this.provider = provider;
    this.known = known;
  }
}

/** The provider has no key here and the local fallback is off: 503. */
export class ProviderNotConfigured extends Error {
  readonly provider: string;
  constructor(provider: string) {
    super(`provider "${provider}" is not configured`);
    this.name = 'ProviderNotConfigured';
    this.provider = provider;
  }
}

/** No provider that could answer has the model: 400. */
export class UnknownModel extends Error {
  readonly model: string;
  readonly known: readonly string[];
  constructor(model: string, known: readonly string[]) {
    super(`unknown model "${model}"; known: ${known.join(', ')}`);
    this.name = 'UnknownModel';
    this.model = model;
    this.known = known;
  }
}

export interface ResolvedProvider<Provider extends ModelProvider> {
  readonly provider: Provider;
  readonly model: string;
  /** The name asked for, only when another provider answers in its place. */
  readonly requestedProvider?: string;
}

export interface ProviderRegistryOptions<Provider extends ModelProvider> {
  /** In order of preference; must contain the provider named `local`. */
  readonly providers: readonly Provider[];
  /** Whether `local` answers for a known provider that has no key. */
  readonly localFallback: boolean;
  /** Which provider a model belongs to when that provider is not configured here, e.g. from the price table. */
  readonly ownerOf?: (model: string) => string | undefined;
}

/** Registry: which provider and model answer a request. Holds no state beyond its options. */
export class ProviderRegistry<Provider extends ModelProvider> {
  readonly #options: ProviderRegistryOptions<Provider>;
  readonly #local: Provider;

  constructor(options: ProviderRegistryOptions<Provider>) {
    const local = options.providers.find((provider) => provider.name === LOCAL);
    if (!local) throw new Error('the local provider is missing');
    this.#options = options;
    this.#local = local;
  }

  /** All providers that were built, configured or not, in order of preference. */
  all(): readonly Provider[] {
    return this.#options.providers;
  }

  /** Every legal provider name: the known ones and the configured OpenAI-compatible ones. */
  names(): readonly string[] {
    return [...new Set([...KNOWN_PROVIDERS, ...this.#options.providers.map((provider) => provider.name)])];
  }

  /** The default model of every configured vendor, in order of preference; of `local` when there is none. */
  defaults(): readonly { readonly provider: string; readonly model?: string }[] {
    const vendors = this.#configured().filter(({ name }) => name !== LOCAL);
    const able = vendors.length > 0 ? vendors : [this.#local];
    return able.map((provider) => ({ provider: provider.name, model: provider.models()[0]?.id }));
  }

  /** Throws {@link UnknownProvider}, {@link ProviderNotConfigured} or {@link UnknownModel}. */
  resolve(request: { provider?: string; model?: string }): ResolvedProvider<Provider> {
    if (request.provider !== undefined) return this.#byProvider(request.provider, request.model);
    if (request.model !== undefined) return this.#byModel(request.model);
    return this.#withModel(this.#default());
  }

  #default(): Provider {
    return this.#configured().find((provider) => provider.name !== LOCAL) ?? this.#local;
  }

  #configured(): readonly Provider[] {
    return this.#options.providers.filter((provider) => provider.configured());
  }

  #byProvider(name: string, model: string | undefined): ResolvedProvider<Provider> {
    const provider = this.#configured().find((candidate) => candidate.name === name);
    if (provider) return this.#withModel(provider, model);
    if (!this.names().includes(name)) throw new UnknownProvider(name, this.names());
    // The model is not looked at: without the vendor's configuration there is no list to check it against.
    return this.#standIn(name);
  }

  #byModel(model: string): ResolvedProvider<Provider> {
    const provider = this.#configured().find((candidate) => hasModel(candidate, model));
    if (provider) return this.#withModel(provider, model);
    const owner = this.#options.ownerOf?.(model);
    // A configured owner that does not offer the model has been asked already.
    if (owner !== undefined && !this.#configured().some(({ name }) => name === owner))
      return this.#standIn(owner);
    throw new UnknownModel(
      model,
      this.#configured().flatMap((candidate) => candidate.models().map(({ id }) => id)),
    );
  }

  #standIn(requestedProvider: string): ResolvedProvider<Provider> {
    if (!this.#options.localFallback || !this.#local.configured())
      throw new ProviderNotConfigured(requestedProvider);
    return { ...this.#withModel(this.#local), requestedProvider };
  }

  #withModel(
    provider: Provider,
    model: string | undefined = provider.models()[0]?.id,
  ): ResolvedProvider<Provider> {
    if (model === undefined) throw new ProviderNotConfigured(provider.name);
    if (!hasModel(provider, model)) {
      throw new UnknownModel(
        model,
        provider.models().map(({ id }) => id),
      );
    }
    return { provider, model };
  }
}

function hasModel(provider: ModelProvider, model: string): boolean {
  return provider.models().some(({ id }) => id === model);
}
