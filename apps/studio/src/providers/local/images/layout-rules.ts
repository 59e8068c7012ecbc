import type { Drawing } from './art/drawing.js';
import type { Layer, Subject } from './prompt/brief.js';
import type { Box, Frame } from './svg.js';

/** One thing to be put into the picture. */
export interface Item {
  readonly subject: Subject;
  readonly drawing: Drawing;
}

/** An item with its place; things later in a list of placements are nearer to the viewer. */
export interface Placed extends Item {
  readonly box: Box;
  readonly layer: Layer;
}

/** Where things may be put. */
export interface Room {
  readonly frame: Frame;
  readonly ground: Box;
  readonly air: readonly Box[];
  /** Nothing reaches above this height in pixels (a title may be there). */
  readonly ceiling: number;
}

/** The part of a picture that things keep to, as shares of its width and height from the upper left. */
export interface SafeArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Largest share of the smaller of two things that the other may cover. */
export const MOST_OVERLAP = 0.34;

/** Free width around a thing, as a factor. */
export const GAP = 1.08;

/** Height of a thing of weight 1, as a share of the picture's height, before the room runs out. */
export const LARGEST: Readonly<Record<Layer, number>> = { back: 0.27, ground: 0.36, front: 0.34, air: 0.3 };

/** The same in a wide strip, where height is what there is too little of. */
export const STRIP = 0.6;

/** True for pictures much wider than high. */
export const isStrip = ({ frame }: Room): boolean => frame.width / frame.height > 2.2;

/** In wide pictures things grow with the width: else they would stand small and far apart. At most as much as leaves their heads room. */
export const broadness = ({ frame }: Room): number =>
  Math.min(1.4, Math.max(1, 1 + (frame.width / frame.height - 1) * 0.55));

/** Width by height. */
export const aspect = ({ drawing }: Item): number => drawing.width / drawing.height;

/** An item's width when weight 1 is `size` high. */
export const widthAt = (item: Item, size: number): number => size * item.subject.weight * aspect(item);

/** Share of the smaller box that lies under the other. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.max(1, Math.min(a.width * a.height, b.width * b.height));
}
