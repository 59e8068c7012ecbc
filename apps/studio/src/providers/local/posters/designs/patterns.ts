import type { Random } from '../../images/random.js';
import type { DrawItem } from '../draw-items.js';
import type { Colour, LayoutNode, Rect } from '../layout-tree.js';
import { circlePath, polygonPath, roundedPath } from '../outlines.js';
import { art, path, type Point, stroke } from './ornaments.js';

/** Tiles of quarter circles, circles and bars: a pattern for where no picture is. */
export function tiles(colours: readonly Colour[], random: Random, ground: Colour, columns = 4): LayoutNode {
  const seeds = Array.from({ length: 400 }, () => [random.next(), random.next(), random.next()] as const);
  return art(({ x, y, width, height }) => {
    const { across, down } = grid({ width, height }, columns);
    const [side, tall] = [width / across, height / down];
    const items: DrawItem[] = [{ kind: 'rect', rect: { x, y, width, height }, fill: ground }];
    for (let index = 0; index < across * down; index++) {
      const [kind = 0, tint = 0, turn = 0] = seeds[index % seeds.length] ?? [];
      const colour = colours[Math.floor(tint * colours.length)] ?? 'accent';
      const cell = {
        x: x + (index % across) * side,
        y: y + Math.floor(index / across) * tall,
        width: side,
        height: tall,
      };
      items.push(...tile(cell, kind, colour, Math.floor(turn * 4)));
    }
    return items;
  });
}

/** About so many columns on the shorter side, and as many rows as make the tiles most nearly square. */
export function grid({ width, height }: Pick<Rect, 'width' | 'height'>, columns: number) {
  const wanted = width > height ? Math.round((columns * width) / height) : columns;
  const offers = Array.from({ length: 4 }, (_, more) => {
    const across = wanted + more;
    const down = Math.max(1, Math.round((height * across) / width));
    return { across, down, stretch: Math.abs(Math.log((width * down) / (height * across))) };
  });
  return offers.reduce((best, offer) => (offer.stretch < best.stretch - 0.01 ? offer : best));
}

function tile({ x, y, width, height }: Rect, kind: number, colour: Colour, turn: number): DrawItem[] {
  if (kind < 0.34) {
    const corner: Point = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ][turn] as [number, number];
    const from = (Math.PI / 2) * turn;
    const arc = Array.from({ length: 19 }, (_, index): Point => {
      const angle = from + (Math.PI / 2) * (index / 18);
      return [corner[0] + Math.cos(angle) * width, corner[1] + Math.sin(angle) * height];
    });
    return [path(polygonPath([corner, ...arc]), colour)];
  }
  if (kind < 0.52)
    return [path(circlePath(x + width / 2, y + height / 2, Math.min(width, height) * 0.36), colour)];
  if (kind < 0.66)
    return [0, 1, 2].map((bar) =>
      path(roundedPath({ x, y: y + (height * (bar * 2 + 0.5)) / 6, width, height: height / 6 }, 0), colour),
    );
  if (kind < 0.8)
    return [
      path(
        polygonPath([[x, y], [x + width, y], turn < 2 ? [x, y + height] : [x + width, y + height]]),
        colour,
      ),
    ];
  return [];
}

/** Soft round lights, one over the other: depth without a picture. */
export function glows(colours: readonly Colour[], random: Random): LayoutNode {
  const lights = Array.from({ length: 7 }, (_, index) => ({
    x: random.between(-0.1, 1.1),
    y: random.between(-0.05, 1.05),
    r: random.between(0.25, 0.55),
    colour: colours[index % colours.length] ?? 'accent',
  }));
  return art(({ x, y, width, height }) =>
    lights.map((light): DrawItem => {
      const radius = light.r * Math.max(width, height);
      const [cx, cy] = [x + light.x * width, y + light.y * height];
      return {
        kind: 'rect',
        rect: { x: cx - radius, y: cy - radius, width: radius * 2, height: radius * 2 },
        fill: {
          towards: 'outwards',
          stops: [
            { at: 0, colour: light.colour, opacity: 0.5 },
            { at: 0.5, colour: light.colour, opacity: 0.2 },
            { at: 1, colour: light.colour, opacity: 0 },
          ],
        },
      };
    }),
  );
}

/** Thin concentric arcs. */
export function arcs(colour: Colour, [cx, cy]: Point, opacity: number, count = 14): LayoutNode {
  return art(({ x, y, width, height }, unit) =>
    Array.from({ length: count }, (_, index) =>
      stroke(
        circlePath(x + width * cx, y + height * cy, unit * (6 + index * 5)),
        colour,
        unit * 0.18,
        opacity,
      ),
    ),
  );
}
