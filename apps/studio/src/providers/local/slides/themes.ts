import { contrast, darken, type Hex, lighten, luminance, mix } from '../images/colour.js';
import type { FontName } from './fonts.js';
import type { Brand } from './deck.js';

/** Colours and letters of a deck. */
export interface Theme {
  readonly name: string;
  readonly background: Hex;
  readonly surface: Hex;
  readonly ink: Hex;
  readonly muted: Hex;
  readonly primary: Hex;
  readonly onPrimary: Hex;
  /** For charts and marks, in this order. */
  readonly accents: readonly [Hex, ...Hex[]];
  readonly headingFont: FontName;
  readonly bodyFont: FontName;
}

const WHITE: Hex = '#ffffff';
const NIGHT: Hex = '#14161c';
/** WCAG AA for text of any size. */
const READABLE = 4.5;

const theme = (
  name: string,
  [background, surface, ink, muted, primary]: readonly [Hex, Hex, Hex, Hex, Hex],
  accents: Theme['accents'],
  headingFont: FontName,
): Theme => ({
  name,
  background,
  surface,
  ink,
  muted,
  primary,
  onPrimary: on(primary),
  accents,
  headingFont,
  bodyFont: headingFont === 'playfair' ? 'inter' : headingFont,
});

function on(colour: Hex): Hex {
  return contrast(luminance(colour), 1) >= READABLE ? WHITE : NIGHT;
}

export const THEMES: readonly [Theme, ...Theme[]] = [
  theme(
    'aurora',
    ['#ffffff', '#f1f4fb', '#1b2340', '#56607e', '#3b3fb6'],
    ['#3b3fb6', '#18a3a3', '#f28c38', '#d9467c', '#6c8cff', '#8bbf4d'],
    'inter',
  ),
  theme(
    'slate',
    ['#171a21', '#232834', '#f3f5f9', '#b3bccd', '#4fa3ff'],
    ['#4fa3ff', '#38d0a4', '#ffb54a', '#ff7d8b', '#b491ff', '#7fdbff'],
    'inter',
  ),
  theme(
    'sunrise',
    ['#fffaf5', '#fdeee0', '#3a2118', '#7a5a4a', '#c2410c'],
    ['#c2410c', '#e9a23b', '#8b3a62', '#3d7a80', '#d96c50', '#6b8e23'],
    'poppins',
  ),
  theme(
    'forest',
    ['#fbfcf8', '#eaf1e4', '#1c2e22', '#52665a', '#23694a'],
    ['#23694a', '#7ba05b', '#c58b2a', '#3d7fa6', '#a5533c', '#5aa897'],
    'poppins',
  ),
  theme(
    'elegant',
    ['#fdfcfa', '#f3eee6', '#2b2530', '#6d6272', '#6b2d4f'],
    ['#6b2d4f', '#b08d57', '#4a6670', '#c06c84', '#8a7f9b', '#d4a373'],
    'playfair',
  ),
];

/** Makes `colour` readable on `ground`, keeping its hue as far as it can. */
function readable(colour: Hex, ground: Hex): Hex {
  const towards = luminance(ground) > 0.4 ? darken : lighten;
  for (let share = 0; share < 1; share += 0.1) {
    const tried = towards(colour, share);
    if (contrast(luminance(tried), luminance(ground)) >= READABLE) return tried;
  }
  return towards(colour, 1);
}

const FONTS_BY_FAMILY: readonly (readonly [RegExp, FontName])[] = [
  [/poppins|montserrat|futura|geometric/i, 'poppins'],
  [/playfair|georgia|garamond|times|serif$/i, 'playfair'],
];

function branded(base: Theme, { colours, fontFamily }: Brand): Theme {
  const [first, ...others] = colours.filter((colour): colour is Hex => /^#[0-9a-f]{6}$/i.test(colour));
  if (first === undefined) return base;
  const primary = readable(first, base.background);
  const found =
    fontFamily === undefined ? undefined : FONTS_BY_FAMILY.find(([words]) => words.test(fontFamily));
  const headingFont = fontFamily === undefined ? base.headingFont : (found?.[1] ?? 'inter');
  return {
    ...base,
    primary,
    onPrimary: on(primary),
    accents: [
      primary,
      ...others,
      ...[0.35, 0.6].map((share) => mix(first, base.background, share)),
      ...base.accents.slice(1),
    ],
    headingFont,
    bodyFont: headingFont === 'playfair' ? 'inter' : headingFont,
  };
}

export const themeNames = (): string[] => THEMES.map(({ name }) => name);

/** The theme of that name (default the first), in the brand's colours and letters where there is one. */
export function themeOf(name: string | undefined, brand: Brand | undefined): Theme {
  const base = THEMES.find((each) => each.name === name) ?? THEMES[0];
  return brand === undefined ? base : branded(base, brand);
}
