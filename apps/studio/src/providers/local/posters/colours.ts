import { contrast, darken, type Hex, lighten, luminance, mix, toHsl } from '../images/colour.js';
import { COLOUR_ROLES, type Colour, type ColourRole, type Colours } from './layout-tree.js';

/** WCAG 2.2, 1.4.3: text that can be read. */
export const READABLE = 4.5;

export function hexOf(colour: Colour, colours: Colours): Hex {
  return isRole(colour) ? colours[colour] : colour;
}

export function isRole(colour: string): colour is ColourRole {
  return (COLOUR_ROLES as readonly string[]).includes(colour);
}

export function ratio(a: string, b: string): number {
  return contrast(luminance(a), luminance(b));
}

/** `colour`, moved towards black or white until it can be read on `ground`. */
export function readableOn(colour: Hex, ground: Hex, wanted = READABLE): Hex {
  const away = contrast(1, luminance(ground)) > contrast(0, luminance(ground)) ? lighten : darken;
  for (let share = 0; share <= 1; share += 0.05) {
    const moved = away(colour, share);
    if (ratio(moved, ground) >= wanted) return moved;
  }
  return away(colour, 1);
}

/** The darker or lighter of two inks that reads better on `ground`. */
export function inkOn(ground: Hex): Hex {
  return ratio('#050506', ground) >= ratio('#ffffff', ground) ? '#050506' : '#ffffff';
}

/**
 * A design's colours, with the caller's in place of its accents. The paper stays light or dark as the design wants
 * it and takes a little of the first colour.
 */
export function brandedColours(base: Colours, wanted: readonly Hex[]): Colours {
  const [first, second] = wanted;
  if (first === undefined) return settled(base);
  const dark = luminance(base.paper) < 0.2;
  const paper = dark ? mix(base.paper, darken(first, 0.75), 0.6) : mix(base.paper, first, 0.06);
  const accent = first;
  const other = second ?? (toHsl(first)[2] > 0.5 ? darken(first, 0.4) : lighten(first, 0.4));
  return settled({ ...base, paper, accent, second: other });
}

/** Makes every pair that designs rely on readable. */
export function settled(colours: Colours): Colours {
  const { paper, accent } = colours;
  const ink = readableOn(colours.ink, paper, 7);
  return {
    paper,
    ink,
    accent,
    second: colours.second,
    muted: readableOn(colours.muted, paper),
    onAccent: inkOn(accent),
  };
}
