import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import {
  column,
  facts,
  fill,
  greeting,
  layers,
  logo,
  middle,
  qrBlock,
  row,
  rule,
  scene,
  smallPrint,
  title,
} from './parts.js';
import { tiles } from './patterns.js';

const panel = (page: DesignPage, rest: object): LayoutNode =>
  scene(page, rest) ?? {
    ...tiles(
      ['accent', 'second', 'onAccent'],
      page.random.fork('tiles'),
      'muted',
      page.aspect === 'wide' ? 3 : 4,
    ),
    ...rest,
  };

/** The bar is of ink, with the accent as its edge: letters on a brand's own colour may lack contrast. */
function bar(words: PosterWords, page: DesignPage): LayoutNode {
  const own = { colour: 'paper' } as const;
  return column([
    rule('accent', 1.6),
    row(
      [
        column(facts(words, page, { date: { ...own, weight: 700 }, venue: own }), {
          gap: 0.5,
          grow: 1,
          justify: 'center',
        }),
        qrBlock(words, page, 11, own),
      ],
      { fill: 'ink', padding: [2.6, page.aspect === 'wide' ? 4.5 : 5], gap: 3, align: 'center' },
    ),
  ]);
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
    const wide = page.aspect === 'wide';
    const text = middle(
      [
        logo(page, 5),
        greeting(words, page, { size: 2.3, weight: 600 }),
        title(words, page, { weight: 800, size: wide ? 8.5 : 10.5 }),
        ...smallPrint(words, page, { colour: 'muted' }),
      ],
      { gap: 2.2, padding: wide ? [3.5, 4.5] : [3.5, 5], grow: 1 },
    );
    return layers([
      fill('paper'),
      wide
        ? row([column([text, bar(words, page)], { share: 0.62 }), panel(page, { grow: 1 })])
        : column([panel(page, { share: page.aspect === 'square' ? 0.34 : 0.44 }), text, bar(words, page)]),
    ]);
  },
};
