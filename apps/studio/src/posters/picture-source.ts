import { isUuid } from '@eventzr/config';
import type { MediaSource } from '../inputs/media-source.js';

/** A picture named by one word: an asset's id, a data URI, or an address. */
export function sourceOf(picture: string): MediaSource {
  const isAsset: boolean = isUuid(picture);
  if (isAsset) return { assetId: picture };
  return picture.startsWith('data:') ? { dataUri: picture } : { url: picture };
}
