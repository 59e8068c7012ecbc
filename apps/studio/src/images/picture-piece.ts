import type { GeneratedImage, ImageFormat } from '../providers/image-provider.js';
import type { RenderedPiece } from '../render-jobs/renderer.js';
import { thumbnailOf } from '../render-jobs/thumbnail.js';

/** A finished picture as the one file of its piece. @param origin what else is to be known about where it comes from */
export async function picturePiece(
  image: GeneratedImage,
  format: ImageFormat,
  origin: Readonly<Record<string, unknown>>,
): Promise<RenderedPiece> {
  const { bytes, mimeType, width, height, provider, model, seed, limits } = image;
  const extension = format === 'jpeg' ? 'jpg' : format;
  const provenance = { generator: model, limits, ...origin };
  const small = await thumbnailOf(bytes);
  return {
    files: [{ bytes, mimeType, extension, width, height, provider, model, seed, provenance, ...small }],
  };
}
