import sharp from 'sharp';
import type { MadeVideo } from '../providers/video-provider.js';
import type { RenderedPiece } from '../render-jobs/renderer.js';

const THUMBNAIL_WIDTH = 480;

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
        ...(poster === undefined ? {} : { thumbnail: await thumbnailOf(poster) }),
        provenance: { generator: model, limits },
      },
    ],
  };
}

async function thumbnailOf(poster: Buffer): Promise<Buffer> {
  return sharp(poster)
    .resize({ width: THUMBNAIL_WIDTH, withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
}
