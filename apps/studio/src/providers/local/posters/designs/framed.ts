import type { LayoutNode, PictureNode } from '../layout-tree.js';
import type { DesignPage, PosterWords } from './design.js';
import { column, layers, middle, qrBlock, row, scene, space } from './parts.js';

/** How a framed page is proportioned. */
interface Framed {
  readonly picture: Partial<Omit<PictureNode, 'type'>>;
  /** Part (0-1) of the page's inner width that the picture takes above the words. */
  readonly breadth?: number;
  /** Part (0-1) of the page's inner height; of its inner width on a wide one. */
  readonly share: Readonly<Record<DesignPage['aspect'], number>>;
  readonly padding: Readonly<Record<DesignPage['aspect'], readonly [vertical: number, horizontal: number]>>;
}

/** Words in the middle of a framed page: the picture above them and the code below, or one at either side. */
export function framedPage(
  words: PosterWords,
  page: DesignPage,
  ground: readonly LayoutNode[],
  wording: readonly (LayoutNode | undefined)[],
  { picture, breadth = 1, share, padding }: Framed,
): LayoutNode {
  const wide = page.aspect === 'wide';
  const code = qrBlock(words, page, 11, { colour: 'muted' });
  const room = { share: share[page.aspect] };
  const shown = scene(page, { ...picture, ...(wide ? room : { share: breadth }) });
  const above = wide || shown === undefined ? shown : row([space(), shown, space()], room);
  const text = middle([...wording, wide ? undefined : code], {
    align: 'center',
    gap: wide ? 1.4 : 1.8,
    grow: 1,
  });
  const side = wide && code !== undefined ? middle([code], { width: 11 }) : undefined;
  return layers([
    ...ground,
    (wide ? row : column)([above, text, side], { padding: padding[page.aspect], gap: wide ? 4.5 : 2.4 }),
  ]);
}
