import type { DrawItem } from './draw-items.js';
import type { BoxNode, LayoutNode, PictureNode, Rect, TextNode } from './layout-tree.js';
import {
  childWidth,
  type Fit,
  gapOf,
  kept,
  lineHeightOf,
  naturalHeight,
  paddingOf,
  rowWidths,
  textLines,
  textSize,
} from './measure.js';
import { clipOf, squareIn } from './outlines.js';
import { qrItems } from './qr.js';
import { reachOf, shape } from './shaping.js';
import { faceOf, widthOf } from './text-lines.js';

/** A page laid out. */
export interface Arranged {
  readonly items: readonly DrawItem[];
  /** Texts that were left out for want of room. */
  readonly leftOut: readonly string[];
}

const STEPS = 9;
const SOFT_FLOOR = 0.3;
const HARD_FLOOR = 0.02;
/** All texts of a box shrink together: an endless word is broken before it makes the date beside it unreadable. */
const WHOLE_WORD_FLOOR = 0.25;
const BROKEN_CEILING = 0.5;
/** Few words on a large page are set larger. */
const MOST_GROWN = 1.2;
const WHOLE_WORDS = true;

/** Lays the tree out over the page. Every box of fixed height shrinks its texts until they fit, then leaves out what may be left out. */
export function arrange(root: LayoutNode, page: Rect, unit: number): Arranged {
  const dropped = new Set<LayoutNode>();
  const items = arrangeNode(root, page, { unit, scale: 1, hard: false, dropped, strain: { forced: false } });
  const leftOut = [...dropped].flatMap((node) => textsOf(node));
  return { items, leftOut };
}

function textsOf(node: LayoutNode): string[] {
  if (node.type === 'text') return [node.text];
  if (node.type === 'box' || node.type === 'layers') return node.children.flatMap(textsOf);
  return [];
}

function arrangeNode(node: LayoutNode, rect: Rect, fit: Fit): DrawItem[] {
  switch (node.type) {
    case 'layers':
      return kept(node.children, fit).flatMap((child) => arrangeNode(child, rect, fit));
    case 'text':
      return textItems(node, rect, fit);
    case 'picture':
      return pictureItems(node, rect, fit);
    case 'qr':
      return qrItems(node.text, rect);
    case 'shape':
      return shapeItems(node, rect);
    case 'art':
      return [...node.draw(rect, fit.unit)];
    case 'box':
      return boxItems(node, rect, fit);
  }
}

/** A round picture takes a square, so that nothing is cut off that the rectangle would show. */
function pictureItems(
  { picture, fit, shape: kind, radius = 0 }: PictureNode,
  room: Rect,
  { unit }: Fit,
): DrawItem[] {
  const rect = kind === 'circle' ? squareIn(room) : room;
  const clip = clipOf(kind ?? 'rectangle', rect, radius * unit);
  return [{ kind: 'picture', picture, rect, fit, ...(clip === undefined ? {} : { clip }) }];
}

function shapeItems(
  { shape: kind, fill, opacity }: Extract<LayoutNode, { type: 'shape' }>,
  rect: Rect,
): DrawItem[] {
  const square = squareIn(rect);
  const round = kind === 'circle';
  return [
    {
      kind: 'rect',
      rect: round ? square : rect,
      fill,
      ...(round ? { radius: square.width / 2 } : {}),
      ...(opacity === undefined ? {} : { opacity }),
    },
  ];
}

function boxItems(node: BoxNode, rect: Rect, outer: Fit): DrawItem[] {
  const items: DrawItem[] = [];
  if (node.fill !== undefined || node.border !== undefined)
    items.push({
      kind: 'rect',
      rect,
      ...(node.radius === undefined
        ? {}
        : { radius: Math.min(node.radius * outer.unit, rect.width / 2, rect.height / 2) }),
      ...(node.fill === undefined ? {} : { fill: node.fill }),
      ...(node.opacity === undefined ? {} : { opacity: node.opacity }),
      ...(node.border === undefined
        ? {}
        : { stroke: { width: node.border.width * outer.unit, colour: node.border.colour } }),
    });
  const fit = fitted(node, rect, outer);
  const [vertical, horizontal] = paddingOf(node, fit);
  const inner = {
    x: rect.x + horizontal,
    y: rect.y + vertical,
    width: Math.max(0, rect.width - horizontal * 2),
    height: Math.max(0, rect.height - vertical * 2),
  };
  const placed = node.direction === 'row' ? rowRects(node, inner, fit) : columnRects(node, inner, fit);
  kept(node.children, fit).forEach((child, index) => {
    const place = placed[index];
    if (place !== undefined) items.push(...arrangeNode(child, place, fit));
  });
  return items;
}

/** Whether the box's content is at most as high as the box; words broken count against it while that can be helped. */
function fits(node: BoxNode, rect: Rect, fit: Fit, wholeWords = false): boolean {
  fit.strain.forced = false;
  const height = contentHeight(node, rect, fit);
  return height <= rect.height + 0.5 && ((fit.hard && !wholeWords) || !fit.strain.forced);
}

function contentHeight(node: BoxNode, rect: Rect, fit: Fit): number {
  if (node.direction === 'row') return naturalHeight({ ...node, height: undefined }, rect.width, fit);
  const [vertical, horizontal] = paddingOf(node, fit);
  const inner = { width: rect.width - horizontal * 2, height: rect.height - vertical * 2 };
  const children = kept(node.children, fit);
  return children.reduce(
    (sum, child) =>
      sum +
      (child.share === undefined
        ? naturalHeight(child, childWidth(node, child, inner.width, fit), fit)
        : child.share * inner.height),
    gapOf(node, fit) * Math.max(0, children.length - 1) + vertical * 2,
  );
}

/** The largest scale at which the content fits; below the soft floor droppable parts go first. */
function fitted(node: BoxNode, rect: Rect, outer: Fit): Fit {
  const at = (scale: number, hard: boolean): Fit => ({ ...outer, scale, hard, strain: { forced: false } });
  for (;;) {
    const start = at(outer.scale, outer.hard);
    if (fits(node, rect, start))
      return outer.scale === 1 && node.direction !== 'row' && node.children.length > 1
        ? (largest(node, rect, 1, MOST_GROWN, (scale) => at(scale, false)) ?? start)
        : start;
    const soft = largest(node, rect, Math.min(SOFT_FLOOR, outer.scale), outer.scale, (scale) =>
      at(scale, false),
    );
    if (soft !== undefined) return soft;
    const next = droppable(node, outer.dropped);
    if (next === undefined) break;
    (outer.dropped as Set<LayoutNode>).add(next);
  }
  const hard = (scale: number): Fit => at(scale, true);
  const least = Math.min(WHOLE_WORD_FLOOR, outer.scale);
  return (
    largest(node, rect, least, outer.scale, hard, WHOLE_WORDS) ??
    largest(node, rect, HARD_FLOOR, Math.min(BROKEN_CEILING, outer.scale), hard) ??
    at(HARD_FLOOR, true)
  );
}

function largest(
  node: BoxNode,
  rect: Rect,
  floor: number,
  ceiling: number,
  at: (scale: number) => Fit,
  wholeWords = false,
): Fit | undefined {
  if (!fits(node, rect, at(floor), wholeWords)) return undefined;
  let [low, high] = [floor, ceiling];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (fits(node, rect, at(middle), wholeWords)) low = middle;
    else high = middle;
  }
  return at(low);
}

function droppable(node: LayoutNode, dropped: ReadonlySet<LayoutNode>): LayoutNode | undefined {
  if (node.type !== 'box' && node.type !== 'layers') return undefined;
  const found = node.children
    .filter((child) => !dropped.has(child))
    .map((child) => (child.drop === undefined ? droppable(child, dropped) : child))
    .filter((child) => child !== undefined);
  return found.reduce<LayoutNode | undefined>(
    (most, next) => ((next.drop ?? 0) > (most?.drop ?? 0) ? next : most),
    undefined,
  );
}

/** Where a run of lengths begins, and what lies between two of them. */
function spread(
  total: number,
  used: number,
  count: number,
  gap: number,
  justify: BoxNode['justify'],
): { start: number; between: number } {
  const left = Math.max(0, total - used - gap * Math.max(0, count - 1));
  if (justify === 'center') return { start: left / 2, between: gap };
  if (justify === 'end') return { start: left, between: gap };
  if (justify === 'between' && count > 1) return { start: 0, between: gap + left / (count - 1) };
  return { start: 0, between: gap };
}

const across = (align: BoxNode['align'], room: number, taken: number): number =>
  align === 'center' ? (room - taken) / 2 : align === 'end' ? room - taken : 0;

function columnRects(node: BoxNode, inner: Rect, fit: Fit): Rect[] {
  const children = kept(node.children, fit);
  const gap = gapOf(node, fit);
  const widths = children.map((child) => childWidth(node, child, inner.width, fit));
  const fixed = children.map((child, index) =>
    child.share === undefined ? naturalHeight(child, widths[index] ?? 0, fit) : child.share * inner.height,
  );
  const growth = children.reduce((sum, { grow = 0 }) => sum + grow, 0);
  const used = fixed.reduce((sum, each) => sum + each, 0);
  const left = Math.max(0, inner.height - used - gap * Math.max(0, children.length - 1));
  const heights = fixed.map(
    (each, index) => each + (growth > 0 ? (left * (children[index]?.grow ?? 0)) / growth : 0),
  );
  const taken = heights.reduce((sum, each) => sum + each, 0);
  const { start, between } = spread(inner.height, taken, children.length, gap, node.justify);
  let y = inner.y + start;
  return children.map((_child, index) => {
    const [width, height] = [widths[index] ?? 0, heights[index] ?? 0];
    const rect = { x: inner.x + across(node.align, inner.width, width), y, width, height };
    y += height + between;
    return rect;
  });
}

function rowRects(node: BoxNode, inner: Rect, fit: Fit): Rect[] {
  const children = kept(node.children, fit);
  const gap = gapOf(node, fit);
  const widths = rowWidths(node, inner.width, fit);
  const taken = widths.reduce((sum, each) => sum + each, 0);
  const { start, between } = spread(inner.width, taken, children.length, gap, node.justify);
  let x = inner.x + start;
  return children.map((child, index) => {
    const width = widths[index] ?? 0;
    const stretch = (node.align ?? 'stretch') === 'stretch';
    const height = stretch ? inner.height : Math.min(inner.height, naturalHeight(child, width, fit));
    const rect = { x, y: inner.y + across(node.align, inner.height, height), width, height };
    x += width + between;
    return rect;
  });
}

function textItems(node: TextNode, room: Rect, fit: Fit): DrawItem[] {
  const size = textSize(node, fit);
  const { lines } = textLines(node, fit, room.width);
  const face = faceOf(node);
  const { above, below } = reachOf(face);
  const pitch = size * lineHeightOf(node);
  return lines.flatMap((line, index): DrawItem[] => {
    if (line === '') return [];
    const width = widthOf(line, node, size);
    const x =
      room.x +
      across(
        node.align === 'center' ? 'center' : node.align === 'right' ? 'end' : 'start',
        room.width,
        width,
      );
    const top = room.y + index * pitch;
    return [
      {
        kind: 'text',
        text: line,
        runs: shape(line, face).runs,
        face,
        x,
        baseline: top + (pitch - (above + below) * size) / 2 + above * size,
        size,
        tracking: node.tracking ?? 0,
        colour: node.colour,
        box: { x, y: top, width, height: pitch },
        room,
      },
    ];
  });
}
