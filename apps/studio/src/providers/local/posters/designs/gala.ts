import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { decoFans, flourish, frames } from './ornaments.js';
import {
  column,
  fill,
  greeting,
  hostsLine,
  layers,
  line,
  logo,
  qrBlock,
  row,
  space,
  title,
} from './parts.js';

function wording(words: PosterWords, page: DesignPage, withQr: boolean): (LayoutNode | undefined)[] {
  const centred = { align: 'center', balanced: true } as const;
  const above = greeting(words) ?? hostsLine(words);
  const hosts = greeting(words) === undefined ? undefined : hostsLine(words);
  return [
    logo(page, 4.5),
    above === undefined
      ? undefined
      : line(above, page, { size: 2, weight: 500, tracking: 0.16, upper: true, colour: 'muted', ...centred }),
    title(words, page, {
      weight: 700,
      size: page.aspect === 'wide' ? 8 : 9.5,
      upper: true,
      tracking: 0.05,
      lineHeight: 1.14,
      align: 'center',
      colour: 'accent',
    }),
    flourish('accent'),
    line(words.date, page, { size: 3.4, weight: 600, ...centred }),
    words.time === undefined ? undefined : line(words.time, page, { size: 2.4, colour: 'muted', ...centred }),
    line(words.venue, page, { size: 3.1, ...centred }),
    words.description === undefined
      ? undefined
      : line(words.description, page, { size: 2.3, lineHeight: 1.5, colour: 'muted', drop: 2, ...centred }),
    hosts === undefined ? undefined : line(hosts, page, { size: 2, colour: 'muted', drop: 1, ...centred }),
    withQr ? qrBlock(words, page, 9.5, { colour: 'muted' }) : undefined,
  ];
}

/** Black and gold, fans in the corners. */
export const gala: Design = {
  id: 'gala',
  name: 'Gala in black and gold',
  suits: ['gala', 'ball', 'award', 'new year', 'charity', 'casino', 'dark', 'elegant'],
  display: 'Playfair Display',
  body: 'Playfair Display',
  palettes: [
    {
      paper: '#0f0e0c',
      ink: '#f7f0df',
      accent: '#d4af5a',
      second: '#8c7333',
      muted: '#cfc4a8',
      onAccent: '#16120a',
    },
    {
      paper: '#0d1526',
      ink: '#f3f1e8',
      accent: '#d9b873',
      second: '#56658a',
      muted: '#c3c9d8',
      onAccent: '#10182a',
    },
    {
      paper: '#1d0d14',
      ink: '#fbeff0',
      accent: '#e0a96d',
      second: '#7a3a4c',
      muted: '#dcc3c6',
      onAccent: '#200f16',
    },
  ],
  build(words, page) {
    const ground = [
      fill('paper'),
      decoFans('accent', page.aspect === 'wide' ? 15 : 18),
      frames('accent', [
        [2.2, 0.35],
        [3.4, 0.14],
      ]),
    ];
    const picture: LayoutNode = { type: 'picture', picture: 'scene', fit: 'cover', radius: 0.6 };
    const centred = { align: 'center', gap: 1.9 } as const;
    if (page.aspect === 'wide')
      return layers([
        ...ground,
        row(
          [
            page.scene ? column([{ ...picture, grow: 1 }], { share: 0.34 }) : undefined,
            column([space(), ...wording(words, page, !page.scene), space()], {
              ...centred,
              gap: 1.4,
              grow: 1,
            }),
            page.scene && words.qr !== undefined
              ? column([space(), qrBlock(words, page, 9, { colour: 'muted' }), space()], { width: 9 })
              : undefined,
          ],
          { padding: [7, 11], gap: 3.5 },
        ),
      ]);
    return layers([
      ...ground,
      column(
        [
          page.scene ? { ...picture, share: page.aspect === 'square' ? 0.22 : 0.34 } : undefined,
          column([space(), ...wording(words, page, true), space()], { ...centred, grow: 1 }),
        ],
        { padding: page.aspect === 'tall' ? [14, 9] : [9.5, 12], gap: 2.4 },
      ),
    ]);
  },
};
