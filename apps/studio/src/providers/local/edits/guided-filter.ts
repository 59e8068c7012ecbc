/** A plane of numbers, row by row. */
export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Lets a rough mask follow the edges of the picture (He et al., 2013): in every window the result is a straight line
 * over the guide. @param smoothness larger ignores weaker edges
 */
export function guided(mask: Plane, guide: Plane, radius: number, smoothness: number): Plane {
  const product = combined(guide, mask, (g, m) => g * m);
  const square = combined(guide, guide, (g) => g * g);
  const [meanGuide, meanMask] = [boxed(guide, radius), boxed(mask, radius)];
  const [meanProduct, meanSquare] = [boxed(product, radius), boxed(square, radius)];
  const slope = new Float32Array(mask.data.length);
  const offset = new Float32Array(mask.data.length);
  for (let at = 0; at < slope.length; at++) {
    const [g, m] = [meanGuide.data[at] ?? 0, meanMask.data[at] ?? 0];
    const variance = (meanSquare.data[at] ?? 0) - g * g;
    const covariance = (meanProduct.data[at] ?? 0) - g * m;
    slope[at] = covariance / (variance + smoothness);
    offset[at] = m - (slope[at] ?? 0) * g;
  }
  const [slopes, offsets] = [
    boxed({ ...mask, data: slope }, radius),
    boxed({ ...mask, data: offset }, radius),
  ];
  const data = new Float32Array(mask.data.length);
  for (let at = 0; at < data.length; at++)
    data[at] = (slopes.data[at] ?? 0) * (guide.data[at] ?? 0) + (offsets.data[at] ?? 0);
  return { ...mask, data };
}

function combined(one: Plane, other: Plane, value: (a: number, b: number) => number): Plane {
  return { ...one, data: one.data.map((each, at) => value(each, other.data[at] ?? 0)) };
}

/** The mean of each square window, by running sums: first along rows, then along columns. */
export function boxed(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const rows = runs(plane.data, { lines: height, length: width, lineStep: width, step: 1 }, radius);
  return { ...plane, data: runs(rows, { lines: width, length: height, lineStep: 1, step: width }, radius) };
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

function runs(data: Float32Array, { lines, length, lineStep, step }: Lines, radius: number): Float32Array {
  const means = new Float32Array(data.length);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let [sum, count] = [0, 0];
    for (let at = -radius; at < length; at++) {
      if (at + radius < length) [sum, count] = [sum + (data[start + (at + radius) * step] ?? 0), count + 1];
      if (at - radius - 1 >= 0)
        [sum, count] = [sum - (data[start + (at - radius - 1) * step] ?? 0), count - 1];
      if (at >= 0) means[start + at * step] = sum / count;
    }
  }
  return means;
}
