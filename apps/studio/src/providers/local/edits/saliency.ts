import { unlikeBeside } from './beside.js';
import { labPlanes } from './lab.js';
import type { Raster } from './raster.js';

/** How much each pixel stands out, 0-1, row by row. */
export interface Saliency {
  readonly data: Float32Array;
  /** How unlike the sides of the picture at its height, 0-1. */
  readonly unlike: Float32Array;
  readonly width: number;
  readonly height: number;
}

const PASSES = 4;
/** Subjects stand in the middle, rather low; how quickly that wanes towards the edges. */
const MIDDLE = { x: 0.5, y: 0.56, reach: 0.42 };
/** What is left of a pixel's weight when the sides of the picture show its colour. */
const LIKE = 0.2;
/** What a colour that the sides do not show is worth by itself, however short the way from there: white beside foam. */
const UNLIKE = 0.12;
/** The part of the lower edge that is background: people are often cut off by the rest. */
const LOWER_CORNERS = 0.2;

/**
 * What stands out from whatever reaches the edge of the picture: the minimum barrier distance (Zhang et al., 2015), the
 * least change of colour on any way there, weighted towards the middle. Trees that run out of the picture are near,
 * a person in front of them is far.
 */
export function saliency(picture: Raster): Saliency {
  const { width, height } = picture;
  const data = new Float32Array(width * height);
  const planes = labPlanes(picture);
  for (const plane of planes) {
    const far = barriers(plane, width, height);
    for (let at = 0; at < data.length; at++) data[at] = (data[at] ?? 0) + (far[at] ?? 0);
  }
  const unlike = unlikeBeside(planes, width, height);
  for (let at = 0; at < data.length; at++) {
    const [dx, dy] = [(at % width) / width - MIDDLE.x, Math.floor(at / width) / height - MIDDLE.y];
    const middle = Math.exp(-(dx * dx + dy * dy) / (2 * MIDDLE.reach ** 2));
    const alone = unlike[at] ?? 0;
    data[at] = middle * ((data[at] ?? 0) * (LIKE + (1 - LIKE) * alone) + UNLIKE * alone ** 2);
  }
  const most = data.reduce((highest, value) => Math.max(highest, value), 1e-6);
  return { data: data.map((value) => value / most), unlike, width, height };
}

function barriers(plane: Float32Array, width: number, height: number): Float32Array {
  const far = new Float32Array(plane.length).fill(Infinity);
  const [high, low] = [Float32Array.from(plane), Float32Array.from(plane)];
  for (const at of edgeOf(width, height)) far[at] = 0;
  const relax = (at: number, from: number): void => {
    const own = plane[at] ?? 0;
    const [top, bottom] = [Math.max(high[from] ?? 0, own), Math.min(low[from] ?? 0, own)];
    if (top - bottom >= (far[at] ?? 0) || far[from] === Infinity) return;
    far[at] = top - bottom;
    high[at] = top;
    low[at] = bottom;
  };
  for (let pass = 0; pass < PASSES; pass++) {
    const forth = pass % 2 === 0;
    for (let step = 0; step < plane.length; step++) {
      const at = forth ? step : plane.length - 1 - step;
      const x = at % width;
      const [side, line] = forth ? [-1, -width] : [1, width];
      if (forth ? x > 0 : x < width - 1) relax(at, at + side);
      if (at + line >= 0 && at + line < plane.length) relax(at, at + line);
    }
  }
  return far;
}

/** The pixels along the sides, the top, and the corners below. */
function edgeOf(width: number, height: number): number[] {
  const found: number[] = [];
  for (let x = 0; x < width; x++) {
    found.push(x);
    if (Math.min(x, width - 1 - x) < width * LOWER_CORNERS) found.push((height - 1) * width + x);
  }
  for (let y = 1; y < height; y++) found.push(y * width, y * width + width - 1);
  return found;
}

/** The value that best parts the low from the high ones (Otsu, 1979). */
export function parting(values: Float32Array): number {
  const bins = new Float64Array(256);
  for (const value of values) {
    const bin = Math.min(255, Math.floor(value * 256));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  let [best, at] = [-1, 0];
  const sum = bins.reduce((total, count, bin) => total + count * bin, 0);
  let [below, belowSum] = [0, 0];
  for (let bin = 0; bin < 256; bin++) {
    below += bins[bin] ?? 0;
    belowSum += bin * (bins[bin] ?? 0);
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (belowSum / below - (sum - belowSum) / above) ** 2;
    if (between > best) [best, at] = [between, bin];
  }
  return (at + 1) / 256;
}
