import { darken, type Hex } from '../colour.js';
import type { Random } from '../random.js';
import { circle, ellipse, polygon, rect, shape, stroke } from '../svg.js';
import type { Drawing } from './drawing.js';

type Hair = 'short' | 'long' | 'bun' | 'curly' | 'bald';

type Pose = 'stand' | 'cheer' | 'wave' | 'talk' | 'hips';

/** One flat-style person, 60 x 100 units, feet at the lower edge. */
export interface Figure {
  readonly skin: Hex;
  readonly hair: Hex;
  readonly hairStyle: Hair;
  readonly top: Hex;
  readonly bottom: Hex;
  readonly pose: Pose;
  readonly dress?: boolean;
  readonly jacket?: boolean;
  readonly extra?: string;
  readonly under?: string;
}

const SKINS = ['#f6cfae', '#e8b188', '#c98a5e', '#a56a43', '#7a4a2c'] as const satisfies readonly [
  Hex,
  ...Hex[],
];

const HAIRS = ['#2a1c16', '#4a2d1c', '#7a4a22', '#1c1a22', '#b5772f'] as const satisfies readonly [
  Hex,
  ...Hex[],
];

/** Clothes of guests. */
export const CASUAL = [
  '#f4511e',
  '#00a896',
  '#ffb703',
  '#5e60ce',
  '#ef476f',
  '#2a9df4',
  '#43aa8b',
] as const satisfies readonly [Hex, ...Hex[]];

const STYLES = ['short', 'long', 'bun', 'curly', 'short'] as const satisfies readonly [Hair, ...Hair[]];

const ARMS: Readonly<
  Record<Pose, readonly [string, string, readonly [number, number], readonly [number, number]]>
> = {
  stand: ['M20 34Q15 46 17 57', 'M40 34Q45 46 43 57', [17, 58], [43, 58]],
  cheer: ['M20 34Q10 26 9 12', 'M40 34Q50 26 51 12', [9, 10], [51, 10]],
  wave: ['M20 34Q15 46 17 57', 'M40 34Q51 28 52 15', [17, 58], [52, 13]],
  talk: ['M20 34Q11 42 9 50', 'M40 34Q50 40 46 31', [8, 51], [46, 29]],
  hips: ['M20 34Q9 43 19 52', 'M40 34Q45 46 43 57', [20, 53], [43, 58]],
};

function hairBack({ hair, hairStyle }: Figure): string {
  if (hairStyle === 'long') return shape('M18 17C17 2 43 2 42 17L43 34Q30 39 17 34Z', hair);
  if (hairStyle === 'curly')
    return circle(30, 14, 13.5, hair) + circle(19, 20, 5.5, hair) + circle(41, 20, 5.5, hair);
  return hairStyle === 'bun' ? circle(30, 3.6, 4.6, hair) : '';
}

function head(figure: Figure): string {
  const { skin, hair, hairStyle } = figure;
  const fringe =
    hairStyle === 'bald'
      ? ''
      : shape('M19.5 17C18.5 3 41.5 3 40.5 17C38 11.5 33 9.5 28.5 9.8C24 10 21 12.5 19.5 17Z', hair);
  const cheeks =
    circle(24.5, 21, 1.8, '#ef7f6d', { opacity: 0.35 }) + circle(35.5, 21, 1.8, '#ef7f6d', { opacity: 0.35 });
  const face =
    circle(26, 17.5, 1.15, '#2b1d1a') +
    circle(34, 17.5, 1.15, '#2b1d1a') +
    stroke('M27 22Q30 24.6 33 22', '#7a2f2a', 1.1);
  return rect(27, 24, 6, 8, darken(skin, 0.12)) + ellipse(30, 17, 10, 11, skin) + cheeks + face + fringe;
}

function legs({ skin, bottom, dress }: Figure): string {
  const colour = dress === true ? skin : bottom;
  const shoes = ellipse(23.5, 97.6, 4.6, 2.4, '#2c2530') + ellipse(36.5, 97.6, 4.6, 2.4, '#2c2530');
  return (
    shoes + rect(21, 58, 7.4, 39, colour, { rx: 3 }) + rect(31.6, 58, 7.4, 39, darken(colour, 0.1), { rx: 3 })
  );
}

function torso({ top, skin, dress, jacket }: Figure): string {
  const blouse = shape('M19 37Q20 30 27 29.5L33 29.5Q40 30 41 37L40 62Q30 65 20 62Z', top);
  if (dress === true)
    return (
      shape('M20 36Q21 30 27 29.5L33 29.5Q39 30 40 36L38.5 51L46 86Q30 92 14 86L21.5 51Z', top) +
      shape('M26.5 29.5Q30 35 33.5 29.5Z', skin)
    );
  if (jacket !== true) return blouse + shape('M26.5 29.5Q30 33.5 33.5 29.5Z', darken(top, 0.2));
  return (
    blouse +
    polygon(
      [
        [25.5, 29.5],
        [34.5, 29.5],
        [30, 48],
      ],
      '#ffffff',
    ) +
    polygon(
      [
        [29, 33],
        [31, 33],
        [31.6, 43],
        [30, 46],
        [28.4, 43],
      ],
      '#c8323f',
    ) +
    stroke('M25.5 29.7L30 48L34.5 29.7', darken(top, 0.3), 1.2)
  );
}

/** A person in 60 x 100 units. */
export function figure(look: Figure): Drawing {
  const [left, right, leftHand, rightHand] = ARMS[look.pose];
  const sleeve = look.dress === true ? look.skin : darken(look.top, 0.12);
  const arms =
    stroke(left, sleeve, 6) +
    stroke(right, sleeve, 6) +
    circle(leftHand[0], leftHand[1], 3.2, look.skin) +
    circle(rightHand[0], rightHand[1], 3.2, look.skin);
  const over = look.pose === 'cheer' || look.pose === 'wave';
  const body =
    (look.under ?? '') +
    hairBack(look) +
    legs(look) +
    (over ? '' : arms) +
    torso(look) +
    (over ? arms : '') +
    head(look) +
    (look.extra ?? '');
  return { body, width: 60, height: 100 };
}

/** A person by chance, with the traits given. */
export function someone(random: Random, look: Partial<Figure> = {}): Figure {
  return {
    skin: random.pick(SKINS),
    hair: random.pick(HAIRS),
    hairStyle: random.pick(STYLES),
    top: random.pick(CASUAL),
    bottom: '#34435e',
    pose: random.pick(['stand', 'wave', 'hips', 'cheer']),
    ...look,
  };
}
