import { darken, mix } from '../colour.js';
import { circle, num, polygon, rect, stroke } from '../svg.js';
import type { Backdrop, PaintBackdrop, Scene } from './backdrop.js';
import { crowd } from './crowd.js';
import { ridge } from './terrain.js';
import { sky } from './sky.js';
import { beams, platform } from './stage-parts.js';

function rig(scene: Scene, left: number, right: number, top: number, floor: number): string {
  const { frame, palette, defs } = scene;
  const bar = frame.unit * 0.016;
  const roof =
    polygon(
      [
        [left - bar * 3, top],
        [right + bar * 3, top],
        [right - bar, top - frame.height * 0.1],
        [left + bar, top - frame.height * 0.1],
      ],
      '#2b2d4a',
    ) + rect(left - bar * 2, top, right - left + bar * 4, bar * 1.4, '#6d7296');
  const towers = [left, right - bar * 2.4]
    .map(
      (x) =>
        rect(x, top, bar * 2.4, floor - top, '#4d5276') +
        Array.from({ length: 7 }, (_, index) =>
          stroke(
            `M${num(x)} ${num(top + ((floor - top) * index) / 7)}l${num(bar * 2.4)} ${num((floor - top) / 7)}`,
            '#8f95bd',
            bar * 0.3,
          ),
        ).join(''),
    )
    .join('');
  const speakers = [left + bar * 3, right - bar * 8]
    .map((x) =>
      [0, 1, 2]
        .map(
          (index) =>
            rect(x, floor - frame.height * (0.08 * (index + 1)), bar * 5, frame.height * 0.075, '#1c1d2e', {
              rx: bar * 0.3,
            }) +
            circle(
              x + bar * 2.5,
              floor - frame.height * (0.08 * (index + 1) - 0.037),
              Math.min(bar * 1.8, frame.height * 0.03),
              '#555a78',
            ),
        )
        .join(''),
    )
    .join('');
  return (
    rect(
      left,
      top,
      right - left,
      floor - top,
      defs.linear([
        [0, darken(palette.accents[3], 0.45)],
        [1, mix(palette.accents[3], palette.accents[0], 0.6)],
      ]),
    ) +
    roof +
    towers +
    speakers
  );
}

function stageFront(
  scene: Scene,
  floorShare: number,
  left: number,
  right: number,
  drawn: string[],
  behind: string,
): Backdrop {
  const { frame, palette } = scene;
  const floor = frame.height * floorShare;
  const top = frame.height * 0.2;
  const lights = beams(scene, top + frame.unit * 0.02, floor, left, right);
  const ground = {
    x: left + (right - left) * 0.15,
    y: floor - frame.height * 0.02,
    width: (right - left) * 0.7,
    height: frame.height * 0.025,
  };
  return {
    behind:
      behind +
      rig(scene, left, right, top, floor) +
      lights +
      platform(scene, floor, left - frame.unit * 0.03, right + frame.unit * 0.03, '#262844') +
      crowd(scene, frame.height * 0.8, true),
    front: '',
    ground,
    air: [
      {
        x: frame.width * 0.05,
        y: frame.height * 0.03,
        width: frame.width * 0.9,
        height: frame.height * 0.14,
      },
    ],
    groundColour: mix(palette.accents[3], palette.accents[0], 0.4),
    airColour: palette.sky[0],
    drawn,
  };
}

/** An open-air stage at dusk. */
export const festival: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const half = Math.min(frame.width * 0.42, frame.height * 0.62);
  const hills = ridge(
    scene,
    frame.height * 0.62,
    frame.height * 0.06,
    0.8,
    3,
    mix(palette.near, palette.sky[1], 0.3),
  );
  const field = rect(0, frame.height * 0.7, frame.width, frame.height * 0.3, darken(palette.near, 0.25));
  return stageFront(
    scene,
    0.7,
    frame.width / 2 - half,
    frame.width / 2 + half,
    ['festival stage', 'crowd'],
    sky(scene, frame.height * 0.62) + hills + field,
  );
};

/** A dance floor with a stage. */
export const club: PaintBackdrop = (scene) => {
  const { frame, defs, palette } = scene;
  const wall = rect(
    0,
    0,
    frame.width,
    frame.height,
    defs.linear([
      [0, '#1d1140'],
      [0.7, mix('#4a1b7a', palette.accents[0], 0.25)],
      [1, '#160c2e'],
    ]),
  );
  return stageFront(scene, 0.72, frame.width * 0.06, frame.width * 0.94, ['dance floor', 'crowd'], wall);
};
