import type { Random } from '../random.js';
import type { Hex } from '../colour.js';

/** A piece of art in its own units: it fills the box and stands on its lower edge. */
export interface Drawing {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}

/** Draws one thing; `colour` recolours its main part. */
export type Draw = (random: Random, colour: Hex | undefined) => Drawing;

/** A drawing from its parts; it fills its box. */
export const drawing = (width: number, height: number, ...parts: string[]): Drawing => ({
  body: parts.join(''),
  width,
  height,
});
