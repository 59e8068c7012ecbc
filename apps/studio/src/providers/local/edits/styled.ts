import { finish } from '../images/styles/finish.js';
import { type Style, styleNamed } from '../images/styles/styles.js';
import { createRandom } from '../images/random.js';
import { withColoursOf } from './colour-transfer.js';
import { blended, flatRaster, luminance, mapped, ofRaster, opened, type Raster } from './raster.js';

/** Brush work and paper are drawn pixel by pixel: larger pictures are brought down first. */
export const STYLED_LONGEST = 1_536;

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
  return blended(
    picture,
    await inStyle(picture, styleNamed(wish.style ?? '') ?? 'artistic', wish.seed),
    strength,
  );
}

async function inStyle(picture: Raster, style: Style, seed: number): Promise<Raster> {
  if (style === 'watercolour') return watercolour(picture, seed);
  const { width, height } = picture;
  const data = await ofRaster(picture).ensureAlpha().raw().toBuffer();
  return flatRaster(await finish(style, { data, width, height }, seed), STYLED_LONGEST);
}

/** Flat washes that run into each other, darker where they dry at the edges, on rough paper. */
async function watercolour(picture: Raster, seed: number): Promise<Raster> {
  const unit = Math.min(picture.width, picture.height);
  const washes = await flatRaster(
    ofRaster(picture)
      .median(2 * Math.max(1, Math.round(unit / 260)) + 1)
      .modulate({ saturation: 1.25, brightness: 1.06 }),
    STYLED_LONGEST,
  );
  const wet = await flatRaster(ofRaster(washes).blur(Math.max(0.8, unit / 320)), STYLED_LONGEST);
  const random = createRandom(seed);
  const paper = Float32Array.from({ length: 128 * 128 }, () => random.between(-9, 9));
  return mapped(washes, (red, green, blue, at) => {
    const soft = [wet.data[at * 3] ?? 0, wet.data[at * 3 + 1] ?? 0, wet.data[at * 3 + 2] ?? 0] as const;
    const edge = Math.abs(luminance(red, green, blue) - luminance(...soft));
    const [x, y] = [at % washes.width, Math.floor(at / washes.width)];
    const fibre = paper[(y % 128) * 128 + (x % 128)] ?? 0;
    const wash = (value: number): number => value * 0.82 + 44 - Math.min(60, edge * 2.4) + fibre;
    return [wash(soft[0]), wash(soft[1]), wash(soft[2])];
  });
}
