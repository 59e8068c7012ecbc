import { darken, lighten, mix } from '../colour.js';
import { ellipse, num, shape, times } from '../svg.js';
import { horizon, type PaintBackdrop } from './backdrop.js';
import { field, ridge, winterGround } from './terrain.js';
import { broadleaves, conifers } from './trees.js';

/** A garden with trees, hedge and path. */
export const garden: PaintBackdrop = (scene) => {
  const { frame, palette, random } = scene;
  const line = horizon(scene, 0.57, 0.62);
  const y = frame.height * line;
  const trees = broadleaves(
    scene,
    y + frame.height * 0.01,
    frame.height * 0.24,
    Math.max(5, Math.round(6 * (frame.width / frame.height))),
    darken(palette.foliage, 0.1),
  );
  const bushes = times(Math.round(22 * Math.max(1, frame.width / frame.height)), (index, count) =>
    ellipse(
      ((index + random.next()) / count) * frame.width,
      y + frame.height * 0.012,
      frame.unit * random.between(0.03, 0.06),
      frame.unit * random.between(0.02, 0.04),
      darken(palette.foliage, random.between(0.2, 0.34)),
    ),
  );
  const path = shape(
    `M${num(frame.width * 0.47)} ${num(y)}Q${num(frame.width * 0.52)} ${num(frame.height * 0.78)} ${num(frame.width * 0.36)} ${frame.height}H${num(frame.width * 0.64)}Q${num(frame.width * 0.6)} ${num(frame.height * 0.78)} ${num(frame.width * 0.53)} ${num(y)}Z`,
    lighten(palette.near, 0.35),
    { opacity: 0.6 },
  );
  const base = field(
    scene,
    line,
    ridge(
      scene,
      y - frame.height * 0.05,
      frame.height * 0.05,
      0.8,
      6,
      mix(palette.near, palette.sky[2], 0.5),
    ) +
      trees +
      bushes,
    winterGround(scene, lighten(palette.near, 0.06)),
    ['garden'],
  );
  return { ...base, behind: base.behind + path };
};

/** Hills under snow. */
export const snowfield: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.56, 0.62);
  const y = frame.height * line;
  const hills = ridge(
    scene,
    y - frame.height * 0.06,
    frame.height * 0.09,
    0.7,
    4,
    mix('#cfe0ee', palette.sky[1], 0.35),
  );
  const trees = conifers(
    scene,
    y + frame.height * 0.01,
    frame.height * 0.17,
    Math.round(9 * Math.max(1, frame.width / frame.height)),
    mix('#3f6b66', palette.sky[1], 0.35),
    true,
  );
  return field(scene, line, hills + trees, mix('#eef5fb', palette.sky[1], palette.night ? 0.4 : 0.12), [
    'snow',
  ]);
};
