import { fromLab, type Lab, toLab } from './lab.js';
import { mapped, type Raster } from './raster.js';

interface Spread {
  readonly mean: Lab;
  readonly deviation: Lab;
}

/** More than this would turn noise into colour. */
const MOST_STRETCH = 2.2;

/** Gives a picture the mood of another: mean and spread of its colours (Reinhard et al., 2001), in Oklab. */
export function withColoursOf(picture: Raster, reference: Raster): Raster {
  const [own, other] = [spreadOf(picture), spreadOf(reference)];
  const move = (value: number, axis: 0 | 1 | 2): number => {
    const stretch = Math.min(MOST_STRETCH, other.deviation[axis] / Math.max(1e-3, own.deviation[axis]));
    return (value - own.mean[axis]) * stretch + other.mean[axis];
  };
  return mapped(picture, (red, green, blue) => {
    const [lightness, a, b] = toLab(red, green, blue);
    // Light and shade are what shows the subject: they follow the reference only halfway.
    return fromLab([(lightness + move(lightness, 0)) / 2, move(a, 1), move(b, 2)]);
  });
}

function spreadOf({ data }: Raster): Spread {
  const [sums, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  const count = data.length / 3;
  for (let at = 0; at < data.length; at += 3) {
    const lab = toLab(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    for (const [axis, value] of lab.entries()) {
      sums[axis] = (sums[axis] ?? 0) + value;
      squares[axis] = (squares[axis] ?? 0) + value * value;
    }
  }
  const mean = triple((axis) => (sums[axis] ?? 0) / count);
  const deviation = triple((axis) => Math.sqrt(Math.max(0, (squares[axis] ?? 0) / count - mean[axis] ** 2)));
  return { mean, deviation };
}

function triple(value: (axis: 0 | 1 | 2) => number): Lab {
  return [value(0), value(1), value(2)];
}
