import { darken, type Hex, lighten, mix } from '../colour.js';
import { circle, num, shape, stroke } from '../svg.js';
import { horizon, type PaintBackdrop, zones } from './backdrop.js';
import { lake, underwater } from './depths.js';
import { ridge } from './terrain.js';
import { sky } from './sky.js';
import { skyline } from './skyline.js';
import { water } from './waters.js';

const beach: PaintBackdrop = (scene) => {
  const { frame, palette, random, defs, noise } = scene;
  const line = horizon(scene, 0.46, 0.52);
  const shore = frame.height * (line + 0.14);
  const sand = palette.night
    ? '#6f6a86'
    : mix('#f2d6a2', palette.sky[1], scene.brief.time === 'day' ? 0.04 : 0.2);
  const edge = Array.from(
    { length: 31 },
    (_, step) =>
      `${step === 0 ? 'M' : 'L'}${num((step / 30) * frame.width)} ${num(shore + noise((step / 30) * 2.2, 7) * frame.height * 0.025)}`,
  ).join('');
  const fill = `${edge}L${frame.width} ${frame.height}L0 ${frame.height}Z`;
  const foam =
    stroke(edge, '#ffffff', frame.unit * 0.014, { opacity: 0.85 }) +
    `<g transform="translate(0 ${num(-frame.height * 0.028)})">${stroke(edge, '#ffffff', frame.unit * 0.006, { opacity: 0.55 })}</g>`;
  const specks = Array.from({ length: 50 }, () =>
    circle(
      random.next() * frame.width,
      shore + (frame.height - shore) * random.between(0.15, 1),
      frame.unit * 0.002,
      darken(sand, 0.2),
    ),
  ).join('');
  const far = scene.brief.skyline
    ? skyline(scene, frame.height * line, 0.18, 0.5)
    : ridge(
        scene,
        frame.height * (line + 0.0),
        frame.height * 0.025,
        0.5,
        8,
        mix(palette.far, palette.sky[2], 0.55),
      );
  return {
    behind:
      sky(scene, frame.height * line) +
      far +
      water(scene, frame.height * line, shore + frame.height * 0.04) +
      shape(
        fill,
        defs.linear([
          [0, lighten(sand, 0.12)],
          [1, darken(sand, 0.12)],
        ]),
      ) +
      foam +
      specks,
    front: '',
    ...zones(frame, line + 0.14),
    groundColour: sand,
    airColour: palette.sky[1],
    drawn: ['beach', 'sea'],
  };
};

const sea: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.52, 0.58);
  const far = scene.brief.skyline ? skyline(scene, frame.height * line, 0.22, 0.45) : '';
  const wave = (y: number, layer: number, tone: Hex): string =>
    ridge(scene, y, frame.height * 0.03, 2.4, layer, tone);
  const deep = mix(palette.water, palette.sky[0], 0.3);
  return {
    behind: sky(scene, frame.height * line) + far + water(scene, frame.height * line, frame.height),
    front: wave(frame.height * 0.97, 3, darken(deep, 0.1)),
    ...zones(frame, line, 0.955),
    groundColour: mix(palette.water, deep, 0.5),
    airColour: palette.sky[1],
    drawn: ['sea'],
  };
};

/** Places at and under water. */
export const WATER = { beach, sea, lake, underwater } as const satisfies Record<string, PaintBackdrop>;
