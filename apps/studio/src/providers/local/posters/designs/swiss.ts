import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { art } from './ornaments.js';
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
import { circlePath } from '../outlines.js';

/** One great circle that leaves the page. */
const disc = ({ aspect }: DesignPage): LayoutNode =>
  art(({ x, y, width, height }) => {
    const [cx, cy, radius] =
      aspect === 'wide' ? [0.83, 0.28, height * 0.42] : [0.72, aspect === 'tall' ? 0.24 : 0.27, width * 0.4];
    return [{ kind: 'path', d: circlePath(x + width * cx, y + height * cy, radius), fill: 'accent' }];
  });

function facts(words: PosterWords, page: DesignPage): LayoutNode {
  return row(
    [
      column(
        [
          line(words.date, page, { size: 2.5, weight: 600 }),
          words.time === undefined ? undefined : line(words.time, page, { size: 2.5 }),
        ],
        { gap: 0.3, grow: 1 },
      ),
      line(words.venue, page, { size: 2.5, weight: 600, grow: 1 }),
      qrBlock(words, page, 9.5),
    ],
    { gap: 3, align: 'start' },
  );
}

/** White, one colour, one weight, everything on the left edge. */
export const swiss: Design = {
  id: 'swiss',
  name: 'Minimalist Swiss',
  suits: ['exhibition', 'design', 'lecture', 'workshop', 'neutral', 'calm', 'minimal'],
  display: 'Inter',
  body: 'Inter',
  palettes: [
    {
      paper: '#ffffff',
      ink: '#0f0f10',
      accent: '#e3342f',
      second: '#111111',
      muted: '#55575c',
      onAccent: '#ffffff',
    },
    {
      paper: '#f2f0ea',
      ink: '#111417',
      accent: '#1f5eff',
      second: '#111111',
      muted: '#54575c',
      onAccent: '#ffffff',
    },
    {
      paper: '#fdfdfb',
      ink: '#131512',
      accent: '#f2a900',
      second: '#111111',
      muted: '#56584f',
      onAccent: '#131512',
    },
  ],
  build(words, page) {
    const above = greeting(words) ?? hostsLine(words);
    const hosts = greeting(words) === undefined ? undefined : hostsLine(words);
    const top = row(
      [
        above === undefined
          ? space()
          : line(above, page, {
              size: 2.2,
              weight: 600,
              share: page.aspect === 'wide' ? 0.5 : 0.46,
              maxLines: 6,
            }),
        page.logo ? space() : undefined,
        logo(page, 5),
      ],
      { gap: 2, align: 'start' },
    );
    const picture: LayoutNode | undefined = page.scene
      ? { type: 'picture', picture: 'scene', fit: 'cover', grow: 1 }
      : undefined;
    const heading = title(words, page, {
      weight: 800,
      size: page.aspect === 'wide' ? 10.5 : 13,
      lineHeight: 1,
      tracking: -0.03,
      balanced: false,
    });
    const text =
      words.description === undefined
        ? undefined
        : line(words.description, page, { size: 2.1, lineHeight: 1.45, colour: 'muted', drop: 2 });
    const by = hosts === undefined ? undefined : line(hosts, page, { size: 2, drop: 1 });
    if (page.aspect === 'wide')
      return layers([
        fill('paper'),
        page.scene ? undefined : disc(page),
        row(
          [
            column([top, space(), heading, text, by, rule('ink', 0.35), facts(words, page)], {
              gap: 2,
              grow: 1,
            }),
            picture === undefined
              ? undefined
              : column([picture, { type: 'shape', shape: 'rectangle', fill: 'accent', height: 9 }], {
                  share: 0.36,
                }),
          ],
          { padding: [5, 5.5], gap: 5 },
        ),
      ]);
    return layers([
      fill('paper'),
      page.scene ? undefined : disc(page),
      column(
        [
          top,
          picture === undefined
            ? space()
            : row([{ type: 'shape', shape: 'rectangle', fill: 'accent', share: 0.18 }, picture], {
                grow: 1,
                share: page.aspect === 'square' ? 0.3 : 0.36,
              }),
          heading,
          text,
          by,
          rule('ink', 0.35),
          facts(words, page),
        ],
        { padding: page.aspect === 'tall' ? [9, 6] : [6, 6], gap: 2.4 },
      ),
    ]);
  },
};
