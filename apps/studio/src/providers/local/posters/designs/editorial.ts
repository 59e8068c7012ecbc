import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import {
  column,
  facts,
  fill,
  hostsAbove,
  layers,
  logo,
  masthead,
  qrBlock,
  row,
  rule,
  scene,
  smallPrint,
  space,
  title,
} from './parts.js';
import { tiles } from './patterns.js';

function top(words: PosterWords, page: DesignPage): LayoutNode | undefined {
  const text = masthead(words, page, {
    size: 2,
    weight: 600,
    tracking: 0.04,
    upper: true,
    grow: 1,
    maxLines: 3,
  });
  const mark = logo(page, 4.5);
  if (text === undefined && mark === undefined) return undefined;
  return column(
    [
      row([text, mark === undefined ? undefined : { ...mark, width: 14 }], { gap: 2, align: 'center' }),
      rule('ink', 0.2),
    ],
    { gap: 1.4 },
  );
}

function foot(words: PosterWords, page: DesignPage): LayoutNode {
  return column(
    [
      rule('ink', 0.2),
      row([column(facts(words, page), { gap: 0.4, grow: 1 }), qrBlock(words, page, 11)], {
        gap: 3,
        align: 'start',
      }),
    ],
    { gap: 1.8 },
  );
}

const picture = (page: DesignPage, rest: object): LayoutNode =>
  scene(page, rest) ?? {
    ...tiles(['accent', 'second', 'ink'], page.random.fork('tiles'), 'muted', 5),
    ...rest,
  };

/** A magazine's cover: serif letters, fine rules, one large picture. */
export const editorial: Design = {
  id: 'editorial',
  name: 'Editorial serif',
  suits: ['reading', 'exhibition', 'dinner', 'theatre', 'lecture', 'calm', 'neutral'],
  display: 'Playfair Display',
  body: 'Inter',
  palettes: [
    {
      paper: '#f6f1e7',
      ink: '#1d1a16',
      accent: '#b5482a',
      second: '#d9a441',
      muted: '#6b6257',
      onAccent: '#ffffff',
    },
    {
      paper: '#eef1ec',
      ink: '#16211c',
      accent: '#2f6b54',
      second: '#d98f4e',
      muted: '#5a665f',
      onAccent: '#ffffff',
    },
    {
      paper: '#f4eef0',
      ink: '#221720',
      accent: '#8a2f52',
      second: '#e0a13a',
      muted: '#6d5b65',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    const above = [top(words, page), title(words, page, { weight: 700, size: wide ? 9 : 11 })];
    const below = [...smallPrint(hostsAbove(words), page, { colour: 'muted' }), foot(words, page)];
    return layers([
      fill('paper'),
      wide
        ? row([
            picture(page, { share: 0.4 }),
            column([...above, space(), ...below], { padding: [5, 5.5], gap: 2.2, grow: 1 }),
          ])
        : column(
            [...above, picture(page, { share: page.aspect === 'square' ? 0.28 : 0.42, grow: 1 }), ...below],
            { padding: page.aspect === 'tall' ? [9, 6] : [6, 6.5], gap: 2.6 },
          ),
    ]);
  },
};
