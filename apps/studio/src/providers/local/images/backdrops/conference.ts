import { darken, mix } from '../colour.js';
import { ellipse, rect } from '../svg.js';
import type { PaintBackdrop } from './backdrop.js';
import { geometry } from './geometry.js';
import { beams, platform, screen, seats } from './stage-parts.js';

/** Conference: a wide screen over a stage; on posters the wall dissolves into geometry. */
export const conference: PaintBackdrop = (scene) => {
  const { frame, palette, defs } = scene;
  const [hot, , , deep] = palette.accents;
  const vivid = scene.brief.poster || scene.brief.mood === 'vivid';
  const floor = frame.height * 0.74;
  const wall = vivid
    ? defs.linear(
        [
          [0, darken(deep, 0.35)],
          [0.55, deep],
          [1, mix(deep, hot, 0.65)],
        ],
        [0, 0, 1, 1],
      )
    : defs.linear([
        [0, '#1f2a4a'],
        [1, '#41568c'],
      ]);
  const shapes = vivid ? geometry(scene) : beams(scene, 0, floor, 0, frame.width);
  const width = Math.min(frame.width * 0.62, frame.height * 0.8);
  const height = Math.min(width * 0.54, frame.height * 0.4);
  const x = (frame.width - width) / 2;
  const display = scene.brief.decor.has('screen') ? screen(scene, x, frame.height * 0.1, width, height) : '';
  const stage = platform(
    scene,
    floor,
    frame.width * 0.04,
    frame.width * 0.96,
    vivid ? mix(deep, '#141838', 0.6) : '#2b3658',
  );
  const ground = {
    x: frame.width * 0.07,
    y: floor - frame.height * 0.03,
    width: frame.width * 0.86,
    height: frame.height * 0.045,
  };
  const glow = ellipse(
    frame.width / 2,
    floor - frame.height * 0.01,
    frame.width * 0.42,
    frame.height * 0.05,
    defs.radial([
      [0, '#ffffff', 0.5],
      [1, '#ffffff', 0],
    ]),
  );
  const side = Math.max(frame.width * 0.14, (frame.width - width) / 2 - frame.unit * 0.03);
  const air = [frame.width * 0.03, frame.width * 0.97 - side].map((left) => ({
    x: left,
    y: frame.height * 0.08,
    width: side,
    height: frame.height * 0.42,
  }));
  const lower = rect(
    0,
    floor + frame.height * 0.045,
    frame.width,
    frame.height,
    vivid ? darken(deep, 0.45) : '#18203a',
  );
  return {
    behind:
      rect(0, 0, frame.width, frame.height, wall) +
      shapes +
      display +
      lower +
      stage +
      glow +
      seats(scene, frame.height * 0.86),
    front: '',
    ground,
    air,
    groundColour: vivid ? mix(deep, hot, 0.3) : '#41568c',
    airColour: deep,
    drawn: [
      ...(display === '' ? [] : ['screen']),
      'stage',
      ...(vivid ? ['geometric shapes'] : []),
      ...(scene.brief.decor.has('audience') ? ['audience'] : []),
    ],
  };
};
