import { darken, type Hex, lighten, mix } from '../colour.js';
import { polygon, rect, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';

function windows(scene: Scene, x: number, top: number, width: number, low: number, tone: Hex): string {
  const { random, palette, frame } = scene;
  const cell = Math.max(frame.unit * 0.011, width / 7);
  const parts: string[] = [];
  for (let y = top + cell * 0.7; y < low - cell; y += cell * 1.25) {
    for (let at = x + cell * 0.5; at < x + width - cell * 0.7; at += cell) {
      if (random.chance(0.3)) continue;
      const lit = palette.night || scene.brief.time === 'sunset' ? random.chance(0.6) : random.chance(0.1);
      parts.push(rect(at, y, cell * 0.55, cell * 0.7, lit ? '#ffdf8f' : lighten(tone, 0.2)));
    }
  }
  return parts.join('');
}

function building(
  scene: Scene,
  x: number,
  base: number,
  width: number,
  height: number,
  tone: Hex,
  detailed: boolean,
): string {
  const { random } = scene;
  const top = base - height;
  const body =
    rect(x, top, width, height + 2, tone) +
    rect(x + width * 0.72, top, width * 0.28, height + 2, darken(tone, 0.1));
  const roofs = [
    '',
    rect(x + width * 0.2, top - height * 0.06, width * 0.6, height * 0.07, tone),
    polygon(
      [
        [x, top + 1],
        [x + width / 2, top - height * 0.14],
        [x + width, top + 1],
      ],
      tone,
    ),
    stroke(`M${x + width / 2} ${top}V${top - height * 0.2}`, darken(tone, 0.1), Math.max(1, width * 0.05)),
  ] as const;
  return random.pick(roofs) + body + (detailed ? windows(scene, x, top, width, base, tone) : '');
}

/**
 * Rows of high buildings on a line.
 * @param base the line's y in pixels
 * @param reach height of the tallest as a share of the picture's height
 * @param haze how much the farthest row takes the sky's colour, 0-1
 */
export function skyline(scene: Scene, base: number, reach: number, haze: number): string {
  const { frame, palette, random } = scene;
  const stone: Hex = palette.night ? '#2b3160' : scene.brief.time === 'sunset' ? '#6b4a7c' : '#6d87a8';
  const parts: string[] = [];
  for (const [row, share] of [haze, haze * 0.45].entries()) {
    const step = frame.unit * (0.075 + row * 0.02);
    for (let x = -step * random.next(); x < frame.width; x += step) {
      const width = step * random.between(0.72, 1.08);
      const height = frame.height * reach * random.between(row === 0 ? 0.5 : 0.3, row === 0 ? 1 : 0.74);
      parts.push(
        building(
          scene,
          x,
          base,
          width,
          height,
          mix(mix(stone, palette.sky[2], share), '#ffffff', random.between(0, 0.08)),
          row === 1,
        ),
      );
    }
  }
  return parts.join('');
}
