import type { LayoutNode } from '../layout-tree.js';
import type { Design } from './design.js';
import { arcs, glows } from './patterns.js';
import {
  column,
  fill,
  greeting,
  layers,
  line,
  logo,
  qrBlock,
  row,
  smallPrint,
  space,
  title,
} from './parts.js';

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
    const above = greeting(words);
    const wide = page.aspect === 'wide';
    const ground = [
      fill('paper'),
      glows(['second', 'accent', '#6a4cff'], page.random.fork('glows')),
      arcs('ink', wide ? [0.85, 0.1] : [0.9, 0.08], 0.12),
    ];
    const facts = row(
      [
        column(
          [
            line(words.date, page, { size: 2.8, weight: 600, colour: 'accent' }),
            words.time === undefined ? undefined : line(words.time, page, { size: 2.6, weight: 500 }),
          ],
          { gap: 0.4, grow: 1 },
        ),
        line(words.venue, page, { size: 2.6, weight: 500, grow: 1 }),
      ],
      { gap: 2.5, align: 'start' },
    );
    const card = column(
      [
        logo(page, 5),
        above === undefined ? undefined : line(above, page, { size: 2.3, weight: 500, colour: 'muted' }),
        title(words, page, { weight: 700, size: wide ? 8 : 9.5, lineHeight: 1.08 }),
        facts,
        ...smallPrint(words, page, { colour: 'muted' }),
      ],
      {
        fill: 'paper',
        opacity: 0.82,
        radius: 2.5,
        border: { width: 0.15, colour: 'muted' },
        padding: [3.6, 4],
        gap: 2.1,
        justify: 'center',
      },
    );
    const picture: LayoutNode | undefined = page.scene
      ? { type: 'picture', picture: 'scene', fit: 'cover', radius: 2.5, grow: 1 }
      : undefined;
    const code = qrBlock(words, page, 10);
    if (wide)
      return layers([
        ...ground,
        row(
          [
            { ...card, grow: 1 },
            picture === undefined && code === undefined
              ? undefined
              : column([picture ?? space(), code === undefined ? undefined : row([space(), code])], {
                  share: picture === undefined ? 0.14 : 0.34,
                  gap: 2,
                }),
          ],
          { padding: [5, 5.5], gap: 3 },
        ),
      ]);
    return layers([
      ...ground,
      column(
        [
          picture === undefined
            ? undefined
            : { ...picture, share: page.aspect === 'square' ? 0.26 : 0.4, grow: 0 },
          { ...card, grow: 1 },
          code === undefined ? undefined : row([space(), code]),
        ],
        {
          padding: page.aspect === 'tall' ? [10, 5.5] : [6, 6],
          gap: 2.6,
        },
      ),
    ]);
  },
};
