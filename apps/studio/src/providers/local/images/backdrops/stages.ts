import { darken, mix } from '../colour.js';
import { ellipse, num, rect, shape, times } from '../svg.js';
import { type PaintBackdrop, zones } from './backdrop.js';
import { conference } from './conference.js';
import { club, festival } from './festival.js';
import { beams, platform, screen, seats } from './stage-parts.js';

/** A theatre stage with curtain and lights. */
export const stage: PaintBackdrop = (scene) => {
  const { frame, palette, defs } = scene;
  const floor =
    frame.height * (scene.brief.decor.has('audience') || scene.brief.decor.has('crowd') ? 0.78 : 0.87);
  const cloth = mix(palette.accents[0], '#6d1433', 0.35);
  const folds = times(Math.round(18 * Math.max(0.6, frame.width / frame.height)), (index, count) =>
    rect(
      (index / count) * frame.width,
      0,
      frame.width / count + 1,
      floor,
      index % 2 === 0 ? cloth : darken(cloth, 0.14),
    ),
  );
  const valance = Array.from({ length: 8 }, (_, index) =>
    shape(
      `M${num((index * frame.width) / 8)} 0H${num(((index + 1) * frame.width) / 8)}Q${num(((index + 0.5) * frame.width) / 8)} ${num(frame.height * 0.16)} ${num((index * frame.width) / 8)} 0Z`,
      darken(cloth, 0.25),
    ),
  ).join('');
  const display = scene.brief.decor.has('screen')
    ? screen(
        scene,
        frame.width / 2 - frame.height * 0.3,
        frame.height * 0.14,
        frame.height * 0.6,
        frame.height * 0.32,
      )
    : '';
  const pool = ellipse(
    frame.width / 2,
    floor - frame.height * 0.01,
    frame.width * 0.4,
    frame.height * 0.07,
    defs.radial([
      [0, '#fff6d6', 0.85],
      [1, '#fff6d6', 0],
    ]),
  );
  const behind =
    folds +
    rect(
      0,
      0,
      frame.width,
      floor,
      defs.radial([
        [0, '#fff0c9', 0.35],
        [1, '#000000', 0.35],
      ]),
    ) +
    display +
    beams(scene, frame.height * 0.02, floor, frame.width * 0.1, frame.width * 0.9) +
    valance +
    rect(0, floor + frame.height * 0.04, frame.width, frame.height, '#241a2c') +
    platform(scene, floor, 0, frame.width, '#8a5b3c') +
    pool +
    seats(scene, frame.height * 0.88);
  return {
    behind,
    front: '',
    ground: {
      x: frame.width * 0.08,
      y: floor - frame.height * 0.03,
      width: frame.width * 0.84,
      height: frame.height * 0.05,
    },
    air: zones(frame, 0.5).air,
    groundColour: mix(cloth, '#fff0c9', 0.25),
    airColour: cloth,
    drawn: ['stage'],
  };
};

/** Places with a stage. */
export const STAGES = { conference, stage, festival, club } as const satisfies Record<string, PaintBackdrop>;
