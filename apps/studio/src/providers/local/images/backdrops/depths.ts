import { darken, mix } from '../colour.js';
import { circle, ellipse, num, rect, shape, stroke } from '../svg.js';
import { horizon, type PaintBackdrop, zones } from './backdrop.js';
import { peaksOn, ridge } from './terrain.js';
import { sky } from './sky.js';
import { water } from './waters.js';

/** A lake between hills, or between peaks. */
export const lake: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.46, 0.52);
  const y = frame.height * line;
  const hills = [0.55, 0.3]
    .map((haze, index) =>
      ridge(
        scene,
        y - frame.height * (0.05 - index * 0.03),
        frame.height * 0.11,
        0.9,
        4 + index,
        mix(palette.near, palette.sky[1], haze),
      ),
    )
    .join('');
  const peaks = scene.brief.decor.has('peaks') ? peaksOn(scene, y + frame.height * 0.01, 0.36) : '';
  const bank = ridge(
    scene,
    frame.height * (line + 0.2),
    frame.height * 0.02,
    0.8,
    2,
    darken(palette.near, 0.05),
  );
  return {
    behind: sky(scene, y) + peaks + hills + water(scene, y, frame.height * (line + 0.24)) + bank,
    front: '',
    ...zones(frame, line + 0.19),
    groundColour: palette.near,
    airColour: palette.sky[1],
    drawn: peaks === '' ? ['lake'] : ['lake', 'mountains'],
  };
};

/** The sea floor with weeds and rays of light. */
export const underwater: PaintBackdrop = (scene) => {
  const { frame, random, defs } = scene;
  const rays = Array.from({ length: 7 }, () => {
    const x = random.next() * frame.width;
    const spread = frame.unit * random.between(0.06, 0.16);
    return shape(
      `M${num(x)} 0L${num(x + spread * 0.6)} 0L${num(x + spread * 2)} ${frame.height}L${num(x - spread)} ${frame.height}Z`,
      defs.linear([
        [0, '#ffffff', 0.28],
        [0.8, '#ffffff', 0],
      ]),
    );
  }).join('');
  const weeds = Array.from({ length: 16 }, () => {
    const x = random.next() * frame.width;
    const size = frame.height * random.between(0.08, 0.22);
    return stroke(
      `M${num(x)} ${frame.height}q${num(size * 0.24)} ${num(-size * 0.4)} 0 ${num(-size * 0.6)}t${num(size * 0.05)} ${num(-size * 0.5)}`,
      random.pick(['#1f8a5f', '#2ba36f', '#d9647a', '#e89a4d']),
      frame.unit * 0.014,
    );
  }).join('');
  const bubbles = Array.from({ length: 26 }, () =>
    circle(
      random.next() * frame.width,
      random.next() * frame.height,
      frame.unit * random.between(0.004, 0.016),
      '#ffffff',
      { opacity: 0.35 },
    ),
  ).join('');
  const floor =
    ridge(scene, frame.height * 0.9, frame.height * 0.04, 0.9, 2, '#e2c88e') +
    ellipse(frame.width * 0.5, frame.height, frame.width * 0.6, frame.height * 0.03, '#cdb078');
  const air = [
    { x: frame.width * 0.05, y: frame.height * 0.08, width: frame.width * 0.9, height: frame.height * 0.6 },
  ];
  return {
    behind:
      rect(
        0,
        0,
        frame.width,
        frame.height,
        defs.linear([
          [0, '#49c1e0'],
          [0.5, '#1686bd'],
          [1, '#0a4a7f'],
        ]),
      ) +
      rays +
      floor +
      weeds +
      bubbles,
    front: '',
    ground: {
      x: frame.width * 0.04,
      y: frame.height * 0.72,
      width: frame.width * 0.92,
      height: frame.height * 0.24,
    },
    air,
    groundColour: '#1273a8',
    airColour: '#2b9acb',
    drawn: ['sea floor'],
  };
};
