import type { Hex } from './colour.js';

/** The drawing area, in pixels; `unit` is the shorter side, the measure of all decoration. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
}

/** A rectangle in pixels, from its top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const frameOf = (width: number, height: number): Frame => ({
  width,
  height,
  unit: Math.min(width, height),
});

/** `count` pieces, joined. */
export const times = (count: number, draw: (index: number, count: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index, count)).join('');

/** Numbers with at most two decimals keep the SVG small and the same on all machines. */
export const num = (value: number): string => String(Math.round(value * 100) / 100);

/** A path from points, closed when asked. */
export function path(points: ReadonlyArray<readonly [number, number]>, closed = true): string {
  return (
    points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('') +
    (closed ? 'Z' : '')
  );
}

/** Attributes are numbers and {@link Hex} colours only, so that no prompt text can enter the markup. */
export type Attributes = Readonly<Record<string, number | Hex | undefined>>;

function attributes(values: Attributes): string {
  return Object.entries(values)
    .flatMap(([key, value]) =>
      value === undefined ? [] : [` ${key}="${typeof value === 'number' ? num(value) : value}"`],
    )
    .join('');
}

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  rest: Attributes = {},
): string =>
  `<rect x="${num(x)}" y="${num(y)}" width="${num(Math.max(0, width))}" height="${num(Math.max(0, height))}" fill="${fill}"${attributes(rest)}/>`;

export const circle = (x: number, y: number, radius: number, fill: string, rest: Attributes = {}): string =>
  `<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}" fill="${fill}"${attributes(rest)}/>`;

export const ellipse = (
  x: number,
  y: number,
  rx: number,
  ry: number,
  fill: string,
  rest: Attributes = {},
): string =>
  `<ellipse cx="${num(x)}" cy="${num(y)}" rx="${num(rx)}" ry="${num(ry)}" fill="${fill}"${attributes(rest)}/>`;

export const shape = (d: string, fill: string, rest: Attributes = {}): string =>
  `<path d="${d}" fill="${fill}"${attributes(rest)}/>`;

export const stroke = (d: string, colour: string, width: number, rest: Attributes = {}): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${num(width)}" stroke-linecap="round" stroke-linejoin="round"${attributes(rest)}/>`;

export const polygon = (
  points: ReadonlyArray<readonly [number, number]>,
  fill: string,
  rest: Attributes = {},
): string => shape(path(points), fill, rest);

/** Moves and scales a piece of markup. */
export const place = (x: number, y: number, scale: number, body: string, flip = false): string =>
  `<g transform="translate(${num(x)} ${num(y)}) scale(${(flip ? -scale : scale).toFixed(4)} ${scale.toFixed(4)})">${body}</g>`;

/** One colour stop: offset 0-1, colour, opacity 0-1 (default 1). */
export type Stop = readonly [offset: number, colour: string, opacity?: number];

const stopsOf = (stops: readonly Stop[]): string =>
  stops
    .map(
      ([offset, colour, opacity]) =>
        `<stop offset="${num(offset)}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${num(opacity)}"`}/>`,
    )
    .join('');

/** Collects gradient definitions under ids of its own making. */
export class Definitions {
  private readonly items: string[] = [];

  /** A gradient over the painted shape's box, from top to bottom unless told otherwise. @returns a `fill` value */
  linear(
    stops: readonly Stop[],
    [x1, y1, x2, y2]: readonly [number, number, number, number] = [0, 0, 0, 1],
  ): string {
    return this.add('linearGradient', `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`, stopsOf(stops));
  }

  /** A gradient from the centre of the painted shape's box to its edge. @returns a `fill` value */
  radial(stops: readonly Stop[]): string {
    return this.add('radialGradient', 'cx="0.5" cy="0.5" r="0.5"', stopsOf(stops));
  }

  toString(): string {
    return this.items.length === 0 ? '' : `<defs>${this.items.join('')}</defs>`;
  }

  private add(element: string, geometry: string, content: string): string {
    const id = `g${this.items.length}`;
    this.items.push(`<${element} id="${id}" ${geometry}>${content}</${element}>`);
    return `url(#${id})`;
  }
}
