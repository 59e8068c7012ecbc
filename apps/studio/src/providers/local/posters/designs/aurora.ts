import type { Design } from './design.js';
import {
  column,
  facts,
  fill,
  greeting,
  layers,
  logo,
  qrBlock,
  row,
  scene,
  smallPrint,
  title,
} from './parts.js';
import { arcs, glows } from './patterns.js';

/** Lights in the dark and a glass card. */
export const aurora: Design = {
  id: 'aurora',
  name: 'Night lights',
  suits: ['party', 'club', 'dj', 'hackathon', 'technology', 'launch', 'dark', 'concert'],
  display: 'Poppins',
  body: 'Poppins',
  palettes: [
    {
      paper: '#120c2e',
      ink: '#ffffff',
      accent: '#8be9fd',
      second: '#ff4fa3',
      muted: '#dad6f0',
      onAccent: '#0c1030',
    },
    {
      paper: '#07222b',
      ink: '#ffffff',
      accent: '#a7f46a',
      second: '#00b4d8',
      muted: '#d3e8ea',
      onAccent: '#07221a',
    },
    {
      paper: '#2a0b22',
      ink: '#ffffff',
      accent: '#ffd166',
      second: '#ff5d5d',
      muted: '#f2d9e4',
      onAccent: '#2a1405',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    const card = column(
      [
        logo(page, 5),
        greeting(words, page, { size: 2.3, weight: 500, colour: 'muted' }),
        title(words, page, { size: wide ? 8 : 9 }),
        row(
          [
            column(facts(words, page, { date: { colour: 'accent' }, venue: { size: 2.8 } }), {
              gap: 0.5,
              grow: 1,
            }),
            qrBlock(words, page, 11),
          ],
          { gap: 2.5, align: 'start' },
        ),
        ...smallPrint(words, page, { colour: 'muted' }),
      ],
      {
        fill: 'paper',
        opacity: 0.88,
        radius: 2.5,
        border: { width: 0.15, colour: 'muted' },
        padding: [3.6, 4],
        gap: 2.1,
        justify: 'center',
        grow: 1,
      },
    );
    const picture = scene(page, { radius: 2.5, share: wide ? 0.34 : page.aspect === 'square' ? 0.28 : 0.42 });
    return layers([
      fill('paper'),
      glows(['second', 'accent', '#6a4cff'], page.random.fork('glows')),
      arcs('ink', wide ? [0.85, 0.1] : [0.9, 0.08], 0.12),
      wide
        ? row([card, picture], { padding: [5, 5.5], gap: 3 })
        : column([picture, card], { padding: page.aspect === 'tall' ? [10, 5.5] : [6, 6], gap: 2.6 }),
    ]);
  },
};
