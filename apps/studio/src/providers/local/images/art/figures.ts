import { darken, type Hex } from '../colour.js';
import type { Random } from '../random.js';
import { circle, polygon, rect, stroke } from '../svg.js';
import { bride, groom, indianCouple, side } from './couples.js';
import type { Draw, Drawing } from './drawing.js';
import { CASUAL, figure, someone } from './figure.js';

const BUSINESS = ['#2f3e56', '#3d4f7c', '#566074', '#6b2d4e', '#27615f'] as const satisfies readonly [
  Hex,
  ...Hex[],
];

const EVENING = ['#8e1b4b', '#1f5d57', '#3b2a6b', '#b08a2e', '#c2405e'] as const satisfies readonly [
  Hex,
  ...Hex[],
];

const business: Draw = (random, colour) => {
  const suit = colour ?? random.pick(BUSINESS);
  return figure(
    someone(random, {
      top: suit,
      bottom: darken(suit, 0.2),
      jacket: random.chance(0.7),
      pose: random.pick(['stand', 'hips', 'talk']),
    }),
  );
};

const formal: Draw = (random, colour) => {
  const gown = random.chance(0.55);
  const cloth = colour ?? (gown ? random.pick(EVENING) : '#3a3350');
  return figure(
    someone(random, {
      top: cloth,
      bottom: darken(cloth, 0.2),
      dress: gown,
      jacket: !gown,
      hairStyle: gown ? random.pick(['long', 'bun']) : 'short',
      pose: random.pick(['stand', 'hips']),
    }),
  );
};

const singing = (random: Random, colour: Hex | undefined): Drawing => {
  const mic = stroke('M46 31L41 25', '#33333d', 2.6) + circle(40, 23.6, 3, '#777f8c');
  return figure(
    someone(random, { top: colour ?? random.pick(CASUAL), bottom: '#4b4f6e', pose: 'talk', extra: mic }),
  );
};

/** People by name; all stand on the lower edge. */
export const FIGURES: Readonly<Record<string, Draw>> = {
  'person-casual': (random, colour) => figure(someone(random, colour === undefined ? {} : { top: colour })),
  'person-business': business,
  'person-formal': formal,
  'person-graduate': (random, colour) => {
    const gown = colour ?? '#3f4f8f';
    const cap =
      polygon(
        [
          [15, 8],
          [30, 2],
          [45, 8],
          [30, 14],
        ],
        darken(gown, 0.25),
      ) + stroke('M43 8L43 17', '#f2c14e', 1.6);
    return figure(
      someone(random, { top: gown, dress: true, pose: random.pick(['cheer', 'wave']), extra: cap }),
    );
  },
  child: (random, colour) =>
    figure(
      someone(random, {
        ...(colour === undefined ? {} : { top: colour }),
        bottom: '#4aa3df',
        pose: random.pick(['cheer', 'wave']),
      }),
    ),
  bride: (random, colour) => figure(bride(random, colour ?? '#fdf3f0')),
  groom: (random) => figure(groom(random)),
  couple: (random, colour) => side(figure(bride(random, colour ?? '#fdf3f0')), figure(groom(random))),
  'couple-indian': indianCouple,
  'couple-evening': (random, colour) =>
    side(
      figure(someone(random, { top: colour ?? '#c2405e', dress: true, hairStyle: 'long', pose: 'hips' })),
      figure(
        someone(random, {
          top: '#3c4868',
          bottom: '#323c58',
          jacket: true,
          hairStyle: 'short',
          pose: 'stand',
        }),
      ),
    ),
  singer: singing,
  dancer: (random, colour) =>
    figure(
      someone(random, {
        top: colour ?? random.pick(CASUAL),
        dress: random.chance(0.5),
        bottom: '#5b4b8a',
        pose: random.pick(['cheer', 'wave']),
      }),
    ),
  runner: (random, colour) => {
    const bib = rect(24.5, 40, 11, 9, '#ffffff', { rx: 1 }) + rect(26.5, 43, 7, 2.6, '#33415c');
    return figure(
      someone(random, {
        top: colour ?? random.pick(CASUAL),
        bottom: '#27314d',
        hairStyle: random.pick(['short', 'bun']),
        pose: random.pick(['cheer', 'hips']),
        extra: bib,
      }),
    );
  },
};

/** A person speaking, for drawings that put more around them. */
export const speakingPerson = (random: Random, colour: Hex | undefined): Drawing =>
  business(random.fork('speaker'), colour ?? '#3d4f7c');

/** A performer with a microphone. */
export const singingPerson = singing;
