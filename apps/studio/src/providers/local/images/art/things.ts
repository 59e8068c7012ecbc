import { darken, lighten } from '../colour.js';
import { circle, ellipse, num, polygon, rect, shape, stroke } from '../svg.js';
import { bloom, FLOWERS, flowersAlong } from './blooms.js';
import { type Draw, drawing } from './drawing.js';
import { band, dj, speaker } from './performers.js';
import { banquetTable, candles, chess, diya, rangoli } from './tables.js';

const flowerArch: Draw = (random, colour) => {
  const points: Array<readonly [number, number]> = [];
  for (let step = 0; step <= 9; step++) points.push([14, 138 - step * 9], [106, 138 - step * 9]);
  for (let step = 0; step <= 16; step++)
    points.push([60 - Math.cos((step * Math.PI) / 16) * 46, 57 - Math.sin((step * Math.PI) / 16) * 44]);
  const frame = stroke('M14 150V57A46 44 0 0 1 106 57V150', '#f2e6d8', 5);
  const drape =
    shape('M20 58Q26 100 16 150H30Q34 100 24 44Z', '#ffffff', { opacity: 0.75 }) +
    shape('M100 58Q94 100 104 150H90Q86 100 96 44Z', '#ffffff', { opacity: 0.75 });
  return drawing(120, 152, drape, frame, flowersAlong(points, 7, random, colour));
};

const sportsCar: Draw = (_random, colour) => {
  const paint = colour ?? '#e5322d';
  const wheel = (x: number): string =>
    circle(x, 40, 11, '#23232b') +
    circle(x, 40, 6.6, '#c9ced6') +
    circle(x, 40, 2.2, '#5c626c') +
    [0, 1, 2, 3, 4]
      .map((spoke) =>
        stroke(
          `M${x} 40L${num(x + Math.cos(spoke * 1.257) * 6)} ${num(40 + Math.sin(spoke * 1.257) * 6)}`,
          '#7c838f',
          1.3,
        ),
      )
      .join('');
  const shell = shape(
    'M4 36C3 28 8 25 22 23C34 13 46 7 66 7C84 7 94 13 103 21C118 22 128 25 130 33C131 38 129 41 126 41H8C5 41 4 39 4 36Z',
    paint,
  );
  const shade = shape(
    'M4 35C30 31 100 33 130 34C131 39 129 41 126 41H8C5 41 4 39 4 35Z',
    darken(paint, 0.22),
  );
  const glass =
    shape('M34 22C44 13 53 11 64 11V22Z', '#bfe4f5') +
    shape('M68 11C82 11 90 16 97 22H68Z', '#9fd0e8') +
    polygon(
      [
        [50, 22],
        [56, 12.6],
        [59, 12.2],
        [54, 22],
      ],
      '#e8f7fd',
      { opacity: 0.8 },
    );
  const details =
    stroke('M66 23V38', darken(paint, 0.35), 1) +
    rect(71, 26, 8, 2, darken(paint, 0.4), { rx: 1 }) +
    ellipse(124, 28, 5, 2.6, '#fff3b0') +
    rect(4, 28, 5, 4, '#ff9a8a', { rx: 1.5 }) +
    stroke('M12 27Q60 20 118 26', lighten(paint, 0.45), 1.2) +
    shape('M2 20L16 17L16 20L8 24Z', darken(paint, 0.3));
  return drawing(134, 52, shell, shade, glass, details, wheel(30), wheel(104));
};

const flowers: Draw = (random, colour) => {
  const stems = [8, 18, 28, 38, 48].map((x) => ({ x, top: random.between(8, 24) }));
  const body =
    stems
      .map(
        ({ x, top }) =>
          stroke(`M${x} 50Q${x + 2} ${num((top + 50) / 2)} ${x} ${num(top)}`, '#3c7f49', 1.8) +
          ellipse(x + 4, 38, 5, 1.8, '#5ba85c'),
      )
      .join('') + stems.map(({ x, top }) => bloom(x, top, 8, colour ?? random.pick(FLOWERS))).join('');
  return drawing(56, 50, body);
};

/** Party, stage and table drawings by name. */
export const THINGS: Readonly<Record<string, Draw>> = {
  'flower-arch': flowerArch,
  'sports-car': sportsCar,
  chess,
  'banquet-table': banquetTable,
  diya,
  rangoli,
  speaker,
  band,
  dj,
  candles,
  flowers,
  podium: (_random, colour) =>
    drawing(
      48,
      46,
      polygon(
        [
          [3, 4],
          [45, 4],
          [40, 46],
          [8, 46],
        ],
        colour ?? '#8a5b3c',
      ),
      rect(0, 0, 48, 6, lighten(colour ?? '#8a5b3c', 0.2), { rx: 2 }),
    ),
};
