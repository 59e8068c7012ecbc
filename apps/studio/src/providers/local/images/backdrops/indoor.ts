import { type Hex, lighten, mix } from '../colour.js';
import { circle, ellipse, rect } from '../svg.js';
import { horizon, type PaintBackdrop } from './backdrop.js';
import { evenly, inside, pane, perWidth } from './interior.js';
import { expo, hall, restaurant } from './venues.js';

const room: PaintBackdrop = (scene) => {
  const { frame, palette, random } = scene;
  const line = horizon(scene, 0.62, 0.67);
  const size = frame.height * 0.2;
  const dots = Array.from({ length: Math.min(160, perWidth(scene, 70)) }, (_, index) =>
    circle(
      ((index * 0.618) % 1) * frame.width,
      ((index * 0.377) % 1) * frame.height * line,
      frame.unit * 0.007,
      lighten(palette.wall, 0.5),
      { opacity: 0.5 },
    ),
  ).join('');
  const side = random.chance(0.5);
  const windows = evenly(0, frame.width, perWidth(scene, 1.4))
    .map((x, index) =>
      index % 2 === (side ? 0 : 1) || frame.width < frame.height
        ? pane(scene, x - size * 0.4, frame.height * 0.2, size * 0.8, size)
        : '',
    )
    .join('');
  const rug =
    ellipse(
      frame.width * random.between(0.42, 0.58),
      frame.height * 0.9,
      frame.width * 0.36,
      frame.height * 0.07,
      palette.accents[3],
      { opacity: 0.55 },
    ) +
    ellipse(
      frame.width * 0.5,
      frame.height * 0.9,
      frame.width * 0.29,
      frame.height * 0.05,
      palette.accents[1],
      { opacity: 0.5 },
    );
  return inside(scene, line, palette.wall, palette.floor, dots + windows + rug, ['room']);
};

const office: PaintBackdrop = (scene) => {
  const { frame, palette, random } = scene;
  const line = horizon(scene, 0.6, 0.65);
  const size = frame.height * 0.26;
  const windows = evenly(0, frame.width, perWidth(scene, 2.4))
    .map((x) => pane(scene, x - size * 0.42, frame.height * 0.16, size * 0.84, size))
    .join('');
  const boardX = frame.width * random.between(0.3, 0.6);
  const notes = Array.from({ length: 6 }, (_, index) =>
    rect(
      boardX + size * (0.12 + (index % 3) * 0.3),
      frame.height * (0.2 + Math.floor(index / 3) * 0.09),
      size * 0.2,
      size * 0.2,
      random.pick(palette.accents as readonly [Hex, ...Hex[]]),
      { rx: 2 },
    ),
  ).join('');
  const board =
    rect(boardX, frame.height * 0.16, size * 1.05, size * 0.85, '#ffffff', {
      rx: 4,
      stroke: '#b9c0c9',
      'stroke-width': frame.unit * 0.006,
    }) + notes;
  const plant = (x: number): string =>
    ellipse(x, frame.height * line - frame.height * 0.1, frame.unit * 0.05, frame.unit * 0.07, '#4c9a5f') +
    rect(
      x - frame.unit * 0.025,
      frame.height * line - frame.height * 0.05,
      frame.unit * 0.05,
      frame.height * 0.055,
      '#c96f4a',
      { rx: 3 },
    );
  const wall = scene.palette.night ? '#4d5470' : mix('#e4eaf0', palette.wall, 0.35);
  return inside(
    scene,
    line,
    wall,
    mix('#a9b2bd', palette.floor, 0.3),
    windows + board + plant(frame.width * 0.06) + plant(frame.width * 0.94),
    ['office'],
  );
};

/** Rooms without a stage. */
export const INDOOR = { room, office, hall, restaurant, expo } as const satisfies Record<
  string,
  PaintBackdrop
>;
