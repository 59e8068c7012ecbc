import type { Design } from './design.js';
import { botanicalCorners } from './ornaments.js';
import {
  CENTRED,
  column,
  facts,
  fill,
  greeting,
  layers,
  logo,
  middle,
  qrBlock,
  row,
  rule,
  scene,
  smallPrint,
  title,
} from './parts.js';

const LEAVES = ['second', '#8aa57f', 'accent'] as const;

/** A pale card among leaves. */
export const garden: Design = {
  id: 'garden',
  name: 'Garden card',
  suits: ['picnic', 'garden', 'bridal shower', 'brunch', 'market', 'spring', 'retreat', 'calm'],
  display: 'Playfair Display',
  body: 'Inter',
  palettes: [
    {
      paper: '#dfe8d8',
      ink: '#22301f',
      accent: '#a3412f',
      second: '#55794f',
      muted: '#4f5d4a',
      onAccent: '#ffffff',
    },
    {
      paper: '#f3e3d6',
      ink: '#37261c',
      accent: '#7d4f2a',
      second: '#7f8f5a',
      muted: '#65523f',
      onAccent: '#ffffff',
    },
    {
      paper: '#dbe7ec',
      ink: '#1b2c36',
      accent: '#8a3d5e',
      second: '#4c7a78',
      muted: '#46606b',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    const code = qrBlock(words, page, 11);
    const text = middle(
      [
        logo(page, 4.5),
        greeting(words, page, { size: 2.4, weight: 500, italic: true, colour: 'muted', ...CENTRED }),
        title(words, page, { size: wide ? 8 : 10.5, ...CENTRED }),
        column([rule('accent', 0.3)], { padding: [0.8, 0], width: 10 }),
        ...facts(words, page, { date: CENTRED, venue: CENTRED }),
        ...smallPrint(words, page, { italic: true, colour: 'muted', ...CENTRED }),
        wide ? undefined : code,
      ],
      { gap: 1.6, align: 'center', padding: [3, 4], grow: 1 },
    );
    const picture = scene(page, { share: wide ? 0.34 : page.aspect === 'square' ? 0.26 : 0.38 });
    const side = wide && code !== undefined ? middle([code], { padding: [0, 1.5], width: 14 }) : undefined;
    return layers([
      fill('paper'),
      botanicalCorners(LEAVES, 30),
      column([(wide ? row : column)([picture, text, side], { fill: '#fffdf8', grow: 1 })], {
        padding: { tall: [11, 7], portrait: [9, 9], square: [7, 8], wide: [6, 7] }[page.aspect] as [
          number,
          number,
        ],
      }),
      botanicalCorners(LEAVES, 13),
    ]);
  },
};
