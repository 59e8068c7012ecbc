import type { GeneratedImage, ImageFormat } from '../providers/image-provider.js';
import type { RenderedFile, RenderedPiece } from '../render-jobs/renderer.js';
import { thumbnailOf } from '../render-jobs/thumbnail.js';

/** What a caller wished about the file itself. */
interface PictureWish {
  readonly format: ImageFormat;
  readonly label?: boolean;
}

/** A finished picture as the one file of its piece. @param origin what else is to be known about where it comes from */
export async function picturePiece(
  image: GeneratedImage,
  { format, label = false }: PictureWish,
  origin: Readonly<Record<string, unknown>>,
  judged: Pick<RenderedFile, 'judgedBy'> = {},
): Promise<RenderedPiece> {
  const { bytes, mimeType, width, height, provider, model, seed, limits } = image;
  const extension = format === 'jpeg' ? 'jpg' : format;
  const provenance = { generator: model, limits, ...origin };
  const small = await thumbnailOf(bytes);
  const file = {
    bytes,
    mimeType,
    extension,
    width,
    height,
    provider,
    model,
    seed,
    provenance,
    ...small,
    ...judged,
  };
  return { files: [file], label };
}
