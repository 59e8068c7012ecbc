import type { MadeVideo } from '../providers/video-provider.js';
import type { RenderedPiece } from '../render-jobs/renderer.js';
import { thumbnailOf } from '../render-jobs/thumbnail.js';

/** A finished film as the one file of its piece, its poster as the thumbnail. */
export async function filmPiece(
  film: MadeVideo,
  { label = false }: { readonly label?: boolean },
): Promise<RenderedPiece> {
  const { bytes, mimeType, width, height, durationMs, provider, model, seed, limits, poster } = film;
  return {
    label,
    files: [
      {
        ...{ bytes, mimeType, extension: 'mp4', width, height, durationMs, provider, model, seed },
        ...(poster === undefined ? {} : await thumbnailOf(poster)),
        provenance: { generator: model, limits },
      },
    ],
  };
}
