/** A colour as `#rrggbb`. All colours of a scene have this form, so none can carry markup. */
export type Hex = `#${string}`;

type Triple = readonly [number, number, number];

const clampByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** Red, green, blue, 0-255. `#rgb` is understood too. */
export function channels(hex: string): Triple {
  const digits =
    hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1, 7);
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** @param rgb 0-255 each; rounded and clamped */
export function toHex(rgb: Triple): Hex {
  return `#${rgb.map((value) => clampByte(value).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` of `b` in `a`: 0 gives `a`, 1 gives `b`. */
export function mix(a: string, b: string, share: number): Hex {
  const [ar, ag, ab] = channels(a);
  const [br, bg, bb] = channels(b);
  return toHex([ar + (br - ar) * share, ag + (bg - ag) * share, ab + (bb - ab) * share]);
}

/** Towards white by `share` (0-1). */
export const lighten = (hex: string, share: number): Hex => mix(hex, '#ffffff', share);

/** Towards black by `share` (0-1). */
export const darken = (hex: string, share: number): Hex => mix(hex, '#000000', share);

/** Relative luminance as in WCAG 2, 0 (black) to 1 (white). */
export function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast ratio of two luminances, 1 to 21. */
export function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Hue in degrees, saturation and lightness 0-1. */
export function toHsl(hex: string): Triple {
  const [r, g, b] = channels(hex).map((value) => value / 255) as [number, number, number];
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const lightness = (max + min) / 2;
  const spread = max - min;
  if (spread === 0) return [0, 0, lightness];
  const saturation = spread / (1 - Math.abs(2 * lightness - 1));
  const sector =
    max === r ? ((g - b) / spread + 6) % 6 : max === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
  return [sector * 60, saturation, lightness];
}

/** The inverse of {@link toHsl}; hue may be any number of degrees. */
export function fromHsl(hue: number, saturation: number, lightness: number): Hex {
  const turn = (((hue % 360) + 360) % 360) / 30;
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const position = (offset + turn) % 12;
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(position - 3, 9 - position, 1)));
  };
  return toHex([channel(0), channel(8), channel(4)]);
}

/** Gives `hex` the hue (and, for greys, the lack of it) of `target`, keeping its light and shade. */
export function tint(hex: string, target: string): Hex {
  const [, saturation, lightness] = toHsl(hex);
  const [hue, wanted, wantedLightness] = toHsl(target);
  const level =
    wantedLightness > 0.8 || wantedLightness < 0.2
      ? (lightness + wantedLightness * 3) / 4
      : lightness * 0.7 + wantedLightness * 0.3;
  return fromHsl(hue, wanted < 0.12 ? wanted : Math.max(saturation * 0.6, wanted * 0.85), level);
}

const COLOURS: Readonly<Record<string, Hex>> = {
  red: '#e5322d',
  crimson: '#b81430',
  scarlet: '#e8261c',
  maroon: '#7a1226',
  burgundy: '#6d1433',
  coral: '#ff7a66',
  orange: '#f58220',
  peach: '#ffc09a',
  amber: '#ffb300',
  gold: '#e0ab2c',
  golden: '#e0ab2c',
  yellow: '#ffd23f',
  lime: '#a4d934',
  green: '#3a9d4a',
  emerald: '#13895c',
  olive: '#7c8034',
  mint: '#9fe0c0',
  sage: '#9caf88',
  teal: '#14897f',
  turquoise: '#2bc4b9',
  cyan: '#25c1e0',
  aqua: '#4bd0d6',
  blue: '#2c6bdf',
  navy: '#17305f',
  indigo: '#3f3aa5',
  purple: '#7b3fc4',
  violet: '#8a4be0',
  lavender: '#b9a5e8',
  magenta: '#d6268f',
  fuchsia: '#e0249f',
  pink: '#f77fb1',
  blush: '#f4c5c8',
  brown: '#80522f',
  beige: '#e6d3b3',
  cream: '#f7eeda',
  ivory: '#f8f3e3',
  white: '#f7f7f7',
  silver: '#bcc3cc',
  grey: '#8b9097',
  gray: '#8b9097',
  black: '#1e1e24',
  charcoal: '#33373e',
  bronze: '#b07a3c',
  copper: '#b9693c',
};

/** Colour words of prompts. */
export const COLOUR_WORDS: ReadonlyMap<string, Hex> = new Map(Object.entries(COLOURS));
