import type { Hex } from '../images/colour.js';
import type { DrawItem } from './draw-items.js';
import type { FontFamily, FontWeight } from './fonts.js';

/** A rectangle in pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Colours by their part in the design, so that one design wears any brand. */
export const COLOUR_ROLES = ['paper', 'ink', 'accent', 'second', 'muted', 'onAccent'] as const;
export type ColourRole = (typeof COLOUR_ROLES)[number];
export type Colours = Readonly<Record<ColourRole, Hex>>;
export type Colour = ColourRole | Hex;

/** A flat colour, or one that runs from the first to the last stop. */
export type Paint = Colour | Gradient;
export interface Gradient {
  readonly stops: readonly { readonly at: number; readonly colour: Colour; readonly opacity?: number }[];
  /** `down` by default; `outwards` from the middle of a square. */
  readonly towards?: 'down' | 'right' | 'diagonal' | 'outwards';
}

/** How a node takes its room. Lengths are units: a hundredth of the square root of the page's area. */
interface Placed {
  /** Part (0-1) of the parent's length along its direction. */
  readonly share?: number;
  readonly height?: number;
  readonly width?: number;
  /** Takes what is left, in this proportion. */
  readonly grow?: number;
  /** Left out, highest first, when there is no room; absent: always kept. */
  readonly drop?: number;
}

export interface BoxNode extends Placed {
  readonly type: 'box';
  readonly direction?: 'column' | 'row';
  readonly gap?: number;
  /** All sides, or top and bottom, left and right. */
  readonly padding?: number | readonly [vertical: number, horizontal: number];
  readonly justify?: 'start' | 'center' | 'end' | 'between';
  /** Across the direction; `stretch` by default. */
  readonly align?: 'start' | 'center' | 'end' | 'stretch';
  readonly fill?: Paint;
  readonly opacity?: number;
  readonly radius?: number;
  readonly border?: { readonly width: number; readonly colour: Colour };
  readonly children: readonly LayoutNode[];
}

/** Children lie over each other, each over the whole. */
export interface LayersNode extends Placed {
  readonly type: 'layers';
  readonly children: readonly LayoutNode[];
}

export interface TextNode extends Placed {
  readonly type: 'text';
  readonly text: string;
  readonly font: FontFamily;
  readonly weight?: FontWeight;
  readonly italic?: boolean;
  /** Units; the largest. It shrinks where room is short. */
  readonly size: number;
  /** Units; where shrinking gives way to leaving out what may be left out. */
  readonly smallest?: number;
  readonly lineHeight?: number;
  /** Between letters, in em. */
  readonly tracking?: number;
  readonly upper?: boolean;
  readonly colour: Colour;
  readonly align?: 'left' | 'center' | 'right';
  /** Lines of about the same length. */
  readonly balanced?: boolean;
  readonly maxLines?: number;
}

/** A picture of the job, by its name: `scene`, `logo`, or a template's slot. */
export interface PictureNode extends Placed {
  readonly type: 'picture';
  readonly picture: string;
  readonly fit: 'cover' | 'contain';
  /** Width by height, for a picture that sets its own height. */
  readonly ratio?: number;
  readonly radius?: number;
  readonly shape?: 'rectangle' | 'arch' | 'circle';
}

export interface QrNode extends Placed {
  readonly type: 'qr';
  readonly text: string;
  /** Units. */
  readonly size: number;
}

export interface ShapeNode extends Placed {
  readonly type: 'shape';
  readonly shape: 'rectangle' | 'circle' | 'line';
  readonly fill: Paint;
  readonly opacity?: number;
}

/** Our own drawing code, never a template's. */
export interface ArtNode extends Placed {
  readonly type: 'art';
  draw(rect: Rect, unit: number): readonly DrawItem[];
}

export type LayoutNode = BoxNode | LayersNode | TextNode | PictureNode | QrNode | ShapeNode | ArtNode;
