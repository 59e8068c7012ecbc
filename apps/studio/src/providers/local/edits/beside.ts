/** The planes of a picture's colours in Oklab. */
type Planes = readonly [Float32Array, Float32Array, Float32Array];

type Colour = readonly [number, number, number];

const BANDS = 18;
/** How much of the width, on either side, shows what lies behind the subject. */
const SIDE_SHARE = 0.04;
const BIN = 0.05;
/** A colour that covers less of the sides is a detail. */
const LEAST_SHARE = 0.012;
/** From this distance in Oklab on a colour is another one. */
const OTHER = 0.13;

/**
 * How unlike the sides of the picture each pixel is at its height, 0-1: sky, trees and floor lie in layers, so what is
 * behind the subject is seen beside it as well.
 */
export function unlikeBeside(planes: Planes, width: number, height: number): Float32Array {
  const palettes = Array.from({ length: BANDS }, (_, band) => paletteOf(planes, { width, height, band }));
  return planes[0].map((_, at) => {
    const band = Math.min(BANDS - 1, Math.floor((Math.floor(at / width) / height) * BANDS));
    let nearest = OTHER;
    for (const [l, a, b] of palettes[band] ?? []) {
      const [dl, da, db] = [(planes[0][at] ?? 0) - l, (planes[1][at] ?? 0) - a, (planes[2][at] ?? 0) - b];
      nearest = Math.min(nearest, Math.sqrt(dl * dl + da * da + db * db));
    }
    return nearest / OTHER;
  });
}

/** The colours of the sides around a band; the bands above and below count as well, since grounds are not level. */
function paletteOf(
  planes: Planes,
  { width, height, band }: { readonly width: number; readonly height: number; readonly band: number },
): Colour[] {
  const bins = new Map<string, { count: number; sum: [number, number, number] }>();
  const [from, to] = [((band - 1) / BANDS) * height, ((band + 2) / BANDS) * height];
  let all = 0;
  for (let y = Math.max(0, Math.floor(from)); y < Math.min(height, to); y++)
    for (let x = 0; x < width * SIDE_SHARE; x++)
      for (const at of [y * width + x, y * width + width - 1 - x]) {
        const colour = planes.map((plane) => plane[at] ?? 0);
        const key = colour.map((value) => Math.round(value / BIN)).join();
        const bin = bins.get(key) ?? { count: 0, sum: [0, 0, 0] };
        bin.count += 1;
        colour.forEach((value, axis) => (bin.sum[axis] = (bin.sum[axis] ?? 0) + value));
        bins.set(key, bin);
        all += 1;
      }
  return [...bins.values()]
    .filter(({ count }) => count > all * LEAST_SHARE)
    .map(({ count, sum: [l, a, b] }): Colour => [l / count, a / count, b / count]);
}
