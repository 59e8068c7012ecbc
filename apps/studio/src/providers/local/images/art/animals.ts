import { darken, type Hex, lighten } from '../colour.js';
import { ellipse, shape, stroke } from '../svg.js';
import { iconBody } from './icons.js';
import type { Drawing } from './drawing.js';

interface Coat {
  readonly fur: Hex;
  readonly belly: Hex;
  /** Tail: none, round or bushy. */
  readonly tail: 'none' | 'bushy' | 'thin';
  readonly tip?: Hex;
}

/** The vector set has these as heads only: they get a sitting body in their own colours. */
const COATS: Readonly<Record<string, Coat>> = {
  fox: { fur: '#ff822d', belly: '#ffdea7', tail: 'bushy', tip: '#fff3dc' },
  wolf: { fur: '#9b9b9b', belly: '#d9d9d9', tail: 'bushy', tip: '#6b6b6b' },
  bear: { fur: '#a56953', belly: '#c68a72', tail: 'none' },
  'polar-bear': { fur: '#e6e6e6', belly: '#ffffff', tail: 'none' },
  panda: { fur: '#3b3b46', belly: '#f4f4f4', tail: 'none' },
  koala: { fur: '#9b9b9b', belly: '#d3d3d3', tail: 'none' },
  lion: { fur: '#ffb02e', belly: '#ffdea7', tail: 'thin', tip: '#8c5543' },
  frog: { fur: '#00d26a', belly: '#fcd53f', tail: 'none' },
  raccoon: { fur: '#8b8791', belly: '#d3d3d3', tail: 'bushy', tip: '#4a464f' },
  hamster: { fur: '#ffb46b', belly: '#fff1dd', tail: 'none' },
  unicorn: { fur: '#e6e1ff', belly: '#ffffff', tail: 'bushy', tip: '#b9a5ff' },
};

/** True when the icon needs a body to look whole. */
export const isHeadOnly = (icon: string): boolean => COATS[icon] !== undefined;

function tailOf({ fur, tail, tip }: Coat): string {
  if (tail === 'none') return '';
  if (tail === 'thin')
    return stroke('M31 51Q43 50 41 38', fur, 2.6) + ellipse(41, 36.5, 2.6, 3.4, tip ?? fur);
  return (
    shape('M28 53C44 56 48 42 41 30C45 42 36 46 29 46Z', darken(fur, 0.12)) +
    shape('M44.1 40.5C45 36.6 43.7 33 41 30C42.6 34.5 42.2 37.6 40.4 40Z', tip ?? fur)
  );
}

/** Sitting animal, 48 x 56 units: our body under the set's head. */
export function seatedAnimal(icon: string, scope: string, colour: Hex | undefined): Drawing {
  const base = COATS[icon] ?? { fur: '#a0785a', belly: '#d8c0a8', tail: 'none' };
  const coat: Coat = colour === undefined ? base : { ...base, fur: colour, belly: lighten(colour, 0.55) };
  const trunk = shape('M13 30C9 42 8 50 12 54.5L34 54.5C38 50 37 42 33 30Z', coat.fur);
  const belly = shape('M17.5 30C15 42 17 50 23 52C29 50 31 42 28.5 30Z', coat.belly);
  const haunches =
    ellipse(11.5, 49.5, 5, 6, darken(coat.fur, 0.1)) + ellipse(34.5, 49.5, 5, 6, darken(coat.fur, 0.1));
  const paws =
    ellipse(18, 53.6, 4, 2.4, lighten(coat.fur, 0.18)) + ellipse(28, 53.6, 4, 2.4, lighten(coat.fur, 0.18));
  const head = `<g transform="translate(5 0) scale(1.12)">${iconBody(icon, scope, colour)}</g>`;
  return { body: tailOf(coat) + haunches + trunk + belly + paws + head, width: 48, height: 56 };
}
