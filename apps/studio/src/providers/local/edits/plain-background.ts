import { type Lab, toLab } from './lab.js';
import { type Mask, neighbours } from './masks.js';
import type { Raster } from './raster.js';

/** Distances in Oklab. */
const SAME = 0.045;
const SAME_STEP = 0.02;
const DRIFT = 0.14;
/** So much of the border must be alike. */
const PLAIN_SHARE = 0.88;

/** The subject in front of one colour, or of a slow gradient, filled from the border; undefined for other backgrounds. */
export function beforePlainBackground(picture: Raster): Mask | undefined {
  const { width, height } = picture;
  const lab = Array.from({ length: width * height }, (_, at) => labAt(picture, at));
  const border = borderOf(width, height);
  const colour = medianOf(border.map((at) => lab[at] ?? [0, 0, 0]));
  const alike = border.filter((at) => distance(lab[at] ?? [0, 0, 0], colour) < SAME);
  if (alike.length < border.length * PLAIN_SHARE) return undefined;
  const data = new Uint8Array(width * height).fill(255);
  const open = [...alike];
  for (const at of open) data[at] = 0;
  for (const at of open) {
    const own = lab[at] ?? [0, 0, 0];
    for (const next of neighbours(at, width, height)) {
      const other = lab[next] ?? [0, 0, 0];
      const near = distance(other, colour);
      const belongs = near < SAME || (near < DRIFT && distance(other, own) < SAME_STEP);
      if (data[next] === 0 || !belongs) continue;
      data[next] = 0;
      open.push(next);
    }
  }
  return { data, width, height };
}

function labAt({ data }: Raster, at: number): Lab {
  return toLab(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0);
}

function borderOf(width: number, height: number): number[] {
  const found: number[] = [];
  for (let x = 0; x < width; x++) found.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) found.push(y * width, y * width + width - 1);
  return found;
}

function medianOf(colours: readonly Lab[]): Lab {
  const middle = (axis: 0 | 1 | 2): number =>
    colours.map((colour) => colour[axis]).sort((a, b) => a - b)[colours.length >> 1] ?? 0;
  return [middle(0), middle(1), middle(2)];
}

function distance(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
