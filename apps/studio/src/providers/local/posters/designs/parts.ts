import type { BoxNode, LayoutNode, TextNode } from '../layout-tree.js';
import type { DesignPage, PosterWords } from './design.js';

type Rest<Node> = Partial<Omit<Node, 'type'>>;

export const column = (children: readonly (LayoutNode | undefined)[], rest: Rest<BoxNode> = {}): BoxNode => ({
  type: 'box',
  direction: 'column',
  ...rest,
  children: children.filter((child) => child !== undefined),
});

export const row = (children: readonly (LayoutNode | undefined)[], rest: Rest<BoxNode> = {}): BoxNode => ({
  ...column(children, rest),
  direction: 'row',
});

export const layers = (children: readonly (LayoutNode | undefined)[]): LayoutNode => ({
  type: 'layers',
  children: children.filter((child) => child !== undefined),
});

export const fill = (paint: BoxNode['fill'], opacity?: number): LayoutNode => ({
  type: 'shape',
  shape: 'rectangle',
  ...(opacity === undefined ? {} : { opacity }),
  fill: paint ?? 'paper',
});

export const rule = (colour: TextNode['colour'], thickness = 0.22, width?: number): LayoutNode => ({
  type: 'shape',
  shape: 'rectangle',
  fill: colour,
  height: thickness,
  ...(width === undefined ? {} : { width }),
});

export const space = (grow = 1): LayoutNode => ({ type: 'box', grow, children: [] });

/** The title, as large as its room lets it be. */
export const title = (
  { title: text }: PosterWords,
  { display }: DesignPage,
  rest: Rest<TextNode> = {},
): TextNode => ({
  type: 'text',
  text,
  font: display,
  weight: 700,
  size: 12,
  smallest: 3.2,
  lineHeight: 1.08,
  colour: 'ink',
  balanced: true,
  maxLines: 6,
  ...rest,
});

export const line = (text: string, { body }: DesignPage, rest: Rest<TextNode> = {}): TextNode => ({
  type: 'text',
  text,
  font: body,
  size: 2.6,
  colour: 'ink',
  lineHeight: 1.3,
  ...rest,
});

/** Date with its time. */
export const when = ({ date, time }: PosterWords): string =>
  time === undefined ? date : `${date} · ${time}`;

export const hostsLine = ({ hosts, labels }: PosterWords): string | undefined =>
  hosts.length === 0 ? undefined : `${labels.hosts} ${hosts.join('\u00a0· ')}`;

/** The smaller words: description, hosts. Both may go when there is no room. */
export function smallPrint(words: PosterWords, page: DesignPage, rest: Rest<TextNode> = {}): LayoutNode[] {
  const hosts = hostsLine(words);
  return [
    ...(words.description === undefined
      ? []
      : [line(words.description, page, { size: 2.1, lineHeight: 1.45, drop: 2, ...rest })]),
    ...(hosts === undefined ? [] : [line(hosts, page, { size: 2, weight: 500, drop: 1, ...rest })]),
  ];
}

/** The code with a word on what it is for. */
export function qrBlock(
  words: PosterWords,
  page: DesignPage,
  size = 11,
  rest: Rest<TextNode> = {},
): LayoutNode | undefined {
  if (words.qr === undefined) return undefined;
  return column(
    [
      { type: 'qr', text: words.qr, size },
      line(words.labels.scan, page, {
        size: 1.35,
        smallest: 1,
        weight: 600,
        align: 'center',
        width: size,
        ...rest,
      }),
    ],
    { gap: 0.8, align: 'center', width: size },
  );
}

export const logo = ({ logo: given }: DesignPage, height = 6): LayoutNode | undefined =>
  given ? { type: 'picture', picture: 'logo', fit: 'contain', height } : undefined;

/** The line above an invitation's title: whom it is for, or that one is invited. */
export function greeting({ kind, invitee, labels }: PosterWords): string | undefined {
  if (kind === 'poster') return undefined;
  return invitee === undefined ? labels.invited : `${labels.dear} ${invitee}`;
}
