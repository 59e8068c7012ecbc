import { darken, type Hex, lighten, mix } from '../colour.js';
import { circle, polygon, rect } from '../svg.js';
import type { Scene } from './backdrop.js';

/** Conifers along a line; `size` is the tallest, in pixels. */
export function conifers(
  scene: Scene,
  y: number,
  size: number,
  count: number,
  colour: Hex,
  snowy: boolean,
): string {
  const { random, frame } = scene;
  return Array.from({ length: count }, (_, index) => {
    const x = ((index + random.between(0.1, 0.9)) / count) * frame.width;
    const height = size * random.between(0.62, 1);
    const half = height * 0.24;
    const tone = mix(colour, '#000000', random.between(0, 0.16));
    const tier = (top: number, low: number, spread: number, fill: string): string =>
      polygon(
        [
          [x, y - height * top],
          [x + half * spread, y - height * low],
          [x - half * spread, y - height * low],
        ],
        fill,
      );
    const snow = snowy
      ? tier(1, 0.82, 0.42, '#f4f9fd') +
        polygon(
          [
            [x - half * 0.44, y - height * 0.56],
            [x, y - height * 0.68],
            [x + half * 0.44, y - height * 0.56],
            [x, y - height * 0.6],
          ],
          '#f4f9fd',
        )
      : '';
    return (
      rect(x - height * 0.025, y - height * 0.12, height * 0.05, height * 0.14, '#4d3a2c') +
      tier(0.62, 0.08, 1, tone) +
      tier(0.82, 0.34, 0.8, lighten(tone, 0.06)) +
      tier(1, 0.6, 0.56, lighten(tone, 0.12)) +
      snow
    );
  }).join('');
}

/** Round trees; `size` is the tallest, in pixels. */
export function broadleaves(scene: Scene, y: number, size: number, count: number, colour: Hex): string {
  const { random, frame } = scene;
  return Array.from({ length: count }, (_, index) => {
    const x = ((index + random.between(0.15, 0.85)) / count) * frame.width;
    const height = size * random.between(0.6, 1);
    const crown = height * 0.3;
    return (
      rect(x - height * 0.03, y - height * 0.4, height * 0.06, height * 0.42, '#6b4a33') +
      circle(x - crown * 0.5, y - height * 0.52, crown * 0.75, darken(colour, 0.14)) +
      circle(x + crown * 0.5, y - height * 0.52, crown * 0.75, darken(colour, 0.08)) +
      circle(x, y - height * 0.7, crown, lighten(colour, 0.04))
    );
  }).join('');
}
