import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { sunburst } from './ornaments.js';
import { arcs } from './patterns.js';
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
  when,
} from './parts.js';

function badge(words: PosterWords, page: DesignPage): LayoutNode {
  return column(
    [line(when(words), page, { size: 3, weight: 700, colour: 'onAccent', align: 'center', balanced: true })],
    {
      fill: 'accent',
      radius: 4,
      padding: [1.3, 3.4],
    },
  );
}

function words(content: PosterWords, page: DesignPage): (LayoutNode | undefined)[] {
  const above = greeting(content);
  const hosts = hostsLine(content);
  return [
    logo(page, 5),
    above === undefined ? undefined : line(above, page, { size: 2.4, weight: 700, align: 'center' }),
    title(content, page, {
      weight: 900,
      size: page.aspect === 'wide' ? 9.5 : 12.5,
      upper: true,
      lineHeight: 1.02,
      align: 'center',
    }),
    badge(content, page),
    line(content.venue, page, { size: 3, weight: 600, align: 'center', balanced: true }),
    content.description === undefined
      ? undefined
      : line(content.description, page, { size: 2.1, weight: 500, align: 'center', balanced: true, drop: 2 }),
    hosts === undefined
      ? undefined
      : line(hosts, page, { size: 2, weight: 600, align: 'center', balanced: true, drop: 1 }),
    page.aspect === 'wide' ? undefined : qrBlock(content, page, 10),
  ];
}

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
  build(content, page) {
    const ground = [
      fill('paper'),
      sunburst('second', page.aspect === 'wide' ? [0.24, 0.5] : [0.5, 0.3], 0.62),
    ];
    const disc: LayoutNode = page.scene
      ? { type: 'picture', picture: 'scene', fit: 'cover', shape: 'circle', grow: 1 }
      : {
          ...layers([
            { type: 'shape', shape: 'circle', fill: 'accent' },
            arcs('onAccent', [0.5, 0.5], 0, 1),
            { type: 'shape', shape: 'circle', fill: 'accent' },
          ]),
          grow: 1,
        };
    const column1 = { align: 'center', gap: 2.2 } as const;
    if (page.aspect === 'wide')
      return layers([
        ...ground,
        row([
          column([column([disc], { grow: 1 }), qrBlock(content, page, 9)], {
            share: 0.4,
            padding: [4, 4],
            gap: 2,
            align: 'stretch',
          }),
          column([space(), ...words(content, page), space()], {
            ...column1,
            gap: 1.8,
            grow: 1,
            padding: [4, 4],
          }),
        ]),
      ]);
    return layers([
      ...ground,
      column(
        [
          column([disc], { share: page.aspect === 'square' ? 0.3 : 0.4, grow: 1, padding: [1, 0] }),
          column(words(content, page), column1),
        ],
        {
          padding: page.aspect === 'tall' ? [9, 5] : [5, 6],
          gap: 1.6,
        },
      ),
    ]);
  },
};
