import { channels, contrast, darken, type Hex, lighten, luminance, mix } from '../images/colour.js';
import type { FontName } from './fonts.js';
import type { Brand } from './deck.js';

/** Colours and letters of a deck. All that is written can be read on its ground (WCAG AA), whatever a brand wishes. */
export interface Theme {
  readonly name: string;
  readonly background: Hex;
  readonly surface: Hex;
  readonly ink: Hex;
  readonly muted: Hex;
  /** Of areas: the brand's own, however harsh; `onPrimary` is written on it. */
  readonly primary: Hex;
  readonly onPrimary: Hex;
  /** The primary colour as small marks and large figures on background and surface. */
  readonly mark: Hex;
  /** For charts, in this order, each visible on the background. */
  readonly accents: readonly [Hex, ...Hex[]];
  readonly headingFont: FontName;
  readonly bodyFont: FontName;
}

const WHITE: Hex = '#ffffff';
const NIGHT: Hex = '#14161c';
const BLACK: Hex = '#000000';
/** WCAG 2.2, 1.4.3: text of any size; large text and graphics (1.4.11) can do with less. */
const READABLE = 4.5;
const VISIBLE = 3;
/** Colours of a chart that differ less are taken for one another. */
const APART = 40;

const ratio = (a: Hex, b: Hex): number => contrast(luminance(a), luminance(b));

const theme = (
  name: string,
  [background, surface, ink, muted, primary]: readonly [Hex, Hex, Hex, Hex, Hex],
  [first, ...others]: Theme['accents'],
  headingFont: FontName,
): Theme => ({
  name,
  background,
  surface,
  ink,
  muted,
  primary,
  onPrimary: on(primary),
  mark: primary,
  accents: [
    moved(first, [background], VISIBLE),
    ...others.map((accent) => moved(accent, [background], VISIBLE)),
  ],
  headingFont,
  bodyFont: bodyFor(headingFont),
});

/** Letters made for titles are no letters for a page of text. */
const bodyFor = (heading: FontName): FontName =>
  heading === 'playfair' || heading === 'dancing' ? 'inter' : heading;

/** White or a dark ink, whichever can be read on `colour`: one of them always can. */
function on(colour: Hex): Hex {
  return [WHITE, NIGHT].find((ink) => ratio(ink, colour) >= READABLE) ?? BLACK;
}

/** `colour`, moved away from the grounds as far as it takes to be seen on all of them. */
function moved(colour: Hex, grounds: readonly Hex[], wanted: number): Hex {
  const away = luminance(grounds[0] ?? WHITE) > 0.4 ? darken : lighten;
  const shares = Array.from({ length: 21 }, (_, step) => step / 20);
  const tried = shares.map((share) => away(colour, share));
  return tried.find((each) => grounds.every((ground) => ratio(each, ground) >= wanted)) ?? away(colour, 1);
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

const FONTS_BY_FAMILY: readonly (readonly [RegExp, FontName])[] = [
  [/poppins|montserrat|futura|geometric/i, 'poppins'],
  [/dancing|script|cursive/i, 'dancing'],
  [/noto sans/i, 'noto'],
  [/playfair|georgia|garamond|times|serif$/i, 'playfair'],
];

function fontFor(family: string): FontName {
  return FONTS_BY_FAMILY.find(([words]) => words.test(family))?.[1] ?? 'inter';
}

function distance(a: Hex, b: Hex): number {
  const [one, other] = [channels(a), channels(b)];
  return Math.hypot(...one.map((value, index) => value - (other[index] ?? 0)));
}

/** The first, and every further one that cannot be taken for one before it. */
function distinct([first, ...others]: Theme['accents']): Theme['accents'] {
  const kept: [Hex, ...Hex[]] = [first];
  for (const colour of others) if (kept.every((each) => distance(each, colour) >= APART)) kept.push(colour);
  return kept;
}

function coloured(base: Theme, given: readonly string[]): Theme {
  const [first, ...others] = given.filter((colour): colour is Hex => /^#[0-9a-f]{6}$/i.test(colour));
  if (first === undefined) return base;
  const { background, ink, muted } = base;
  const surface = mix(base.surface, first, 0.06);
  const seen = (colour: Hex): Hex => moved(colour, [background], VISIBLE);
  return {
    ...base,
    surface,
    ink: moved(ink, [background, surface], READABLE),
    muted: moved(muted, [background, surface], READABLE),
    primary: first,
    onPrimary: on(first),
    mark: moved(first, [background, surface], VISIBLE),
    accents: distinct([seen(first), ...others.map(seen), ...base.accents]),
  };
}

function lettered(base: Theme, { fontFamily, bodyFont }: Brand): Theme {
  const headingFont = fontFamily === undefined ? base.headingFont : fontFor(fontFamily);
  const body = fontFamily === undefined ? base.bodyFont : bodyFor(headingFont);
  return { ...base, headingFont, bodyFont: bodyFont === undefined ? body : fontFor(bodyFont) };
}

export const themeNames = (): string[] => THEMES.map(({ name }) => name);

/** The theme of that name (default the first), in the brand's colours and letters where there is one. */
export function themeOf(name: string | undefined, brand: Brand | undefined): Theme {
  const base = THEMES.find((each) => each.name === name) ?? THEMES[0];
  return brand === undefined ? base : lettered(coloured(base, brand.colours), brand);
}
