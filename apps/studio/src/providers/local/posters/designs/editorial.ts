import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { tiles } from './patterns.js';
import { column, fill, greeting, hostsLine, layers, line, logo, qrBlock, row, rule, title } from './parts.js';

function masthead(words: PosterWords, page: DesignPage): LayoutNode | undefined {
  const text = greeting(words) ?? hostsLine(words);
  const mark = logo(page, 4.5);
  if (text === undefined && mark === undefined) return undefined;
  return column(
    [
      row(
        [
          text === undefined
            ? undefined
            : line(text, page, { size: 2, weight: 600, tracking: 0.08, upper: true, grow: 1, maxLines: 3 }),
          mark === undefined ? undefined : { ...mark, width: 14 },
        ],
        { gap: 2, align: 'center' },
      ),
      rule('ink', 0.2),
    ],
    { gap: 1.4 },
  );
}

function facts(words: PosterWords, page: DesignPage): LayoutNode {
  const when = column(
    [
      line(words.date, page, { size: 2.9, weight: 600 }),
      words.time === undefined ? undefined : line(words.time, page, { size: 2.4, colour: 'muted' }),
    ],
    { gap: 0.4, grow: 1 },
  );
  const where = line(words.venue, page, { size: 2.9, weight: 600, grow: 1 });
  return column(
    [rule('ink', 0.2), row([when, where, qrBlock(words, page, 10)], { gap: 3, align: 'start' })],
    { gap: 1.8 },
  );
}

function body(words: PosterWords, page: DesignPage): LayoutNode[] {
  const { description } = words;
  const hosts = greeting(words) === undefined ? undefined : hostsLine(words);
  return [
    ...(description === undefined
      ? []
      : [line(description, page, { size: 2.2, lineHeight: 1.5, colour: 'muted', drop: 2 })]),
    ...(hosts === undefined ? [] : [line(hosts, page, { size: 2, drop: 1 })]),
  ];
}

const picture = ({ scene, random }: DesignPage, rest: object): LayoutNode =>
  scene
    ? { type: 'picture', picture: 'scene', fit: 'cover', ...rest }
    : { ...tiles(['accent', 'second', 'ink'], random.fork('tiles'), 'muted', 5), ...rest };

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
    const heading = title(words, page, { weight: 800, size: page.aspect === 'wide' ? 9 : 11.5 });
    if (page.aspect === 'wide')
      return layers([
        fill('paper'),
        row([
          picture(page, { share: 0.42 }),
          column(
            [
              masthead(words, page),
              heading,
              ...body(words, page),
              { type: 'box', grow: 1, children: [] },
              facts(words, page),
            ],
            { padding: [5, 5.5], gap: 2.6, grow: 1 },
          ),
        ]),
      ]);
    return layers([
      fill('paper'),
      column(
        [
          masthead(words, page),
          heading,
          picture(page, { share: page.aspect === 'square' ? 0.34 : 0.46, grow: 1 }),
          ...body(words, page),
          facts(words, page),
        ],
        {
          padding: page.aspect === 'tall' ? [9, 6] : [6.5, 6.5],
          gap: 2.8,
        },
      ),
    ]);
  },
};
