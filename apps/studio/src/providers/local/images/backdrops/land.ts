import { darken, mix } from '../colour.js';
import { horizon, type PaintBackdrop } from './backdrop.js';
import { garden, snowfield } from './gardens.js';
import { mist } from './sky.js';
import { field, peaksOn, ridge, winterGround } from './terrain.js';
import { broadleaves, conifers } from './trees.js';

const mountain: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.6, 0.66);
  const base = frame.height * (line + 0.05);
  const peaks = peaksOn(scene, base, 0.5);
  const hills = ridge(
    scene,
    base - frame.height * 0.02,
    frame.height * 0.05,
    1.1,
    3,
    mix(palette.near, palette.far, 0.5),
  );
  const trees = conifers(
    scene,
    base + frame.height * 0.005,
    frame.unit * 0.1,
    Math.round(16 * (frame.width / frame.unit)),
    darken(palette.foliage, 0.35),
    scene.brief.season === 'winter',
  );
  return field(
    scene,
    line,
    peaks + mist(scene, base - frame.height * 0.16, frame.height * 0.14, 0.4) + hills + trees,
    winterGround(scene, palette.near),
    ['mountains'],
  );
};

const forest: PaintBackdrop = (scene) => {
  const { frame, palette, brief } = scene;
  const line = horizon(scene, 0.6, 0.66);
  const y = frame.height * line;
  const snowy = brief.season === 'winter' || brief.weather === 'snow';
  const green = snowy
    ? mix('#3f6b66', palette.sky[1], 0.2)
    : brief.season === 'autumn'
      ? '#c0702c'
      : darken(palette.foliage, 0.22);
  const rows = [0.75, 0.45, 0.1].map((haze, row) => {
    const tone = mix(green, palette.sky[2], haze);
    const size = frame.height * (0.27 + row * 0.07);
    const count = Math.max(5, Math.round((13 - row * 3) * Math.max(1, frame.width / frame.height)));
    const at = y + frame.height * (0.01 + row * 0.018);
    return brief.season === 'autumn'
      ? broadleaves(scene, at, size * 0.95, count, tone)
      : conifers(scene, at, size, count, tone, snowy);
  });
  return field(
    scene,
    line,
    rows.join(mist(scene, y - frame.height * 0.16, frame.height * 0.18, 0.3)),
    winterGround(scene, mix(palette.near, '#4b3f2a', 0.15)),
    ['forest'],
  );
};

const desert: PaintBackdrop = (scene) => {
  const { frame } = scene;
  const line = horizon(scene, 0.58, 0.64);
  const sand = scene.palette.night ? '#5d5470' : mix('#e7b56f', scene.palette.sky[2], 0.12);
  const dunes = [0.1, 0.05]
    .map((up, index) =>
      ridge(
        scene,
        frame.height * (line - up + 0.03),
        frame.height * 0.08,
        0.55 + index * 0.2,
        5 + index,
        mix(sand, scene.palette.sky[2], 0.5 - index * 0.25),
      ),
    )
    .join('');
  return field(scene, line, dunes, sand, ['dunes']);
};

const countryside: PaintBackdrop = (scene) => {
  const { frame, palette } = scene;
  const line = horizon(scene, 0.58, 0.64);
  const y = frame.height * line;
  const hills = [0.5, 0.28]
    .map((haze, index) =>
      ridge(
        scene,
        y - frame.height * (0.07 - index * 0.04),
        frame.height * 0.09,
        0.7 + index * 0.3,
        4 + index,
        mix(palette.near, palette.sky[2], haze),
      ),
    )
    .join('');
  const trees = broadleaves(
    scene,
    y + frame.height * 0.012,
    frame.unit * 0.13,
    Math.max(4, Math.round(5 * (frame.width / frame.unit))),
    darken(palette.foliage, 0.12),
  );
  return field(scene, line, hills + trees, winterGround(scene, palette.near), ['countryside']);
};

/** Places on dry land. */
export const LAND = {
  mountain,
  forest,
  desert,
  countryside,
  garden,
  snowfield,
  camp: forest,
} as const satisfies Record<string, PaintBackdrop>;
