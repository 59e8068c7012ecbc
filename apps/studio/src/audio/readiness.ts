import { HttpErrors } from '@eventzr/http';
import type { MediaProvider, MediaRequest } from '../providers/media-provider.js';

/**
 * Asked before anything is held, so that nobody waits for a tool that is not installed.
 * @throws PROVIDER_NOT_CONFIGURED 503 with the line that installs it
 */
export async function assertReady(provider: MediaProvider<MediaRequest, unknown>): Promise<void> {
  const { status, detail } = await provider.health();
  if (status === 'missing')
    throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: provider.name, detail: detail ?? null });
}
