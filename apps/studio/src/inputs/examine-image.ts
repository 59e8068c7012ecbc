import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';

/** Decoders that nothing here needs, and that have been the weak ones. */
sharp.block({
  operation: ['VipsForeignLoadTiff', 'VipsForeignLoadVips', 'VipsForeignLoadPdf', 'VipsForeignLoadMagick'],
});

/** A picture that nobody has looked into; `maxBytes` is of the copy. */
export interface UnknownImage {
  readonly bytes: Uint8Array;
  readonly maxBytes?: number;
}

/** A copy that is safe to work on. Sizes are pixels. */
export interface ExaminedImage {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
}

/** Why there is none: the name of an error in studio's catalogue, which does not pass between threads, and its details. */
export interface ImageRefusal {
  readonly refused: 'INVALID_MEDIA_INPUT' | 'MEDIA_TOO_LARGE' | 'UNSUPPORTED_MEDIA';
  readonly details: Readonly<Record<string, unknown>>;
}

export const MOST_PIXELS = 50_000_000;
/** Of the copy: what was compressed with loss grows eightfold as PNG, and a film takes ten pictures at once. */
const MOST_KEPT_BYTES = 48 * 1024 * 1024;
const DECODE_SECONDS = 20;
const JPEG_QUALITY = 95;

/** The accepted types, and what sharp calls their decoder. */
const FORMATS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/apng': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
};
const LOSSLESS = new Set(['png', 'gif']);

class Refused extends Error {
  constructor(
    readonly refused: ImageRefusal['refused'],
    readonly details: ImageRefusal['details'],
    options: { readonly cause?: unknown } = {},
  ) {
    super(refused, options);
  }
}

/**
 * An upright sRGB copy without metadata: PNG where the original is lossless or transparent, else JPEG. Of moving
 * pictures the first frame. What cannot be decoded whole, is too large or of another type is refused.
 */
export async function examineImage(image: UnknownImage): Promise<ExaminedImage | ImageRefusal> {
  try {
    return await copyOf(image);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: error.refused, details: error.details };
  }
}

async function copyOf({ bytes: original, maxBytes = MOST_KEPT_BYTES }: UnknownImage): Promise<ExaminedImage> {
  const format = await formatOf(original);
  const hasAlpha = await measured(original, format);
  const upright = sharp(original, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .toColourspace('srgb');
  const png = hasAlpha || LOSSLESS.has(format);
  const encoded = png
    ? upright.png({ compressionLevel: 4 })
    : upright.jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' });
  const { data: bytes, info } = await encoded.toBuffer({ resolveWithObject: true }).catch(damaged);
  const { width, height } = info;
  if (bytes.length > maxBytes) throw new Refused('MEDIA_TOO_LARGE', { width, height, maxBytes });
  return { bytes, mimeType: png ? 'image/png' : 'image/jpeg', width, height };
}

async function formatOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new Refused('INVALID_MEDIA_INPUT', { reason: 'the file is empty' });
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  const format = FORMATS[found ?? ''];
  if (format === undefined)
    throw new Refused('UNSUPPORTED_MEDIA', { found: found ?? null, accepts: Object.keys(FORMATS) });
  return format;
}

/** Reads the header alone, so that a small file that stands for gigabytes is refused before it is decoded. */
async function measured(bytes: Uint8Array, format: string): Promise<boolean> {
  const {
    width,
    height,
    hasAlpha,
    format: read,
  } = await sharp(bytes, { limitInputPixels: false }).metadata().catch(damaged);
  // A file that two readers take for different types is nobody's picture.
  if (read !== format) throw new Refused('UNSUPPORTED_MEDIA', { found: read });
  if (width * height > MOST_PIXELS)
    throw new Refused('MEDIA_TOO_LARGE', { width, height, maxPixels: MOST_PIXELS });
  return hasAlpha;
}

function damaged(cause: unknown): never {
  throw new Refused('INVALID_MEDIA_INPUT', { reason: 'the picture is damaged' }, { cause });
}
