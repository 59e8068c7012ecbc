import type { LayoutNode } from '../layout-tree.js';
import { circlePath } from '../outlines.js';
import type { Design, DesignPage, PosterWords } from './design.js';
import { art } from './ornaments.js';
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

/** One great circle that leaves the page, clear of the words. */
const disc = ({ aspect }: DesignPage): LayoutNode =>
  art(({ x, y, width, height }) => {
    const [cx, cy, radius] = (
      {
        tall: [0.74, 0.13, width * 0.34],
        portrait: [0.74, 0.14, width * 0.3],
        square: [0.77, 0.14, width * 0.25],
        wide: [0.83, 0.28, height * 0.42],
      } as const
    )[aspect];
    return [{ kind: 'path', d: circlePath(x + width * cx, y + height * cy, radius), fill: 'accent' }];
  });

const top = (words: PosterWords, page: DesignPage): LayoutNode =>
  row(
    [
      masthead(words, page, {
        size: 2.2,
        weight: 600,
        maxLines: 6,
        ...(page.scene ? { grow: 1 } : { share: 0.4 }),
      }),
      page.logo ? space() : undefined,
      logo(page, 5),
    ],
    { gap: 2, align: 'start' },
  );

const foot = (words: PosterWords, page: DesignPage): LayoutNode =>
  row([column(facts(words, page), { gap: 0.3, grow: 1 }), qrBlock(words, page, 11)], {
    gap: 3,
    align: 'start',
  });

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
    const wide = page.aspect === 'wide';
    const text = [
      title(words, page, {
        weight: 800,
        size: wide ? 9 : 9.2,
        lineHeight: 1.04,
        tracking: 0.01,
        balanced: false,
      }),
      ...smallPrint(hostsAbove(words), page, { colour: 'muted' }),
      rule('ink', 0.35),
      foot(words, page),
    ];
    const picture = scene(page, { grow: 1 });
    const block = { type: 'shape', shape: 'rectangle', fill: 'accent' } as const;
    const content = wide
      ? row(
          [
            column([top(words, page), space(), ...text], { gap: 1.8, grow: 1 }),
            picture === undefined ? undefined : column([picture, { ...block, height: 9 }], { share: 0.34 }),
          ],
          { padding: [5, 5.5], gap: 5 },
        )
      : column(
          [
            top(words, page),
            picture === undefined
              ? space()
              : row([{ ...block, share: 0.18 }, picture], {
                  grow: 1,
                  share: page.aspect === 'square' ? 0.26 : 0.36,
                }),
            { type: 'box', height: 2, children: [] },
            ...text,
          ],
          { padding: page.aspect === 'tall' ? [9, 6] : [6, 6], gap: 2.2 },
        );
    return layers([fill('paper'), page.scene ? undefined : disc(page), content]);
  },
};
