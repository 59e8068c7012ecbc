import type { BoxNode, LayoutNode, PictureNode, TextNode } from '../layout-tree.js';
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

export const space = (grow = 1): LayoutNode => ({ type: 'box', grow, children: [] });

/** Children one under the other in the middle of their room. */
export const middle = (children: readonly (LayoutNode | undefined)[], rest: Rest<BoxNode> = {}): BoxNode =>
  column([space(), ...children, space()], rest);

/** The picture that the scene is drawn into; absent where the page has none. */
export const scene = ({ scene: wanted }: DesignPage, rest: Rest<PictureNode> = {}): LayoutNode | undefined =>
  wanted ? { type: 'picture', picture: 'scene', fit: 'cover', ...rest } : undefined;

/** Date with its time, which is not broken in two. */
export const when = ({ date, time }: PosterWords): string =>
  time === undefined ? date : `${date} · ${time.replaceAll(' ', '\u00a0')}`;

interface FactsLook {
  readonly date?: Rest<TextNode>;
  readonly venue?: Rest<TextNode>;
}

const factsOf = (
  moments: readonly (string | undefined)[],
  words: PosterWords,
  page: DesignPage,
  look: FactsLook,
): LayoutNode[] => [
  ...moments
    .filter((text) => text !== undefined)
    .map((text) => line(text, page, { size: 3.3, smallest: 2.3, weight: 600, ...look.date })),
  line(words.venue, page, { size: 3.1, smallest: 2.3, weight: 500, ...look.venue }),
];

/**
 * Date, time and venue one under the other, each over the whole width. Side by side they break in narrow columns,
 * and who reads line by line, a machine above all, mixes the columns up.
 */
export const facts = (words: PosterWords, page: DesignPage, look: FactsLook = {}): LayoutNode[] =>
  factsOf([words.date, words.time], words, page, look);

/** Words in the middle of their room, in lines of about the same length. */
export const CENTRED = { align: 'center', balanced: true } as const;

/** The same in the middle of the page, where the time stands with the date: a short line alone gets lost. */
export const centredFacts = (words: PosterWords, page: DesignPage, own: Rest<TextNode> = {}): LayoutNode[] =>
  factsOf([when(words)], words, page, { date: { ...own, ...CENTRED }, venue: { ...own, ...CENTRED } });

const hostsLine = ({ hosts, labels }: PosterWords): string | undefined =>
  hosts.length === 0 ? undefined : `${labels.hosts} ${hosts.join('\u00a0· ')}`;

/** The smaller words: description, hosts. Both may go when there is no room. */
export function smallPrint(words: PosterWords, page: DesignPage, rest: Rest<TextNode> = {}): LayoutNode[] {
  const { description } = words;
  const hosts = hostsLine(words);
  return [
    ...(description === undefined
      ? []
      : [line(description, page, { size: 2.3, lineHeight: 1.45, drop: 2, ...rest })]),
    ...(hosts === undefined ? [] : [line(hosts, page, { size: 2.2, weight: 500, drop: 1, ...rest })]),
  ];
}

/** The line above an invitation's title: whom it is for, or that one is invited. */
function greetingLine({ kind, invitee, labels }: PosterWords): string | undefined {
  if (kind === 'poster') return undefined;
  return invitee === undefined ? labels.invited : `${labels.dear} ${invitee}`;
}

export function greeting(
  words: PosterWords,
  page: DesignPage,
  rest: Rest<TextNode> = {},
): LayoutNode | undefined {
  const text = greetingLine(words);
  return text === undefined ? undefined : line(text, page, rest);
}

/** The same line where a poster, which greets nobody, names its hosts; use {@link hostsAbove} for the rest. */
export function masthead(
  words: PosterWords,
  page: DesignPage,
  rest: Rest<TextNode> = {},
): LayoutNode | undefined {
  const text = greetingLine(words) ?? hostsLine(words);
  return text === undefined ? undefined : line(text, page, rest);
}

/** The words that are left when {@link masthead} has taken its own. */
export const hostsAbove = (words: PosterWords): PosterWords =>
  words.kind === 'poster' ? { ...words, hosts: [] } : words;

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
        size: 1.6,
        smallest: 1.2,
        weight: 600,
        lineHeight: 1.2,
        align: 'center',
        balanced: true,
        width: size,
        ...rest,
      }),
    ],
    { gap: 0.8, align: 'center', width: size },
  );
}

/** The same on a white card, for where a picture or a pattern lies behind it. */
export const qrCard = (words: PosterWords, page: DesignPage): LayoutNode | undefined =>
  words.qr === undefined
    ? undefined
    : column([qrBlock(words, page, 11, { colour: '#111111' })], {
        fill: '#ffffff',
        radius: 1,
        padding: [0.6, 0.8],
        align: 'center',
        width: 12.6,
      });

export const logo = ({ logo: given }: DesignPage, height = 6): LayoutNode | undefined =>
  given ? { type: 'picture', picture: 'logo', fit: 'contain', height } : undefined;
