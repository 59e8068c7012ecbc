import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { tiles } from './patterns.js';
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

const panel = ({ scene, random, aspect }: DesignPage, rest: object): LayoutNode =>
  scene
    ? { type: 'picture', picture: 'scene', fit: 'cover', ...rest }
    : {
        ...tiles(['accent', 'second', 'onAccent'], random.fork('tiles'), 'muted', aspect === 'wide' ? 3 : 4),
        ...rest,
      };

function facts(words: PosterWords, page: DesignPage): LayoutNode {
  return row(
    [
      column(
        [
          line(words.time === undefined ? words.date : `${words.date} · ${words.time}`, page, {
            size: 3,
            weight: 700,
            colour: 'onAccent',
          }),
          line(words.venue, page, { size: 2.6, weight: 500, colour: 'onAccent' }),
        ],
        { gap: 0.8, grow: 1, justify: 'center' },
      ),
      qrBlock(words, page, 10, { colour: 'onAccent' }),
    ],
    { fill: 'accent', padding: [2.6, 4.5], gap: 3, align: 'center' },
  );
}

/** Blocks on a grid: heavy letters, strong colours, a bar with the facts. */
export const conference: Design = {
  id: 'conference-grid',
  name: 'Bold conference grid',
  suits: ['conference', 'meetup', 'business', 'hackathon', 'workshop', 'launch', 'trade fair', 'vivid'],
  display: 'Poppins',
  body: 'Inter',
  palettes: [
    {
      paper: '#10132b',
      ink: '#ffffff',
      accent: '#5b5bff',
      second: '#ffb703',
      muted: '#b9bfdd',
      onAccent: '#ffffff',
    },
    {
      paper: '#0d2321',
      ink: '#f4fff9',
      accent: '#12b886',
      second: '#ffd43b',
      muted: '#a9c9bd',
      onAccent: '#07211a',
    },
    {
      paper: '#f3f4f8',
      ink: '#12142a',
      accent: '#e8453c',
      second: '#1f7ae0',
      muted: '#565b74',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const heading = title(words, page, {
      weight: 800,
      size: page.aspect === 'wide' ? 8.5 : 10.5,
      lineHeight: 1.04,
      tracking: -0.01,
    });
    const above = greeting(words);
    const text = [
      logo(page, 5),
      above === undefined ? undefined : line(above, page, { size: 2.2, weight: 600, colour: 'second' }),
      heading,
      ...smallPrint(words, page, { colour: 'muted' }),
    ];
    if (page.aspect === 'wide')
      return layers([
        fill('paper'),
        row([
          column(
            [
              column([space(), ...text, space()], { gap: 2.2, padding: [4, 4.5], grow: 1 }),
              facts(words, page),
            ],
            { share: 0.62 },
          ),
          panel(page, { grow: 1 }),
        ]),
      ]);
    return layers([
      fill('paper'),
      column([
        panel(page, { share: page.aspect === 'square' ? 0.36 : 0.44 }),
        column([space(), ...text, space()], { gap: 2.4, padding: [3.5, 5], grow: 1 }),
        facts(words, page),
        page.aspect === 'tall' ? { type: 'shape', shape: 'rectangle', fill: 'accent', height: 6 } : undefined,
      ]),
    ]);
  },
};
