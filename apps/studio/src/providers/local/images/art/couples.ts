import { darken, type Hex, lighten } from '../colour.js';
import type { Random } from '../random.js';
import { circle, polygon, shape, stroke } from '../svg.js';
import type { Drawing } from './drawing.js';
import { type Figure, figure, someone } from './figure.js';

/** The dress's veil lies behind the figure, the flowers before it. */
export function bride(random: Random, gown: Hex): Figure {
  const veil = shape('M17 14C17 -1 43 -1 43 14L51 78Q30 84 9 78Z', lighten(gown, 0.6), { opacity: 0.75 });
  const flowers = [
    [26, 55, '#f56b8d'],
    [31, 53, '#ffd1dc'],
    [35, 56, '#f56b8d'],
    [30, 58, '#ffe08a'],
  ] as const;
  const bunch =
    polygon(
      [
        [26, 57],
        [35, 57],
        [30.5, 68],
      ],
      '#4d9a54',
    ) + flowers.map(([x, y, colour]) => circle(x, y, 3.4, colour)).join('');
  const hem =
    shape('M21.5 51L38.5 51L49 97Q30 101 11 97Z', gown) + stroke('M22 52Q30 55 38 52', darken(gown, 0.12), 1);
  return someone(random, {
    top: gown,
    dress: true,
    hairStyle: 'bun',
    pose: 'hips',
    under: veil,
    extra: hem + bunch,
  });
}

/** A groom with a buttonhole. */
export const groom = (random: Random): Figure =>
  someone(random, {
    top: '#3c4868',
    bottom: '#323c58',
    jacket: true,
    hairStyle: 'short',
    pose: 'stand',
    extra: circle(37.5, 37, 1.8, '#f56b8d'),
  });

/** Two people side by side. */
export function side(left: Drawing, right: Drawing): Drawing {
  return { body: `${left.body}<g transform="translate(43 0)">${right.body}</g>`, width: 103, height: 100 };
}

/** A couple in sari and sherwani. */
export function indianCouple(random: Random): Drawing {
  const border =
    stroke('M22 84Q30 88 44 84', '#f2c14e', 2.4) +
    stroke('M22 33Q34 42 38 60', '#f2c14e', 2.4) +
    circle(30, 12.6, 1.2, '#d7263d');
  const lady = someone(random, {
    skin: '#c98a5e',
    top: '#c8233f',
    dress: true,
    hairStyle: 'long',
    hair: '#1c1a22',
    pose: 'hips',
    extra: border,
    under: shape('M17 14C17 0 43 0 43 14L46 60Q30 66 14 60Z', '#e0506a'),
  });
  const turban =
    shape('M18.5 15C17 1 43 1 41.5 15Q30 7 18.5 15Z', '#d94f30') + circle(30, 5.8, 2.1, '#f2c14e');
  const robe =
    shape('M19.5 50L40.5 50L42 80Q30 83 18 80Z', '#f3e2b3') + stroke('M30 32L30 78', '#c99a2e', 1.4);
  const man = someone(random, {
    skin: '#b57a4e',
    top: '#f3e2b3',
    bottom: '#e8d29a',
    hairStyle: 'short',
    hair: '#1c1a22',
    pose: 'stand',
    extra: robe + turban,
  });
  return side(figure(lady), figure(man));
}
