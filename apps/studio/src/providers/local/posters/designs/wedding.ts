import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { botanicalCorners, flourish, frames } from './ornaments.js';
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
  const above = greeting(words) ?? hostsLine(words);
  const hosts = greeting(words) === undefined ? undefined : hostsLine(words);
  return [
    logo(page, 4.5),
    above === undefined
      ? undefined
      : line(above, page, {
          size: 2.2,
          tracking: 0.12,
          upper: true,
          align: 'center',
          colour: 'muted',
          balanced: true,
        }),
    title(words, page, {
      weight: 700,
      size: page.aspect === 'wide' ? 9.5 : 11.5,
      lineHeight: 1.16,
      align: 'center',
      colour: 'accent',
    }),
    flourish('accent'),
    line(words.date, page, { size: 3.6, weight: 600, align: 'center', balanced: true }),
    words.time === undefined
      ? undefined
      : line(words.time, page, { size: 2.5, align: 'center', colour: 'muted' }),
    line(words.venue, page, { size: 3.2, italic: true, align: 'center', balanced: true }),
    words.description === undefined
      ? undefined
      : line(words.description, page, {
          size: 2.2,
          lineHeight: 1.5,
          align: 'center',
          colour: 'muted',
          balanced: true,
          drop: 2,
        }),
    hosts === undefined
      ? undefined
      : line(hosts, page, { size: 2.1, align: 'center', balanced: true, drop: 1 }),
    withQr ? qrBlock(words, page, 9.5, { colour: 'muted' }) : undefined,
  ];
}

/** Handwriting, leaves in the corners, an arch for the picture. */
export const wedding: Design = {
  id: 'wedding',
  name: 'Elegant wedding',
  suits: ['wedding', 'engagement', 'anniversary', 'christening', 'elegant'],
  display: 'Dancing Script',
  body: 'Playfair Display',
  palettes: [
    {
      paper: '#fbf7f1',
      ink: '#3a3330',
      accent: '#8c5a4a',
      second: '#8fa68a',
      muted: '#6f635c',
      onAccent: '#ffffff',
    },
    {
      paper: '#f6f6f2',
      ink: '#2f3a36',
      accent: '#4a6b5c',
      second: '#c58f86',
      muted: '#5f6b65',
      onAccent: '#ffffff',
    },
    {
      paper: '#faf4f5',
      ink: '#3d2f38',
      accent: '#914f6d',
      second: '#a3b18a',
      muted: '#76626d',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const ground = [
      fill('paper'),
      botanicalCorners(['second', 'second', 'accent'], page.aspect === 'wide' ? 20 : 26),
      frames('accent', [
        [2.4, 0.16],
        [3.1, 0.3],
      ]),
    ];
    const arch: LayoutNode = { type: 'picture', picture: 'scene', fit: 'cover', shape: 'arch' };
    const centred = { align: 'center', gap: 1.9 } as const;
    if (page.aspect === 'wide')
      return layers([
        ...ground,
        row(
          [
            page.scene ? column([{ ...arch, grow: 1 }], { share: 0.32 }) : undefined,
            column([space(), ...wording(words, page, !page.scene), space()], {
              ...centred,
              gap: 1.4,
              grow: 1,
            }),
            page.scene && words.qr !== undefined
              ? column([space(), qrBlock(words, page, 9, { colour: 'muted' }), space()], { width: 9 })
              : undefined,
          ],
          { padding: [6.5, 10], gap: 4 },
        ),
      ]);
    return layers([
      ...ground,
      column(
        [
          page.scene
            ? column(
                [
                  row([space(), { ...arch, share: page.aspect === 'square' ? 0.5 : 0.62 }, space()], {
                    grow: 1,
                  }),
                ],
                { share: page.aspect === 'square' ? 0.3 : 0.38 },
              )
            : undefined,
          column([space(), ...wording(words, page, true), space()], { ...centred, grow: 1 }),
        ],
        { padding: page.aspect === 'tall' ? [12, 9] : [8, 12], gap: 2.4 },
      ),
    ]);
  },
};
