import type { ResolvedProvider } from './provider-registry.js';
import { ProviderRegistry } from './provider-registry.js';
import type { TextProvider } from './text-provider.js';

export { ProviderNotConfigured, UnknownModel, UnknownProvider } from './provider-registry.js';

export type ResolvedTextProvider = ResolvedProvider<TextProvider>;

/** Which provider and model write the answer to a request. */
export class TextProviders extends ProviderRegistry<TextProvider> {}
