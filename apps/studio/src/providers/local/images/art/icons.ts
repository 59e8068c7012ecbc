import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { luminance, tint, toHex, toHsl } from '../colour.js';

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string } | undefined>>;
}

/** Icons are drawn in a square of this many units. */
export const ICON_UNITS = 32;

let loaded: IconSet | undefined;
const luminances = new Map<string, number>();

/** Nine megabytes: read at first use, once per thread. */
function iconSet(): IconSet {
  loaded ??= JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji-flat/icons.json'),
      'utf8',
    ),
  ) as IconSet;
  return loaded;
}

/** All names of the vector set. */
export const iconNames = (): string[] => Object.keys(iconSet().icons);

/** True if the set has a drawing of that name. */
export const hasIcon = (name: string): boolean => iconSet().icons[name] !== undefined;

/** Recolours only what has colour: outlines, eyes and whites stay. */
function recolour(body: string, colour: string): string {
  return body.replace(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi, (hex) =>
    toHsl(hex)[1] > 0.25 ? tint(hex, colour) : hex,
  );
}

/**
 * The drawing's markup, with ids made unique by `scope` so that gradients of two icons never mix.
 * @param scope letters and digits only
 */
export function iconBody(name: string, scope: string, colour?: string): string {
  const body = iconSet().icons[name]?.body ?? '';
  const own = body
    .replace(/\bid="([^"]+)"/g, `id="${scope}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${scope}-$1)`)
    .replace(/href="#([^"]+)"/g, `href="#${scope}-$1"`);
  return colour === undefined ? own : recolour(own, colour);
}

/** Mean relative luminance (0-1) of a piece of art drawn in a `width` x `height` box, measured on a small rendering of it. */
export function artLuminance(key: string, body: string, viewBox: string): number {
  const known = luminances.get(key);
  if (known !== undefined) return known;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="${viewBox}">${body}</svg>`;
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  let sum = 0;
  let weight = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const alpha = (pixels[at + 3] ?? 0) / 255;
    if (alpha < 0.5) continue;
    sum += luminance(toHex([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0]));
    weight += 1;
  }
  const mean = weight === 0 ? 0.5 : sum / weight;
  if (luminances.size > 2_000) luminances.clear();
  luminances.set(key, mean);
  return mean;
}
