import type { Hex } from '../images/colour.js';
import type { ChartData } from './deck.js';
import type { FittedText } from './fit-text.js';
import type { FontStyle } from './fonts.js';

/** Inches. A slide is 13.333 x 7.5: 16:9. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export const SLIDE: Area = { x: 0, y: 0, w: 13.333, h: 7.5 };

/** What lies on a slide, in the order in which it is painted; each writer knows how to draw it. */
export type Item =
  | {
      readonly kind: 'rectangle';
      readonly area: Area;
      readonly fill: Hex;
      readonly opacity?: number;
      readonly round?: boolean;
    }
  | {
      readonly kind: 'text';
      readonly area: Area;
      readonly text: FittedText;
      readonly style: FontStyle;
      readonly colour: Hex;
      readonly bullets: boolean;
      readonly bulletColour?: Hex;
      readonly align: 'left' | 'center' | 'right';
      readonly valign: 'top' | 'middle' | 'bottom';
      readonly isTitle?: boolean;
    }
  | {
      readonly kind: 'picture';
      readonly area: Area;
      readonly image: Buffer;
      readonly mimeType: 'image/jpeg' | 'image/png';
      readonly alt: string;
    }
  | {
      readonly kind: 'chart';
      readonly area: Area;
      readonly chart: ChartData;
      readonly colours: readonly Hex[];
      readonly ink: Hex;
      /** What it lies on: between slices, and of the figures on them. */
      readonly ground: Hex;
      readonly grid: Hex;
      readonly style: FontStyle;
    };

/** A slide, laid out. */
export interface SlideDrawing {
  readonly background: Hex;
  readonly items: readonly Item[];
  readonly notes: string;
  /** Absent on slides without a number. */
  readonly number?: { readonly text: string; readonly colour: Hex; readonly style: FontStyle };
}
