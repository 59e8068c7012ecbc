import { darken, type Hex, lighten } from '../colour.js';
import { circle, num, polygon, rect, shape, stroke } from '../svg.js';
import { type Draw, drawing } from './drawing.js';

const dome = (x: number, y: number, radius: number, colour: Hex): string =>
  shape(
    `M${x - radius} ${y}Q${x - radius * 1.1} ${y - radius * 1.1} ${x} ${y - radius * 1.7}Q${x + radius * 1.1} ${y - radius * 1.1} ${x + radius} ${y}Z`,
    colour,
  );

/** A monumental gate. */
export const gateway: Draw = (_random, colour) => {
  const stone = colour ?? '#d9b27c';
  const shade = darken(stone, 0.2);
  const arch = (x: number, y: number, half: number, foot: number): string =>
    shape(
      `M${x - half} ${foot}V${y}Q${x - half} ${y - half * 0.9} ${x} ${y - half * 1.5}Q${x + half} ${y - half * 0.9} ${x + half} ${y}V${foot}Z`,
      darken(stone, 0.55),
    );
  const tower = (x: number): string =>
    rect(x - 7, 22, 14, 98, lighten(stone, 0.08)) +
    rect(x - 9, 40, 18, 3, shade) +
    rect(x - 9, 20, 18, 4, shade) +
    dome(x, 20, 7, stone) +
    stroke(`M${x} 8V3`, shade, 1.4);
  const walls =
    rect(6, 62, 148, 58, stone) +
    rect(6, 58, 148, 5, shade) +
    rect(42, 30, 76, 90, lighten(stone, 0.12)) +
    rect(40, 26, 80, 5, shade) +
    rect(52, 38, 56, 3, shade);
  return drawing(
    160,
    122,
    walls,
    [50, 110].map(tower).join(''),
    arch(80, 74, 16, 120),
    arch(25, 92, 8, 120),
    arch(135, 92, 8, 120),
    rect(0, 117, 160, 5, shade),
  );
};

/** A stall under an awning. */
export const marketStall: Draw = (random, colour) => {
  const cloth = colour ?? random.pick(['#e5484d', '#0f9d8a', '#f2994a']);
  const stripes = Array.from({ length: 8 }, (_, index) =>
    shape(
      `M${index * 15 + 4} 22L${index * 13 + 12} 4H${index * 13 + 25}L${index * 15 + 19} 22V28Q${index * 15 + 11.5} 36 ${index * 15 + 4} 28Z`,
      index % 2 === 0 ? cloth : '#fff8ee',
    ),
  ).join('');
  const goods = Array.from({ length: 9 }, (_, index) =>
    circle(
      18 + index * 11,
      66 - (index % 2) * 4,
      6,
      random.pick(['#f9c846', '#e5484d', '#8ac64a', '#f58220']),
    ),
  ).join('');
  return drawing(
    128,
    104,
    rect(10, 24, 5, 80, '#8a5b3c'),
    rect(113, 24, 5, 80, '#8a5b3c'),
    goods,
    rect(6, 70, 116, 34, '#a9744d', { rx: 2 }),
    rect(4, 67, 120, 6, '#c08a5e', { rx: 2 }),
    stripes,
  );
};

/** A party tent. */
export const marquee: Draw = (_random, colour) => {
  const cloth = colour ?? '#fff4e2';
  const posts = [10, 60, 110, 158].map((x) => rect(x, 44, 4, 62, '#c9ad85')).join('');
  const roof =
    shape('M2 46Q44 36 52 8Q60 30 84 20Q108 30 116 8Q126 36 170 46Z', cloth) +
    shape('M2 46Q44 36 52 8Q50 36 52 46Z', darken(cloth, 0.09)) +
    shape('M116 8Q118 36 120 46L170 46Q126 36 116 8Z', darken(cloth, 0.09));
  const trim = Array.from({ length: 14 }, (_, index) =>
    shape(
      `M${2 + index * 12} 45H${14 + index * 12}Q${8 + index * 12} 56 ${2 + index * 12} 45Z`,
      index % 2 === 0 ? '#e8a0a8' : cloth,
    ),
  ).join('');
  const flags =
    polygon(
      [
        [52, 8],
        [52, 0],
        [62, 4],
      ],
      '#e5484d',
    ) +
    polygon(
      [
        [116, 8],
        [116, 0],
        [126, 4],
      ],
      '#e5484d',
    );
  return drawing(
    172,
    106,
    rect(12, 50, 150, 56, darken(cloth, 0.35), { opacity: 0.35 }),
    posts,
    roof,
    trim,
    flags,
  );
};

/** A lighthouse. */
export const lighthouse: Draw = (_random, colour) => {
  const band = colour ?? '#e5322d';
  const glow = polygon(
    [
      [30, 22],
      [-20, 8],
      [-20, 40],
    ],
    '#ffe99a',
    { opacity: 0.45 },
  );
  return drawing(
    60,
    130,
    `<g>${glow}</g>`,
    polygon(
      [
        [20, 34],
        [40, 34],
        [47, 130],
        [13, 130],
      ],
      '#f7f3ea',
    ),
    polygon(
      [
        [18.6, 52],
        [41.4, 52],
        [43, 74],
        [17, 74],
      ],
      band,
    ),
    polygon(
      [
        [15.6, 94],
        [44.4, 94],
        [46, 116],
        [14, 116],
      ],
      band,
    ),
    rect(16, 30, 28, 5, '#33415c'),
    rect(22, 16, 16, 14, '#ffe99a'),
    polygon(
      [
        [19, 16],
        [41, 16],
        [30, 4],
      ],
      band,
    ),
    rect(26, 116, 8, 14, '#33415c', { rx: 3 }),
  );
};

/** A suspension bridge. */
export const bridge: Draw = (_random, colour) => {
  const steel = colour ?? '#c8553d';
  const cables = Array.from({ length: 13 }, (_, index) =>
    stroke(
      `M${64 + index * 10} 70V${num(20 + ((index - 6) / 6) ** 2 * -6 + 40 - Math.abs(index - 6) * 6)}`,
      steel,
      1,
    ),
  ).join('');
  return drawing(
    248,
    100,
    stroke('M0 68Q40 50 60 8Q124 96 188 8Q208 50 248 68', steel, 3),
    cables,
    rect(55, 6, 10, 94, steel),
    rect(183, 6, 10, 94, steel),
    rect(0, 68, 248, 7, darken(steel, 0.25)),
    rect(55, 26, 10, 4, darken(steel, 0.3)),
    rect(183, 26, 10, 4, darken(steel, 0.3)),
  );
};

/** A lattice tower. */
export const ironTower: Draw = (_random, colour) => {
  const iron = colour ?? '#8a6d54';
  const body = shape(
    'M47 18H53Q56 70 70 100Q78 122 92 150H74Q66 128 50 128Q34 128 26 150H8Q22 122 30 100Q44 70 47 18Z',
    iron,
  );
  const lattice = [40, 52, 64, 76, 88]
    .map((y, index) =>
      stroke(
        `M${48 - index * 2.4} ${y}L${54 + index * 2.8} ${y + 12}M${52 + index * 2.4} ${y}L${46 - index * 2.8} ${y + 12}`,
        lighten(iron, 0.3),
        1,
      ),
    )
    .join('');
  const decks =
    rect(38, 66, 24, 4, darken(iron, 0.25), { rx: 1 }) +
    rect(25, 103, 50, 5, darken(iron, 0.25), { rx: 1 }) +
    rect(44, 17, 12, 4, darken(iron, 0.25), { rx: 1 });
  return drawing(100, 150, body, lattice, decks, stroke('M50 18V3', iron, 2));
};
