import { Resvg } from '@resvg/resvg-js';
import { luminance, toHex } from './colour.js';
import type { Box, Frame } from './svg.js';

const CELLS = 72;

/** Mean relative luminance (0-1) of a part of a picture. */
export type LuminanceMap = (box: Box) => number;

/** Measures a drawn backdrop on a small rendering of it, so that contrast is judged on what is really there. */
export function luminanceMap(svg: string, frame: Frame): LuminanceMap {
  const rendered = new Resvg(svg, {
    fitTo: { mode: 'width', value: CELLS },
    font: { loadSystemFonts: false },
  }).render();
  const { pixels, width, height } = rendered;
  const values = Float32Array.from({ length: width * height }, (_, index) =>
    luminance(toHex([pixels[index * 4] ?? 0, pixels[index * 4 + 1] ?? 0, pixels[index * 4 + 2] ?? 0])),
  );
  const scale = width / frame.width;
  return (box) => {
    const [left, top] = [Math.max(0, Math.floor(box.x * scale)), Math.max(0, Math.floor(box.y * scale))];
    const [right, bottom] = [
      Math.min(width, Math.ceil((box.x + box.width) * scale)),
      Math.min(height, Math.ceil((box.y + box.height) * scale)),
    ];
    let sum = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values[y * width + x] ?? 0;
    return sum / Math.max(1, (bottom - top) * (right - left));
  };
}
