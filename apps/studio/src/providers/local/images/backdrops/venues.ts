import { darken, type Hex, lighten, mix } from '../colour.js';
import { circle, num, polygon, rect, shape, stroke } from '../svg.js';
import { horizon, type PaintBackdrop, type Scene } from './backdrop.js';
import { evenly, inside, perWidth } from './interior.js';

function drapes(scene: Scene, height: number, tone: Hex): string {
  const { frame } = scene;
  const half = (flip: boolean): string => {
    const edge = flip ? frame.width : 0;
    const inward = (share: number): number => (flip ? frame.width - frame.unit * share : frame.unit * share);
    return (
      shape(
        `M${edge} 0H${num(inward(0.34))}Q${num(inward(0.3))} ${num(height * 0.4)} ${num(inward(0.07))} ${num(height * 0.58)}Q${num(inward(0.12))} ${num(height * 0.8)} ${num(inward(0.09))} ${num(height)}H${edge}Z`,
        tone,
      ) +
      [0.06, 0.13, 0.2, 0.27]
        .map((share) =>
          stroke(
            `M${num(inward(share))} 0Q${num(inward(share))} ${num(height * 0.35)} ${num(inward(share * 0.32))} ${num(height * 0.56)}`,
            darken(tone, 0.16),
            frame.unit * 0.006,
          ),
        )
        .join('')
    );
  };
  return half(false) + half(true);
}

/** A festive hall with arches and drapes. */
export const hall: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.6, 0.65);
  const y = frame.height * line;
  const wall = mix(palette.wall, palette.accents[1], 0.18);
  const arches = evenly(0, frame.width, perWidth(scene, 3))
    .map((x) => {
      const half = frame.height * 0.095;
      const top = frame.height * 0.26;
      return shape(
        `M${num(x - half)} ${num(y - frame.height * 0.03)}V${num(top + half)}A${num(half)} ${num(half)} 0 0 1 ${num(x + half)} ${num(top + half)}V${num(y - frame.height * 0.03)}Z`,
        mix(wall, palette.sky[1], 0.4),
        { stroke: lighten(wall, 0.5), 'stroke-width': frame.unit * 0.009 },
      );
    })
    .join('');
  const columns = evenly(0, frame.width, perWidth(scene, 3) + 1)
    .map(
      (x) =>
        rect(
          x - frame.unit * 0.018,
          frame.height * 0.14,
          frame.unit * 0.036,
          y - frame.height * 0.14,
          lighten(wall, 0.3),
        ) +
        rect(
          x - frame.unit * 0.028,
          frame.height * 0.13,
          frame.unit * 0.056,
          frame.unit * 0.018,
          lighten(wall, 0.45),
        ),
    )
    .join('');
  const carpet = polygon(
    [
      [frame.width * 0.44, y],
      [frame.width * 0.56, y],
      [frame.width * 0.78, frame.height],
      [frame.width * 0.22, frame.height],
    ],
    palette.accents[0],
    { opacity: 0.4 },
  );
  return inside(
    scene,
    line,
    wall,
    mix(palette.floor, '#f1e2cc', palette.night ? 0 : 0.35),
    arches + columns + carpet + drapes(scene, y, mix(palette.accents[2], '#7b2d43', 0.4)),
    ['hall'],
  );
};

/** A bar with shelves and lamps. */
export const restaurant: PaintBackdrop = (scene) => {
  const { frame, palette, random } = scene;
  const line = horizon(scene, 0.62, 0.66);
  const y = frame.height * line;
  const wall = scene.palette.night ? '#5a3f46' : mix('#d99f7a', palette.wall, 0.4);
  const shelf = (at: number): string =>
    rect(frame.width * 0.06, at, frame.width * 0.88, frame.unit * 0.012, '#7a4a2f') +
    evenly(frame.width * 0.08, frame.width * 0.92, perWidth(scene, 14))
      .map((x) =>
        rect(
          x - frame.unit * 0.011,
          at - frame.unit * random.between(0.05, 0.08),
          frame.unit * 0.022,
          frame.unit * 0.08,
          random.pick(['#3f7d5a', '#b8433f', '#d9a441', '#5b7ba5', '#f3e3c3']),
          { rx: frame.unit * 0.006 },
        ),
      )
      .join('') +
    rect(frame.width * 0.06, at, frame.width * 0.88, frame.unit * 0.014, '#7a4a2f');
  const lamps = evenly(0, frame.width, perWidth(scene, 4))
    .map(
      (x) =>
        stroke(`M${num(x)} 0V${num(frame.height * 0.1)}`, '#3a2c2a', frame.unit * 0.004) +
        circle(
          x,
          frame.height * 0.14,
          frame.unit * 0.1,
          scene.defs.radial([
            [0, '#ffe2a0', 0.7],
            [1, '#ffe2a0', 0],
          ]),
        ) +
        shape(
          `M${num(x - frame.unit * 0.04)} ${num(frame.height * 0.1 + frame.unit * 0.05)}Q${num(x)} ${num(frame.height * 0.1 - frame.unit * 0.04)} ${num(x + frame.unit * 0.04)} ${num(frame.height * 0.1 + frame.unit * 0.05)}Z`,
          palette.accents[0],
        ),
    )
    .join('');
  return inside(
    scene,
    line,
    wall,
    darken(palette.floor, 0.05),
    shelf(frame.height * 0.34) +
      shelf(frame.height * 0.48) +
      lamps +
      rect(0, y - frame.height * 0.06, frame.width, frame.height * 0.06, '#8a5638'),
    ['restaurant'],
  );
};

/** An exhibition hall with booths. */
export const expo: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.6, 0.64);
  const y = frame.height * line;
  const trusses =
    [0.07, 0.11]
      .map((at) => stroke(`M0 ${num(frame.height * at)}H${frame.width}`, '#8b97a6', frame.unit * 0.007))
      .join('') +
    evenly(0, frame.width, perWidth(scene, 16))
      .map((x, index) =>
        stroke(
          `M${num(x)} ${num(frame.height * (index % 2 === 0 ? 0.07 : 0.11))}L${num(x + frame.width / perWidth(scene, 16))} ${num(frame.height * (index % 2 === 0 ? 0.11 : 0.07))}`,
          '#8b97a6',
          frame.unit * 0.004,
        ),
      )
      .join('');
  const booths = evenly(0, frame.width, perWidth(scene, 3.4))
    .map((x, index) => {
      const half = frame.height * 0.12;
      const tone = palette.accents[index % 4] ?? '#5a7bd0';
      return (
        rect(x - half, y - frame.height * 0.3, half * 2, frame.height * 0.3, lighten(tone, 0.55)) +
        rect(x - half, y - frame.height * 0.32, half * 2, frame.height * 0.07, tone, { rx: 3 }) +
        circle(x, y - frame.height * 0.17, half * 0.34, tone, { opacity: 0.6 }) +
        rect(x - half * 0.8, y - frame.height * 0.09, half * 1.6, frame.height * 0.09, tone, { rx: 3 })
      );
    })
    .join('');
  return inside(
    scene,
    line,
    scene.palette.night ? '#454a66' : '#dfe6ee',
    mix('#b7bfca', palette.floor, 0.15),
    trusses + booths,
    ['exhibition hall'],
  );
};
