import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { bunting, confetti } from './ornaments.js';
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

const FLAGS = ['accent', 'second', '#3ec1d3', '#7ac74f', '#ff8fab'] as const;

function card(words: PosterWords, page: DesignPage): LayoutNode {
  const above = greeting(words);
  const centred = { align: 'center', balanced: true } as const;
  return column(
    [
      space(),
      logo(page, 4.5),
      above === undefined
        ? undefined
        : line(above, page, { size: 2.5, weight: 600, colour: 'muted', ...centred }),
      title(words, page, {
        weight: 800,
        size: page.aspect === 'wide' ? 8 : 9.5,
        colour: 'accent',
        align: 'center',
      }),
      line(words.date, page, { size: 3.1, weight: 700, ...centred }),
      words.time === undefined ? undefined : line(words.time, page, { size: 2.6, weight: 600, ...centred }),
      line(words.venue, page, { size: 2.6, weight: 500, ...centred }),
      ...smallPrint(words, page, { colour: 'muted', ...centred }),
      page.aspect === 'wide' ? undefined : qrBlock(words, page, 10),
      space(),
    ],
    { fill: '#ffffff', radius: 4, padding: [3, 4], gap: 1.7, align: 'center', grow: 1 },
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
    const picture: LayoutNode | undefined = page.scene
      ? { type: 'picture', picture: 'scene', fit: 'cover', radius: 4, grow: 1 }
      : undefined;
    const ground = [fill('paper'), confetti(FLAGS, page.random.fork('confetti')), bunting(FLAGS)];
    if (page.aspect === 'wide')
      return layers(
        [
          ...ground,
          row(
            [
              picture === undefined && words.qr === undefined
                ? undefined
                : column([picture, qrBlock(words, page, 10)], {
                    share: picture === undefined ? 0.14 : 0.36,
                    gap: 1.6,
                    justify: 'center',
                  }),
              card(words, page),
            ],
            { padding: [0, 6], gap: 3 },
          ),
        ].map((node, index) =>
          index === 3
            ? column([
                { type: 'box', height: 13, children: [] },
                { ...node, grow: 1 },
                { type: 'box', height: 4, children: [] },
              ])
            : node,
        ),
      );
    return layers([
      ...ground,
      column(
        [
          { type: 'box', height: page.aspect === 'tall' ? 16 : 13, children: [] },
          picture === undefined
            ? undefined
            : { ...picture, share: page.aspect === 'square' ? 0.26 : 0.36, grow: 0 },
          card(words, page),
          { type: 'box', height: page.aspect === 'tall' ? 8 : 4.5, children: [] },
        ],
        { padding: [0, 6], gap: 2.2 },
      ),
    ]);
  },
};
