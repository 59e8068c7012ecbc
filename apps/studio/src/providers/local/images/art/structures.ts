import { darken, lighten } from '../colour.js';
import { circle, ellipse, num, polygon, rect, shape, stroke } from '../svg.js';
import { bridge, gateway, ironTower, lighthouse, marketStall, marquee } from './buildings.js';
import { type Draw, drawing } from './drawing.js';

const hotAirBalloon: Draw = (random, colour) => {
  const main = colour ?? random.pick(['#e5484d', '#f2994a', '#5e60ce', '#00a896']);
  const gores =
    shape('M8 40A36 38 0 0 1 80 40Q78 62 54 82H34Q10 62 8 40Z', main) +
    shape('M30 40Q30 8 44 2Q58 8 58 40Q56 66 50 82H38Q32 66 30 40Z', lighten(main, 0.5)) +
    shape('M39 40Q39 12 44 2Q49 12 49 40Q48 66 46 82H42Q40 66 39 40Z', main);
  return drawing(
    88,
    112,
    gores,
    stroke('M35 82L38 98M53 82L50 98', '#6b4a2f', 1.2),
    rect(36, 97, 16, 13, '#9a6b42', { rx: 2 }),
    rect(35, 96, 18, 3.4, '#6b4a2f', { rx: 1.5 }),
  );
};

const windmill: Draw = (random) => {
  const turn = random.whole(0, 80);
  const blade = (angle: number): string =>
    `<g transform="translate(50 40) rotate(${angle + turn})">${shape('M-2 0Q-4 -20 0 -38Q3 -20 2 0Z', '#ffffff', { stroke: '#b9c4cf', 'stroke-width': 0.8 })}</g>`;
  return drawing(
    100,
    130,
    polygon(
      [
        [48, 40],
        [52, 40],
        [54, 130],
        [46, 130],
      ],
      '#e8eef3',
    ),
    [0, 120, 240].map(blade).join(''),
    circle(50, 40, 3.4, '#b9c4cf'),
  );
};

const bigScreen: Draw = (_random, colour) => {
  const glow = colour ?? '#2c6bdf';
  const bars = [0, 1, 2, 3, 4]
    .map((index) =>
      rect(22 + index * 11, 62 - index * 7, 7, 12 + index * 7, index % 2 === 0 ? '#ffffff' : '#ffd23f', {
        rx: 1,
      }),
    )
    .join('');
  return drawing(
    160,
    110,
    rect(0, 0, 160, 96, '#262b3d', { rx: 4 }),
    rect(5, 5, 150, 86, glow, { rx: 2 }),
    circle(118, 44, 22, lighten(glow, 0.35)),
    shape('M118 44V22A22 22 0 0 1 139 51Z', '#ffd23f'),
    bars,
    rect(20, 16, 56, 5, '#ffffff', { rx: 2 }),
    rect(20, 26, 36, 4, lighten(glow, 0.5), { rx: 2 }),
    rect(40, 96, 8, 14, '#262b3d'),
    rect(112, 96, 8, 14, '#262b3d'),
  );
};

const network: Draw = (random, colour) => {
  const ink = colour ?? '#2bc4d8';
  const nodes = Array.from({ length: 11 }, (_, index) => {
    const angle = index * 2.4;
    const reach = 6 + Math.sqrt(index / 11) * 40;
    return [50 + Math.cos(angle) * reach, 50 + Math.sin(angle) * reach] as const;
  });
  const links = nodes.flatMap(([x, y], index) =>
    nodes
      .slice(index + 1)
      .filter(([a, b]) => Math.hypot(a - x, b - y) < 34)
      .map(([a, b]) => stroke(`M${num(x)} ${num(y)}L${num(a)} ${num(b)}`, ink, 1.4, { opacity: 0.8 })),
  );
  return drawing(
    100,
    100,
    circle(50, 50, 49, darken(ink, 0.72), { opacity: 0.82 }),
    circle(50, 50, 46, '#ffffff', { 'fill-opacity': 0, stroke: ink, 'stroke-width': 1.4 }),
    links.join(''),
    nodes
      .map(([x, y]) =>
        circle(x, y, random.between(3, 5.4), random.chance(0.3) ? '#ffffff' : lighten(ink, 0.2)),
      )
      .join(''),
    ellipse(50, 50, 0.1, 0.1, ink),
  );
};

/** Buildings and large constructions by name. */
export const STRUCTURES: Readonly<Record<string, Draw>> = {
  gateway,
  'market-stall': marketStall,
  marquee,
  lighthouse,
  bridge,
  'iron-tower': ironTower,
  'hot-air-balloon': hotAirBalloon,
  windmill,
  'big-screen': bigScreen,
  network,
};
