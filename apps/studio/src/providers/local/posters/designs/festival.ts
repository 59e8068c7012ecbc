import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { sunburst } from './ornaments.js';
import {
  CENTRED,
  centredFacts,
  column,
  fill,
  greeting,
  layers,
  logo,
  middle,
  qrCard,
  row,
  rule,
  scene,
  smallPrint,
  title,
} from './parts.js';

const wording = (words: PosterWords, page: DesignPage): (LayoutNode | undefined)[] => [
  logo(page, 5),
  greeting(words, page, { size: 2.6, weight: 700, ...CENTRED }),
  title(words, page, {
    weight: 800,
    size: page.aspect === 'wide' ? 9 : 11.5,
    upper: true,
    tracking: 0.01,
    ...CENTRED,
  }),
  rule('ink', 0.5),
  ...centredFacts(words, page, { weight: 700 }),
  rule('ink', 0.5),
  ...smallPrint(words, page, { weight: 600, ...CENTRED }),
];

/** Sun rays, shouting letters, a round picture in the middle. */
export const festival: Design = {
  id: 'festival',
  name: 'Festival poster',
  suits: ['festival', 'concert', 'fair', 'carnival', 'sport', 'vivid'],
  display: 'Poppins',
  body: 'Poppins',
  palettes: [
    {
      paper: '#ffd166',
      ink: '#2b1140',
      accent: '#d81e5b',
      second: '#ff9f1c',
      muted: '#5d3a52',
      onAccent: '#ffffff',
    },
    {
      paper: '#7bdff2',
      ink: '#10214a',
      accent: '#c81d77',
      second: '#b2f7ef',
      muted: '#29486b',
      onAccent: '#ffffff',
    },
    {
      paper: '#ff8c61',
      ink: '#2a0f1c',
      accent: '#2d2a7a',
      second: '#ffd166',
      muted: '#4c1e2c',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const disc: LayoutNode = {
      ...(scene(page, { shape: 'circle' }) ?? { type: 'shape', shape: 'circle', fill: 'accent' }),
      grow: 1,
    };
    const wide = page.aspect === 'wide';
    return layers([
      fill('paper'),
      sunburst('second', wide ? [0.24, 0.5] : [0.5, 0.3], 0.62),
      wide
        ? row([
            column([disc, qrCard(words, page)], { share: 0.38, padding: [4, 3], gap: 2 }),
            middle(wording(words, page), { align: 'center', gap: 1.8, grow: 1, padding: [4, 4] }),
          ])
        : column(
            [
              { ...disc, share: page.aspect === 'square' ? 0.32 : 0.38 },
              column([...wording(words, page), qrCard(words, page)], { align: 'center', gap: 2 }),
            ],
            { padding: page.aspect === 'tall' ? [9, 5] : [5, 6], gap: 2.4 },
          ),
    ]);
  },
};
