import { fromLab, type Lab, toLab } from './lab.js';
import { blended, flatRaster, mapped, ofRaster, type Raster } from './raster.js';

const LONGEST = 4_096;

/** The filters by name; each is a whole look, mixed with the original by strength. */
export const FILTERS = ['vivid', 'warm', 'cool', 'faded', 'sepia', 'grayscale', 'dramatic', 'soft'] as const;
export type Filter = (typeof FILTERS)[number];

const ALIASES: Readonly<Record<string, Filter>> = {
  greyscale: 'grayscale',
  'black-and-white': 'grayscale',
  monochrome: 'grayscale',
  vibrant: 'vivid',
  vintage: 'faded',
  retro: 'faded',
  blur: 'soft',
  contrast: 'dramatic',
};

export function filterOf(name: string | undefined): Filter | undefined {
  const wish = name?.trim().toLowerCase() ?? 'vivid';
  return FILTERS.find((filter) => filter === wish) ?? ALIASES[wish];
}

export async function filtered(picture: Raster, filter: Filter, strength: number): Promise<Raster> {
  return blended(picture, await flatRaster(lookOf(picture, filter), LONGEST), strength);
}

function lookOf(picture: Raster, filter: Filter) {
  const image = ofRaster(picture);
  const unit = Math.min(picture.width, picture.height);
  switch (filter) {
    case 'vivid':
      return image.modulate({ saturation: 1.5 }).linear(1.08, -8);
    case 'warm':
      return image.linear([1.1, 1.02, 0.86], [6, 2, 0]);
    case 'cool':
      return image.linear([0.88, 0.99, 1.12], [0, 0, 4]);
    case 'faded':
      return image.modulate({ saturation: 0.65 }).linear([0.78, 0.76, 0.7], [46, 40, 44]);
    case 'sepia':
      return image.recomb([
        [0.393, 0.769, 0.189],
        [0.349, 0.686, 0.168],
        [0.272, 0.534, 0.131],
      ]);
    case 'grayscale':
      return image.greyscale();
    case 'dramatic':
      return image.modulate({ saturation: 0.85 }).linear(1.35, -42).sharpen({ sigma: 1.2 });
    case 'soft':
      return image.blur(Math.max(0.8, unit / 180)).modulate({ brightness: 1.05 });
  }
}

const LOCAL_CONTRAST = 0.3;

/** Takes out speckles, stretches light and dark, lifts the contrast of regions, sharpens: no detail is invented. */
export async function enhanced(picture: Raster, strength: number): Promise<Raster> {
  const clean = await flatRaster(ofRaster(picture).median(3).normalise({ lower: 1, upper: 99 }), LONGEST);
  const wide = Math.max(2, Math.min(picture.width, picture.height) / 30);
  const { data: around } = await flatRaster(ofRaster(clean).blur(wide), LONGEST);
  const lift = (value: number, at: number): number => value + (value - (around[at] ?? 0)) * LOCAL_CONTRAST;
  const lifted = mapped(clean, (red, green, blue, at) => [
    lift(red, at * 3),
    lift(green, at * 3 + 1),
    lift(blue, at * 3 + 2),
  ]);
  const crisp = ofRaster(lifted).modulate({ saturation: 1.1 }).sharpen({ sigma: 1.1, m1: 0.6, m2: 2.2 });
  return blended(picture, await flatRaster(crisp, LONGEST), strength);
}

/** Shadows to lights; in between they are mixed. */
const TONES: readonly Lab[] = [
  [0.1, 0.0, -0.03],
  [0.35, 0.02, 0.02],
  [0.62, 0.045, 0.06],
  [0.85, 0.015, 0.05],
  [1, 0.0, 0.015],
];
const SKY: readonly [number, number] = [-0.03, -0.075];
const MEADOW: readonly [number, number] = [-0.055, 0.07];

/** Lays plausible tones over light and shade; `tint` (a hex colour) gives one tone instead. */
export function colourised(picture: Raster, strength: number, tint?: string): Raster {
  const given = tint === undefined ? undefined : labOfHex(tint);
  const { width, height } = picture;
  const coloured = mapped(picture, (red, green, blue, at) => {
    const [lightness] = toLab(red, green, blue);
    if (given !== undefined) return fromLab([lightness, ...chroma(given, lightness)]);
    const [, a, b] = toneAt(lightness);
    const down = Math.floor(at / width) / height;
    const sky = Math.max(0, 1 - down * 2.2) * Math.max(0, Math.min(1, (lightness - 0.5) * 3));
    const meadow = Math.max(0, down * 2.6 - 1.6) * Math.max(0, 1 - Math.abs(lightness - 0.45) * 3);
    const mix = (own: number, axis: 0 | 1): number =>
      own * (1 - sky - meadow * 0.6) + SKY[axis] * sky + MEADOW[axis] * meadow * 0.6;
    return fromLab([lightness, mix(a, 0), mix(b, 1)]);
  });
  return blended(picture, coloured, strength);
}

/** Full colour in the middle, none in black and white. */
function chroma([, a, b]: Lab, lightness: number): [number, number] {
  const share = 1 - Math.abs(lightness * 2 - 1) ** 2;
  return [a * share, b * share];
}

function toneAt(lightness: number): Lab {
  const place = Math.max(0, Math.min(1, lightness)) * (TONES.length - 1);
  const [from, share] = [Math.floor(place), place % 1];
  const [low, high] = [TONES[from] ?? [0, 0, 0], TONES[from + 1] ?? TONES[from] ?? [0, 0, 0]];
  return [lightness, low[1] + (high[1] - low[1]) * share, low[2] + (high[2] - low[2]) * share];
}

function labOfHex(hex: string): Lab {
  const number = Number.parseInt(hex.replace('#', ''), 16);
  return toLab((number >> 16) & 255, (number >> 8) & 255, number & 255);
}
