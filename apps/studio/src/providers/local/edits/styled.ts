import { finish } from '../images/styles/finish.js';
import { type Style, styleNamed } from '../images/styles/styles.js';
import { withColoursOf } from './colour-transfer.js';
import { PAINTINGS } from './painted.js';
import { blended, flatRaster, ofRaster, opened, type Raster } from './raster.js';

/** Brush work and paper are drawn pixel by pixel: larger pictures are brought down first. */
export const STYLED_LONGEST = 1_536;

/** From this strength on, the usual one, nothing of the picture shines through: paper and paint would look like glass, noir would have colours. */
const WHOLLY_STYLED = 0.7;

/** A picture in a named style, or in the colours of another picture. `strength` is 0-1. */
export async function styled(
  picture: Raster,
  wish: {
    readonly style: string | undefined;
    readonly reference: Uint8Array | undefined;
    readonly seed: number;
  },
  strength: number,
): Promise<Raster> {
  if (wish.reference !== undefined) {
    const reference = await flatRaster(opened(wish.reference), 256);
    return blended(picture, withColoursOf(picture, reference), strength);
  }
  const style = styleNamed(wish.style ?? '') ?? 'artistic';
  return blended(picture, await inStyle(picture, style, wish.seed), Math.min(1, strength / WHOLLY_STYLED));
}

async function inStyle(picture: Raster, style: Style, seed: number): Promise<Raster> {
  const painting = PAINTINGS[style];
  if (painting !== undefined) return painting(picture, seed);
  const { width, height } = picture;
  const data = await ofRaster(picture).ensureAlpha().raw().toBuffer();
  const finished = await flatRaster(await finish(style, { data, width, height }, seed), STYLED_LONGEST);
  if (finished.width === width && finished.height === height) return finished;
  // Large pixels do not come out even.
  const even = ofRaster(finished).resize(width, height, { fit: 'fill', kernel: 'nearest' });
  return { ...picture, data: await even.raw().toBuffer() };
}
