import { StudioErrors } from '../studio.errors.js';
import type { ImageProvider } from './image-provider.js';
import { ProviderRegistry } from './provider-registry.js';

/** The names that requests may use. `midjourney` is known, but never configured. */
export const IMAGE_PROVIDER_NAMES = [
  'openai',
  'stability',
  'ideogram',
  'flux',
  'midjourney',
  'local',
] as const;

/** Old and vendor names for `openai`: they all mean the configured image model. */
const OPENAI_ALIASES = /^(open-?ai|dall-?e(-?[23])?|gpt-image(-[\w.-]+)?)$/;

/** One of the names above for a trimmed, lower-case wish; others stay as they are. */
export function canonicalImageProvider(wish: string): string {
  return OPENAI_ALIASES.test(wish) ? 'openai' : wish;
}

/** Chooses who makes a picture. The order of `providers` is the order of preference. */
export class ImageProviders extends ProviderRegistry<ImageProvider> {
  constructor(providers: readonly ImageProvider[], local: ImageProvider, localFallback: boolean) {
    super({
      kind: 'image',
      names: IMAGE_PROVIDER_NAMES,
      canonical: canonicalImageProvider,
      providers,
      local,
      localFallback,
      unknown: StudioErrors.UNKNOWN_IMAGE_PROVIDER,
    });
  }
}
