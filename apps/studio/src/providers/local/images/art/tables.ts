import { darken, fromHsl, type Hex, lighten } from '../colour.js';
import { circle, ellipse, num, place, polygon, rect, shape, stroke } from '../svg.js';
import { flowersAlong } from './blooms.js';
import { type Draw, drawing } from './drawing.js';

function chessPiece(x: number, y: number, colour: Hex, tall: boolean): string {
  const line = colour === '#fbf3e0' ? '#6d5a3f' : '#000000';
  const body = tall
    ? 'M-4 0H4L3 -3Q1.6 -9 2.4 -11H-2.4Q-1.6 -9 -3 -3Z'
    : 'M-3.6 0H3.6L2.6 -2.5Q1.2 -5 1.6 -6H-1.6Q-1.2 -5 -2.6 -2.5Z';
  return place(
    x,
    y,
    1,
    shape(body, colour, { stroke: line, 'stroke-width': 0.5 }) +
      circle(0, tall ? -13 : -7.6, tall ? 2.8 : 2.4, colour, { stroke: line, 'stroke-width': 0.5 }),
  );
}

/** A chess table with its men. */
export const chess: Draw = () => {
  const squares: string[] = [];
  const corner = (column: number, row: number): readonly [number, number] => {
    const spread = 52 + row * 3.2;
    return [70 + ((column - 4) / 4) * spread, 24 + row * 3.6];
  };
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      squares.push(
        polygon(
          [
            corner(column, row),
            corner(column + 1, row),
            corner(column + 1, row + 1),
            corner(column, row + 1),
          ],
          (row + column) % 2 === 0 ? '#f3dfb8' : '#8a5a34',
        ),
      );
    }
  }
  const board =
    polygon(
      [
        [14, 21],
        [126, 21],
        [152, 56],
        [-12, 56],
      ],
      '#5d3a20',
    ) + squares.join('');
  const pieces: string[] = [];
  for (const [row, colour] of [
    [0.6, '#3a3340'],
    [6.6, '#fbf3e0'],
  ] as const) {
    for (let column = 0; column < 8; column += 1)
      pieces.push(chessPiece(corner(column + 0.5, row)[0], corner(0, row)[1] + 3, colour, column % 2 === 1));
  }
  const edge = polygon(
    [
      [-12, 56],
      [152, 56],
      [152, 61],
      [-12, 61],
    ],
    '#45291a',
  );
  const legs = rect(2, 60, 9, 30, '#5d3a20') + rect(129, 60, 9, 30, '#5d3a20');
  return drawing(170, 92, `<g transform="translate(14 0)">${legs}${board}${edge}${pieces.join('')}</g>`);
};

/** A laid table with candles, glasses and flowers. */
export const banquetTable: Draw = (random, colour) => {
  const cloth = colour ?? '#fffaf2';
  const folds = [18, 40, 62, 84, 106]
    .map((x) => stroke(`M${x} 44Q${x + 3} 60 ${x} 80`, darken(cloth, 0.12), 1.4))
    .join('');
  const top =
    shape('M4 42Q62 30 120 42L126 82Q62 92 -2 82Z', darken(cloth, 0.05)) +
    ellipse(62, 41, 59, 8, lighten(cloth, 0.3));
  const candle = (x: number): string =>
    rect(x - 1.6, 22, 3.2, 18, '#fff4d6') +
    ellipse(x, 18.5, 1.9, 3.6, '#ffb300') +
    circle(x, 19, 7, '#ffd76a', { opacity: 0.28 });
  const glass = (x: number): string =>
    stroke(`M${x} 41V35`, '#b9cbd8', 1) +
    shape(`M${x - 2.6} 28H${x + 2.6}L${x + 1.8} 34Q${x} 36.4 ${x - 1.8} 34Z`, '#f6d7a0', {
      stroke: '#dbe7ee',
      'stroke-width': 0.6,
    });
  const bunch = flowersAlong(
    [
      [56, 32],
      [62, 28],
      [68, 32],
      [52, 36],
      [72, 36],
      [62, 34],
    ],
    5.4,
    random,
    undefined,
  );
  return drawing(
    128,
    92,
    `<g transform="translate(2 0)">${top}${folds}${[30, 94].map(candle).join('')}${[16, 43, 82, 108].map(glass).join('')}${bunch}</g>`,
  );
};

/** A floor pattern of coloured powder. */
export const rangoli: Draw = (random, colour) => {
  const hue = random.whole(0, 359);
  const ring = (radius: number, petals: number, fill: Hex): string =>
    Array.from(
      { length: petals },
      (_, index) =>
        `<g transform="rotate(${num((360 / petals) * index)})">${ellipse(0, -radius, radius * 0.16 + 2, radius * 0.2 + 2.4, fill)}</g>`,
    ).join('');
  const layers =
    circle(0, 0, 50, colour ?? fromHsl(hue, 0.75, 0.45)) +
    ring(44, 20, '#fff4d0') +
    circle(0, 0, 38, fromHsl(hue + 140, 0.7, 0.42)) +
    ring(31, 14, '#ffd23f') +
    circle(0, 0, 24, fromHsl(hue + 250, 0.75, 0.5)) +
    ring(17, 9, '#fff4d0') +
    circle(0, 0, 9, '#f58220') +
    circle(0, 0, 4, '#ffe9a8');
  return drawing(104, 40, `<g transform="translate(52 20) scale(1 0.38)">${layers}</g>`);
};

/** Three candles on a dish. */
export const candles: Draw = (_random, colour) => {
  const wax = colour ?? '#fff1d0';
  const one = (x: number, top: number): string =>
    circle(x, top - 5, 13, '#ffcf5c', { opacity: 0.25 }) +
    rect(x - 5, top, 10, 56 - top, wax, { rx: 1.5 }) +
    ellipse(x, top, 5, 1.5, darken(wax, 0.14)) +
    shape(
      `M${x} ${top - 12}Q${x + 4.4} ${top - 4} ${x} ${top - 1}Q${x - 4.4} ${top - 4} ${x} ${top - 12}Z`,
      '#ff9d1c',
    ) +
    ellipse(x, top - 4, 1.4, 2.6, '#fff3b0');
  return drawing(
    48,
    58,
    ellipse(24, 55.5, 23, 2.5, darken(wax, 0.45)),
    one(10, 28),
    one(24, 17),
    one(38, 33),
  );
};

/** A burning clay lamp. */
export const diya: Draw = (_random, colour) => {
  const clay = colour ?? '#c8642e';
  const flame =
    shape('M32 2Q40 14 32 23Q24 14 32 2Z', '#ff9d1c') + shape('M32 9Q36 16 32 22Q28 16 32 9Z', '#fff3b0');
  const bowl =
    shape('M4 24Q32 32 60 24Q58 42 40 44H24Q6 42 4 24Z', clay) +
    ellipse(32, 25, 28, 5, darken(clay, 0.3)) +
    ellipse(32, 25, 23, 3.4, '#f2b33d');
  const dots = [14, 23, 32, 41, 50]
    .map((x, index) =>
      circle(x, 35 + (2 - Math.abs(index - 2)) * 1.4, 1.9, index % 2 === 0 ? '#ffe08a' : '#ffffff'),
    )
    .join('');
  return drawing(
    64,
    45,
    circle(32, 14, 20, '#ffd76a', { opacity: 0.3 }),
    circle(32, 14, 13, '#ffe9a8', { opacity: 0.4 }),
    bowl,
    dots,
    flame,
  );
};
