import { StudioErrors } from '../studio.errors.js';
import { ProviderRegistry } from './provider-registry.js';
import type { VideoProvider } from './video-provider.js';

/** The names that requests may use. `pika` is known, but never configured. */
export const VIDEO_PROVIDER_NAMES = ['runway', 'luma', 'pika', 'heygen', 'local'] as const;

/** Chooses who makes a film. The order of `providers` is the order of preference. */
export class VideoProviders extends ProviderRegistry<VideoProvider> {
  constructor(providers: readonly VideoProvider[], local: VideoProvider, localFallback: boolean) {
    super({
      kind: 'video',
      names: VIDEO_PROVIDER_NAMES,
      providers,
      local,
      localFallback,
      unknown: StudioErrors.UNKNOWN_VIDEO_PROVIDER,
    });
  }
}
