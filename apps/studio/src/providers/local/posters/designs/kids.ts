import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { bunting, confetti } from './ornaments.js';
import {
  CENTRED,
  centredFacts,
  column,
  fill,
  greeting,
  layers,
  logo,
  middle,
  qrBlock,
  qrCard,
  row,
  scene,
  smallPrint,
  title,
} from './parts.js';

const FLAGS = ['accent', 'second', '#3ec1d3', '#7ac74f', '#ff8fab'] as const;

function card(words: PosterWords, page: DesignPage): LayoutNode {
  const wide = page.aspect === 'wide';
  return middle(
    [
      logo(page, 4.5),
      greeting(words, page, { size: 2.6, weight: 600, colour: 'muted', ...CENTRED }),
      title(words, page, { size: wide ? 8 : 9, ...CENTRED }),
      { type: 'shape', shape: 'rectangle', fill: 'accent', height: 0.8, width: 12 },
      ...centredFacts(words, page),
      ...smallPrint(words, page, { colour: 'muted', ...CENTRED }),
      wide ? undefined : qrBlock(words, page, 11),
    ],
    { fill: '#ffffff', radius: 4, padding: [2.6, 4], gap: 1.6, align: 'center', grow: 1 },
  );
}

/** Pennants, confetti and a white card. */
export const kids: Design = {
  id: 'kids-party',
  name: "Kids' party",
  suits: ['birthday', 'kids', 'baby shower', 'school', 'family', 'picnic'],
  display: 'Poppins',
  body: 'Poppins',
  palettes: [
    {
      paper: '#fff3c9',
      ink: '#2d2350',
      accent: '#d6336c',
      second: '#ffb703',
      muted: '#5b4f78',
      onAccent: '#ffffff',
    },
    {
      paper: '#d7f3ff',
      ink: '#14305c',
      accent: '#d9480f',
      second: '#ffd43b',
      muted: '#3d5a80',
      onAccent: '#ffffff',
    },
    {
      paper: '#e9e4ff',
      ink: '#2a1f5c',
      accent: '#6741d9',
      second: '#ff922b',
      muted: '#564a85',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    const share = { tall: 0.36, portrait: 0.36, square: 0.24, wide: 0.34 }[page.aspect];
    const picture = scene(page, { radius: 4, grow: 1 });
    const code = wide ? qrCard(words, page) : undefined;
    const side =
      picture === undefined && code === undefined
        ? undefined
        : column([picture, code], {
            gap: 1.6,
            justify: 'center',
            share: picture === undefined ? 0.14 : share,
          });
    const content = wide
      ? row([side, card(words, page)], { gap: 3, grow: 1 })
      : column([picture === undefined ? undefined : { ...picture, share, grow: 0 }, card(words, page)], {
          gap: 2.2,
          grow: 1,
        });
    const [above, below] = page.aspect === 'tall' ? [16, 8] : [12.5, 4];
    return layers([
      fill('paper'),
      confetti(FLAGS, page.random.fork('confetti')),
      bunting(FLAGS),
      column(
        [{ type: 'box', height: above, children: [] }, content, { type: 'box', height: below, children: [] }],
        { padding: [0, 6] },
      ),
    ]);
  },
};
