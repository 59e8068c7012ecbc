import sharp from 'sharp';

const WIDTH = 480;
const MOST_PIXELS = 64_000_000;

/** A small picture of a picture, as WebP; undefined where none can be had: what was made is not lost for it. */
export async function thumbnailOf(picture: Buffer): Promise<{ readonly thumbnail?: Buffer }> {
  try {
    const small = sharp(picture, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({ width: WIDTH, height: WIDTH, fit: 'inside', withoutEnlargement: true });
    return { thumbnail: await small.webp({ quality: 80 }).toBuffer() };
  } catch {
    return {};
  }
}
