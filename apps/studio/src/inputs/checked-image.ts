import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { StudioErrors } from '../studio.errors.js';
import type { CheckedMedia } from './checked-media.js';

/** Decoders that nothing here needs, and that have been the weak ones. */
sharp.block({
  operation: ['VipsForeignLoadTiff', 'VipsForeignLoadVips', 'VipsForeignLoadPdf', 'VipsForeignLoadMagick'],
});

const MOST_PIXELS = 50_000_000;
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

/**
 * An upright sRGB copy without metadata: PNG where the original is lossless or transparent, else JPEG. Of moving
 * pictures the first frame.
 * @throws INVALID_MEDIA_INPUT 400 for what cannot be decoded whole, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415
 */
export async function checkedImage(original: Buffer, maxBytes = MOST_KEPT_BYTES): Promise<CheckedMedia> {
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
  const { data: bytes, info } = await encoded
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the picture is damaged' }, { cause });
    });
  const { width, height } = info;
  if (bytes.length > maxBytes) throw StudioErrors.MEDIA_TOO_LARGE({ width, height, maxBytes });
  return { bytes, mimeType: png ? 'image/png' : 'image/jpeg', width, height };
}

async function formatOf(bytes: Buffer): Promise<string> {
  if (bytes.length === 0) throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the file is empty' });
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  const format = FORMATS[found ?? ''];
  if (format === undefined)
    throw StudioErrors.UNSUPPORTED_MEDIA({ found: found ?? null, accepts: Object.keys(FORMATS) });
  return format;
}

/** Reads the header alone, so that a small file that stands for gigabytes is refused before it is decoded. */
async function measured(bytes: Buffer, format: string): Promise<boolean> {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'the picture is damaged' }, { cause });
    });
  // A file that two readers take for different types is nobody's picture.
  if (header.format !== format) throw StudioErrors.UNSUPPORTED_MEDIA({ found: header.format });
  if (header.width * header.height > MOST_PIXELS)
    throw StudioErrors.MEDIA_TOO_LARGE({
      width: header.width,
      height: header.height,
      maxPixels: MOST_PIXELS,
    });
  return header.hasAlpha;
}
