import type { Random } from '../../images/random.js';
import type { DrawItem } from '../draw-items.js';
import type { ArtNode, Colour, LayoutNode } from '../layout-tree.js';
import { circlePath, linePath, polygonPath } from '../outlines.js';

export type Point = readonly [x: number, y: number];
const n = (value: number): string => String(Math.round(value * 100) / 100);
const TURN = Math.PI * 2;

export const art = (draw: ArtNode['draw']): LayoutNode => ({ type: 'art', draw });

export const path = (d: string, fill: Colour, opacity?: number): DrawItem => ({
  kind: 'path',
  d,
  fill,
  ...(opacity === undefined ? {} : { opacity }),
});
export const stroke = (d: string, colour: Colour, width: number, opacity?: number): DrawItem => ({
  kind: 'path',
  d,
  stroke: { width, colour },
  ...(opacity === undefined ? {} : { opacity }),
});

/** A pointed leaf from a point, `angle` in radians. */
function leaf([x, y]: Point, length: number, angle: number, breadth = 0.34): string {
  const at = (along: number, aside: number): string =>
    `${n(x + Math.cos(angle) * along * length - Math.sin(angle) * aside * length)} ${n(y + Math.sin(angle) * along * length + Math.cos(angle) * aside * length)}`;
  return `M${n(x)} ${n(y)}C${at(0.25, breadth)} ${at(0.75, breadth * 0.9)} ${at(1, 0)}C${at(0.75, -breadth * 0.9)} ${at(0.25, -breadth)} ${n(x)} ${n(y)}Z`;
}

/** A branch that bends, with leaves in pairs that grow smaller. */
function branch(
  [x, y]: Point,
  length: number,
  angle: number,
  bend: number,
  leaves: number,
): { stem: string; leaves: string[] } {
  const points: Point[] = [[x, y]];
  const blades: string[] = [];
  let heading = angle;
  let at: Point = [x, y];
  for (let index = 1; index <= leaves; index++) {
    heading += bend / leaves;
    at = [at[0] + (Math.cos(heading) * length) / leaves, at[1] + (Math.sin(heading) * length) / leaves];
    points.push(at);
    const size = length * (0.3 - (0.16 * index) / leaves);
    blades.push(leaf(at, size, heading + 0.85), leaf(at, size, heading - 0.85));
  }
  blades.push(leaf(at, length * 0.18, heading));
  return { stem: linePath(points), leaves: blades };
}

/** Leaves and blossoms in opposite corners. */
export function botanicalCorners(colours: readonly [Colour, Colour, Colour], size = 26): LayoutNode {
  return art((rect, unit) => {
    const items: DrawItem[] = [];
    const reach = Math.min(size * unit, rect.width * 0.42, rect.height * 0.42);
    const corners: readonly (readonly [Point, number])[] = [
      [[rect.x, rect.y], 0],
      [[rect.x + rect.width, rect.y + rect.height], Math.PI],
    ];
    for (const [[x, y], turn] of corners) {
      const side = turn === 0 ? 1 : -1;
      const start: Point = [x + side * reach * 0.06, y + side * reach * 0.06];
      const arms: readonly (readonly [number, number, number])[] = [
        [0.12, 0.35, 0.95],
        [Math.PI / 2 - 0.12, -0.35, 0.95],
        [0.5, 0.3, 0.62],
        [Math.PI / 2 - 0.5, -0.3, 0.62],
        [Math.PI / 4, 0, 0.5],
      ];
      arms.forEach(([angle, bend, length], index) => {
        const grown = branch(start, reach * length, angle + turn, bend, 7);
        const colour = index % 2 === 0 ? colours[0] : colours[1];
        items.push(stroke(grown.stem, colours[0], unit * 0.16, 0.8));
        grown.leaves.forEach((blade, at) => items.push(path(blade, colour, at % 2 === 0 ? 0.95 : 0.78)));
      });
      const blooms: readonly (readonly [number, number, number])[] = [
        [0.1, 0.1, 0.1],
        [0.3, 0.09, 0.07],
        [0.09, 0.3, 0.07],
      ];
      for (const [dx, dy, radius] of blooms)
        items.push(...blossom([x + side * dx * reach, y + side * dy * reach], radius * reach, colours[2]));
    }
    return items;
  });
}

function blossom([x, y]: Point, radius: number, colour: Colour): DrawItem[] {
  const petals = Array.from({ length: 6 }, (_, index) => {
    const angle = (TURN * index) / 6;
    return path(
      circlePath(x + Math.cos(angle) * radius * 0.62, y + Math.sin(angle) * radius * 0.62, radius * 0.52),
      colour,
      0.92,
    );
  });
  return [...petals, path(circlePath(x, y, radius * 0.34), '#f6e7b8')];
}

/** A short flourish: a line, a diamond, a line. */
export function flourish(colour: Colour): LayoutNode {
  return {
    ...(art((rect, unit) => {
      const middle: Point = [rect.x + rect.width / 2, rect.y + rect.height / 2];
      const arm = Math.min(unit * 14, rect.width * 0.4);
      const gem = unit * 0.9;
      const curl = (side: number): string =>
        `M${n(middle[0] + side * gem * 1.8)} ${n(middle[1])}C${n(middle[0] + side * arm * 0.5)} ${n(middle[1] - unit * 1.5)} ${n(middle[0] + side * arm * 0.7)} ${n(middle[1] + unit * 1.3)} ${n(middle[0] + side * arm)} ${n(middle[1])}`;
      return [
        stroke(curl(1), colour, unit * 0.2),
        stroke(curl(-1), colour, unit * 0.2),
        path(
          polygonPath([
            [middle[0], middle[1] - gem],
            [middle[0] + gem, middle[1]],
            [middle[0], middle[1] + gem],
            [middle[0] - gem, middle[1]],
          ]),
          colour,
        ),
        path(circlePath(middle[0] + arm, middle[1], unit * 0.32), colour),
        path(circlePath(middle[0] - arm, middle[1], unit * 0.32), colour),
      ];
    }) as ArtNode),
    height: 3.2,
  };
}

/** Frames inside the edge of the page. */
export function frames(
  colour: Colour,
  insets: readonly (readonly [inset: number, width: number])[],
): LayoutNode {
  return art(({ x, y, width, height }, unit) =>
    insets.map(([inset, thickness]) => ({
      kind: 'rect',
      rect: {
        x: x + inset * unit,
        y: y + inset * unit,
        width: width - inset * unit * 2,
        height: height - inset * unit * 2,
      },
      stroke: { width: thickness * unit, colour },
    })),
  );
}

/** Rays from a point, the point as shares of the page. */
export function sunburst(colour: Colour, [cx, cy]: Point, opacity: number, rays = 18): LayoutNode {
  return art(({ x, y, width, height }) => {
    const middle: Point = [x + width * cx, y + height * cy];
    const far = Math.hypot(width, height);
    return Array.from({ length: rays }, (_, index) => {
      const [from, to] = [(TURN * index) / rays, (TURN * (index + 0.5)) / rays];
      const end = (angle: number): Point => [
        middle[0] + Math.cos(angle) * far,
        middle[1] + Math.sin(angle) * far,
      ];
      return path(polygonPath([middle, end(from), end(to)]), colour, opacity);
    });
  });
}

/** Art-deco fans in the corners. */
export function decoFans(colour: Colour, size = 20): LayoutNode {
  return art((rect, unit) => {
    const items: DrawItem[] = [];
    const inset = unit * 3.4;
    const reach = Math.min(size * unit, rect.width * 0.26, rect.height * 0.26);
    const corners: readonly (readonly [number, number, number, number])[] = [
      [rect.x + inset, rect.y + inset, 1, 1],
      [rect.x + rect.width - inset, rect.y + inset, -1, 1],
      [rect.x + inset, rect.y + rect.height - inset, 1, -1],
      [rect.x + rect.width - inset, rect.y + rect.height - inset, -1, -1],
    ];
    for (const [x, y, dx, dy] of corners) {
      for (let step = 0; step <= 6; step++) {
        const angle = (Math.PI / 2) * (step / 6);
        items.push(
          stroke(
            linePath([
              [x, y],
              [x + dx * Math.cos(angle) * reach, y + dy * Math.sin(angle) * reach],
            ]),
            colour,
            unit * 0.16,
            0.85,
          ),
        );
      }
      for (const part of [0.55, 0.8, 1]) {
        const arc = Array.from({ length: 25 }, (_, index): Point => {
          const angle = (Math.PI / 2) * (index / 24);
          return [x + dx * Math.cos(angle) * reach * part, y + dy * Math.sin(angle) * reach * part];
        });
        items.push(stroke(linePath(arc), colour, unit * 0.2));
      }
    }
    return items;
  });
}

/** Confetti over the whole, thinner in the middle where words stand. */
export function confetti(colours: readonly Colour[], random: Random, count = 110): LayoutNode {
  const bits = Array.from({ length: count }, () => ({
    x: random.next(),
    y: random.next(),
    size: random.between(0.5, 1.3),
    angle: random.between(0, TURN),
    round: random.chance(0.4),
    colour: colours[random.whole(0, colours.length - 1)] ?? 'accent',
  }));
  return art((rect, unit) =>
    bits.map(({ x, y, size, angle, round, colour }) => {
      const [cx, cy, r] = [rect.x + x * rect.width, rect.y + y * rect.height, size * unit];
      if (round) return path(circlePath(cx, cy, r * 0.6), colour, 0.9);
      const corner = (a: number, b: number): Point => [
        cx + Math.cos(angle) * a * r - Math.sin(angle) * b * r,
        cy + Math.sin(angle) * a * r + Math.cos(angle) * b * r,
      ];
      return path(
        polygonPath([corner(-1, -0.36), corner(1, -0.36), corner(1, 0.36), corner(-1, 0.36)]),
        colour,
        0.9,
      );
    }),
  );
}

/** A string of pennants along the top. */
export function bunting(colours: readonly Colour[], drop = 5): LayoutNode {
  return art(({ x, y, width }, unit) => {
    const count = Math.max(7, Math.round(width / (unit * 7.5)));
    const at = (part: number): Point => [
      x + width * part,
      y + unit * (0.5 + drop * Math.sin(Math.PI * part)),
    ];
    const cord = linePath(Array.from({ length: 41 }, (_, index) => at(index / 40)));
    const flags = Array.from({ length: count }, (_, index) => {
      const [from, to] = [at((index + 0.1) / count), at((index + 0.9) / count)];
      const tip: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 + unit * 6.2];
      return path(polygonPath([from, to, tip]), colours[index % colours.length] ?? 'accent');
    });
    return [...flags, stroke(cord, 'ink', unit * 0.22, 0.75)];
  });
}
