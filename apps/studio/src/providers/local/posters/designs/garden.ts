import type { LayoutNode } from '../layout-tree.js';
import type { Design } from './design.js';
import { botanicalCorners } from './ornaments.js';
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
  rule,
  space,
  title,
} from './parts.js';

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
    const above = greeting(words);
    const hosts = hostsLine(words);
    const centred = { align: 'center', balanced: true } as const;
    const text = column(
      [
        space(),
        logo(page, 4.5),
        above === undefined
          ? undefined
          : line(above, page, {
              size: 2.1,
              weight: 500,
              tracking: 0.08,
              upper: true,
              colour: 'muted',
              ...centred,
            }),
        title(words, page, { italic: true, weight: 700, size: wide ? 8.5 : 11.5, align: 'center' }),
        rule('accent', 0.3, 10),
        line(words.date, page, { size: 3.3, weight: 600, ...centred }),
        words.time === undefined
          ? undefined
          : line(words.time, page, { size: 2.7, colour: 'muted', ...centred }),
        line(words.venue, page, { size: 2.9, weight: 500, ...centred }),
        words.description === undefined
          ? undefined
          : line(words.description, page, {
              size: 2.3,
              lineHeight: 1.45,
              colour: 'muted',
              drop: 2,
              ...centred,
            }),
        hosts === undefined ? undefined : line(hosts, page, { size: 2.1, drop: 1, ...centred }),
        wide ? undefined : qrBlock(words, page, 9.5),
        space(),
      ],
      { gap: 1.7, align: 'center', padding: [3, 5], grow: 1 },
    );
    const picture: LayoutNode | undefined = page.scene
      ? { type: 'picture', picture: 'scene', fit: 'cover', grow: 1 }
      : undefined;
    const card = wide
      ? row(
          [
            picture === undefined ? undefined : { ...picture, share: 0.36, grow: 0 },
            text,
            words.qr === undefined
              ? undefined
              : column([space(), qrBlock(words, page, 9), space()], { padding: [0, 2], width: 13 }),
          ],
          { fill: '#fffdf8', grow: 1 },
        )
      : column(
          [
            picture === undefined
              ? undefined
              : { ...picture, share: page.aspect === 'square' ? 0.28 : 0.38, grow: 0 },
            text,
          ],
          { fill: '#fffdf8', grow: 1 },
        );
    return layers([
      fill('paper'),
      botanicalCorners(['second', '#8aa57f', 'accent'], 30),
      column([card], { padding: page.aspect === 'tall' ? [11, 7] : wide ? [7, 9] : [9, 9] }),
      botanicalCorners(['second', '#8aa57f', 'accent'], 13),
    ]);
  },
};
