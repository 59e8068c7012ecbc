import sharp from 'sharp';
import { contrast, type Hex, luminance, toHex } from '../images/colour.js';
import type { SlideLogo } from './page.js';
import type { Theme } from './themes.js';

/** Pixels, at most. */
const LOGO = { width: 640, height: 320 };
const SAMPLE = 48;
/** Of 255: what is more transparent shows its ground. */
const OPAQUE = 128;
/** Below this contrast a part of the logo is lost; WCAG asks no more of logos, but they must be seen. */
const SEEN = 2;
/** The part of a logo that may be lost: soft edges, small light details. */
const TOLERATED = 0.3;
const PLATES: readonly [Hex, Hex] = ['#ffffff', '#14161c'];

/** Luminances of what is opaque. */
async function tonesOf(image: Buffer): Promise<number[]> {
  const { data, info } = await sharp(image)
    .ensureAlpha()
    .resize(SAMPLE, SAMPLE, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const tones: number[] = [];
  for (let at = 0; at < data.length; at += info.channels)
    if ((data[at + 3] ?? 0) >= OPAQUE)
      tones.push(luminance(toHex([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])));
  return tones;
}

/** How much of it would drown in the ground, 0-1. */
function lost(tones: readonly number[], ground: Hex): number {
  const level = luminance(ground);
  return tones.filter((tone) => contrast(tone, level) < SEEN).length / Math.max(1, tones.length);
}

function plateFor(tones: readonly number[], ground: Hex): Hex | undefined {
  if (lost(tones, ground) <= TOLERATED) return undefined;
  const [white, night] = PLATES;
  return lost(tones, white) <= lost(tones, night) ? white : night;
}

/** A brand's logo, in its own ratio, with plates where it could not be seen on the theme's grounds. */
export async function logoOf(bytes: Uint8Array, { primary, background }: Theme): Promise<SlideLogo> {
  const { data: image, info } = await sharp(bytes)
    .rotate()
    .resize({ ...LOGO, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const tones = await tonesOf(image);
  const [onPrimary, onBackground] = [plateFor(tones, primary), plateFor(tones, background)];
  return {
    image,
    ratio: info.width / info.height,
    ...(onPrimary === undefined ? {} : { plateOnPrimary: onPrimary }),
    ...(onBackground === undefined ? {} : { plateOnBackground: onBackground }),
  };
}
