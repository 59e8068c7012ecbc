import type { Face } from './fonts.js';
import type { Paint, Rect } from './layout-tree.js';
import type { Run } from './shaping.js';

/** One line of text; `x` and `baseline` are pixels. */
export interface TextItem {
  readonly kind: 'text';
  readonly text: string;
  readonly runs: readonly Run[];
  readonly face: Face;
  readonly x: number;
  readonly baseline: number;
  /** Pixels. */
  readonly size: number;
  readonly tracking: number;
  readonly colour: Paint;
  /** What the line covers. */
  readonly box: Rect;
  /** The room that it was given. */
  readonly room: Rect;
}

/** What is drawn, in the order of drawing. All lengths are pixels. */
export type DrawItem =
  | TextItem
  | {
      readonly kind: 'rect';
      readonly rect: Rect;
      readonly radius?: number;
      readonly fill?: Paint;
      readonly opacity?: number;
      readonly stroke?: { readonly width: number; readonly colour: Paint };
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly fill?: Paint;
      readonly opacity?: number;
      readonly stroke?: { readonly width: number; readonly colour: Paint };
    }
  | {
      readonly kind: 'picture';
      readonly picture: string;
      readonly rect: Rect;
      readonly fit: 'cover' | 'contain';
      /** What is cut out of it, as a path; absent: the rectangle. */
      readonly clip?: string;
    };
