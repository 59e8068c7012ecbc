import type { Hex } from '../images/colour.js';
import { cleanText, type SlidePlan } from './deck.js';
import { type Area, type Item, SLIDE } from './drawing.js';
import { fitText } from './fit-text.js';
import type { Theme } from './themes.js';

/** A picture that was made for a slide, exactly of the ratio of {@link pictureArea}. */
export interface SlidePicture {
  readonly image: Buffer;
  readonly alt: string;
}

/** A logo, and the plates that make it visible where it would drown in its ground. */
export interface SlideLogo {
  /** PNG. */
  readonly image: Buffer;
  /** Width by height. */
  readonly ratio: number;
  readonly plateOnPrimary?: Hex;
  readonly plateOnBackground?: Hex;
}

/** What a slide is laid out with. */
export interface LayoutContext {
  readonly theme: Theme;
  readonly deckTitle: string;
  /** From 1. */
  readonly number: number;
  readonly picture?: SlidePicture;
  readonly logo?: SlideLogo;
}

export const EDGE = 0.75;
export const TITLE: Area = { x: EDGE, y: 0.6, w: SLIDE.w - 2 * EDGE, h: 1.05 };
export const BODY: Area = { x: EDGE, y: 1.85, w: SLIDE.w - 2 * EDGE, h: 4.75 };
export const GAP = 0.45;
const LOGO_PAD = 0.1;

/** Where a slide's picture goes. */
export function pictureArea(plan: SlidePlan): Area {
  if (plan.layout === 'title' || plan.layout === 'closing' || plan.layout === 'section')
    return { x: SLIDE.w * 0.5, y: 0, w: SLIDE.w * 0.5, h: SLIDE.h };
  if (plan.chart !== undefined) return { x: EDGE, y: BODY.y + BODY.h - 2.2, w: 4.4, h: 2.2 };
  return { x: SLIDE.w - 5.2, y: 1.85, w: 5.2 - EDGE, h: 4.75 };
}

export interface TextOptions {
  readonly largest: number;
  readonly smallest: number;
  readonly colour: Hex;
  readonly bold?: boolean;
  readonly heading?: boolean;
  readonly bullets?: boolean;
  readonly bulletColour?: Hex;
  readonly align?: 'left' | 'center' | 'right';
  readonly valign?: 'top' | 'middle' | 'bottom';
  readonly isTitle?: boolean;
}

/** Collects items, and what had to be left out of them. */
export class Page {
  readonly items: Item[] = [];
  readonly left: string[] = [];

  constructor(readonly theme: Theme) {}

  rectangle(area: Area, fill: Hex, more: { opacity?: number; round?: boolean } = {}): void {
    this.items.push({ kind: 'rectangle', area, fill, ...more });
  }

  text(area: Area, paragraphs: readonly string[], options: TextOptions): void {
    const shown = paragraphs.map(cleanText).filter((text) => text !== '');
    if (shown.length === 0) return;
    const {
      largest,
      smallest,
      colour,
      bullets = false,
      bold = false,
      heading = false,
      align = 'left',
      valign = 'top',
    } = options;
    const style = { font: heading ? this.theme.headingFont : this.theme.bodyFont, bold };
    const text = fitText({
      paragraphs: shown,
      bullets,
      style,
      width: area.w,
      height: area.h,
      largest,
      smallest,
    });
    if (text.cut) this.left.push(...shown);
    this.items.push({
      kind: 'text',
      area,
      text,
      style,
      colour,
      bullets,
      align,
      valign,
      ...(options.bulletColour === undefined ? {} : { bulletColour: options.bulletColour }),
      ...(options.isTitle === true ? { isTitle: true } : {}),
    });
  }

  /** The size at which every one of the texts fits its area, so that equals look equal. */
  common(texts: readonly string[], { w, h }: Pick<Area, 'w' | 'h'>, options: TextOptions): TextOptions {
    const style = {
      font: options.heading === true ? this.theme.headingFont : this.theme.bodyFont,
      bold: options.bold ?? false,
    };
    const { largest, smallest } = options;
    const sizes = texts
      .map(cleanText)
      .filter((text) => text !== '')
      .map(
        (text) =>
          fitText({ paragraphs: [text], bullets: false, style, width: w, height: h, largest, smallest }).size,
      );
    return { ...options, largest: Math.min(largest, ...sizes) };
  }

  bullets(area: Area, bullets: readonly string[], largest = 22): void {
    const { ink, mark } = this.theme;
    this.text(area, bullets, { largest, smallest: 9, colour: ink, bullets: true, bulletColour: mark });
  }

  /** In its own ratio, as large as the box allows. */
  logo({ image, ratio }: SlideLogo, box: Area, align: 'left' | 'right', plate: Hex | undefined): void {
    const h = Math.min(box.h, box.w / ratio);
    const w = h * ratio;
    const x = align === 'left' ? box.x : box.x + box.w - w;
    const area = { x, y: box.y + (box.h - h) / 2, w, h };
    if (plate !== undefined)
      this.rectangle(
        { x: x - LOGO_PAD, y: area.y - LOGO_PAD, w: w + 2 * LOGO_PAD, h: h + 2 * LOGO_PAD },
        plate,
        {
          round: true,
        },
      );
    this.items.push({ kind: 'picture', area, image, mimeType: 'image/png', alt: 'Logo' });
  }

  picture(area: Area, { image, alt }: SlidePicture): void {
    this.items.push({ kind: 'picture', area, image, mimeType: 'image/jpeg', alt: cleanText(alt) });
  }
}
