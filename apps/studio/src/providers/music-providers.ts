import { StudioErrors } from '../studio.errors.js';
import type { MusicProvider } from './music-provider.js';
import { ProviderRegistry } from './provider-registry.js';

/** The names that requests may use. */
export const MUSIC_PROVIDER_NAMES = ['suno', 'elevenlabs', 'local'] as const;

/** Chooses who makes a track. The order of `providers` is the order of preference. */
export class MusicProviders extends ProviderRegistry<MusicProvider> {
  constructor(providers: readonly MusicProvider[], local: MusicProvider, localFallback: boolean) {
    super({
      kind: 'music',
      names: MUSIC_PROVIDER_NAMES,
      canonical: (wish) =>
        wish.startsWith('suno') ? 'suno' : wish.replace(/^eleven-?labs.*$/, 'elevenlabs'),
      providers,
      local,
      localFallback,
      unknown: StudioErrors.UNKNOWN_MUSIC_PROVIDER,
    });
  }
}
