import type { NoiseFunction2D } from 'simplex-noise';
import type { Hex } from '../colour.js';
import type { Palette } from '../palette.js';
import type { Brief } from '../prompt/brief.js';
import type { Random } from '../random.js';
import type { Box, Definitions, Frame } from '../svg.js';

/** All a painter needs. */
export interface Scene {
  readonly frame: Frame;
  readonly brief: Brief;
  readonly palette: Palette;
  readonly random: Random;
  readonly noise: NoiseFunction2D;
  readonly defs: Definitions;
}

/** A painted place and where things may be put in it. */
export interface Backdrop {
  readonly behind: string;
  /** Painted over the subjects' feet at most: never over their heads. */
  readonly front: string;
  /** Things stand with their lower edge inside this box. */
  readonly ground: Box;
  /** Things float inside these boxes. */
  readonly air: readonly Box[];
  /** The colour behind standing and floating things, for their contrast. */
  readonly groundColour: Hex;
  readonly airColour: Hex;
  /** Parts of the place worth naming to the caller. */
  readonly drawn: readonly string[];
}

/** Paints one setting. */
export type PaintBackdrop = (scene: Scene) => Backdrop;

/** Where the land ends, as a share of the height: chosen between two values, higher in very tall pictures, so that there is ground to stand on. */
export function horizon({ frame, random }: Scene, from: number, to: number): number {
  return random.between(from, to) * (frame.height / frame.width > 2.2 ? 0.7 : 1);
}

/** The usual zones of a place with a horizon or a skirting line at `line` (share of the height). */
export function zones({ width, height }: Frame, line: number, floor = 0.965): { ground: Box; air: Box[] } {
  const top = height * Math.min(line + (floor - line) * 0.3, 0.93);
  return {
    ground: {
      x: width * 0.04,
      y: top,
      width: width * 0.92,
      height: Math.max(height * 0.02, height * floor - top),
    },
    air: [
      { x: width * 0.05, y: height * 0.05, width: width * 0.9, height: height * Math.max(0.25, line - 0.1) },
    ],
  };
}
