import type { BoxNode, LayoutNode, TextNode } from './layout-tree.js';
import { type Lines, linesOf } from './text-lines.js';

/** How a page is being fitted. */
export interface Fit {
  /** Pixels of a unit. */
  readonly unit: number;
  /** How far texts are shrunk, 0-1. */
  readonly scale: number;
  /** Texts no longer keep their smallest size. */
  readonly hard: boolean;
  readonly dropped: ReadonlySet<LayoutNode>;
  /** Breaking words and running over the allowed lines are counted here. */
  readonly strain: { forced: boolean };
}

const SMALLEST_UNITS = 1.5;
/** Gaps shrink half as fast as letters. */
const gapScale = ({ scale }: Fit): number => 0.4 + 0.6 * scale;

export function textSize(node: TextNode, { unit, scale, hard }: Fit): number {
  const smallest = hard ? 0 : Math.min(node.size, node.smallest ?? SMALLEST_UNITS);
  return Math.max(node.size * scale, smallest) * unit;
}

export function gapOf({ gap = 0 }: BoxNode, fit: Fit): number {
  return gap * fit.unit * gapScale(fit);
}

/** Padding in pixels: vertical, horizontal. */
export function paddingOf({ padding = 0 }: BoxNode, fit: Fit): readonly [number, number] {
  const [vertical, horizontal] = typeof padding === 'number' ? [padding, padding] : padding;
  return [vertical * fit.unit * gapScale(fit), horizontal * fit.unit * gapScale(fit)];
}

export function kept(children: readonly LayoutNode[], { dropped }: Fit): readonly LayoutNode[] {
  return children.filter((child) => !dropped.has(child));
}

export function textLines(node: TextNode, fit: Fit, width: number): Lines {
  const lines = linesOf(node, textSize(node, fit), width);
  if (lines.forced) fit.strain.forced = true;
  return lines;
}

export function lineHeightOf({ lineHeight = 1.25 }: TextNode): number {
  return lineHeight;
}

/** The widths of a row's children: fixed ones first, then what they need, then what is left. */
export function rowWidths(node: BoxNode, width: number, fit: Fit): number[] {
  const children = kept(node.children, fit);
  const room = Math.max(0, width - gapOf(node, fit) * Math.max(0, children.length - 1));
  const growth = children.reduce((sum, { grow = 0 }) => sum + grow, 0);
  const wanted = children.map((child) => {
    if (child.share !== undefined) return child.share * room;
    if (child.width !== undefined) return child.width * fit.unit;
    return (child.grow ?? 0) > 0 ? 0 : naturalWidth(child, room, fit);
  });
  const used = wanted.reduce((sum, each) => sum + each, 0);
  const squeeze = used > room ? room / used : 1;
  const left = Math.max(0, room - used);
  return children.map(
    ({ grow = 0 }, index) => (wanted[index] ?? 0) * squeeze + (growth > 0 ? (left * grow) / growth : 0),
  );
}

/** Pixels that a node takes across when it may choose, at most `most`. */
export function naturalWidth(node: LayoutNode, most: number, fit: Fit): number {
  if (node.width !== undefined) return Math.min(most, node.width * fit.unit);
  if (node.type === 'text') return Math.min(most, Math.ceil(textLines(node, fit, most).width) + 1);
  if (node.type === 'qr') return Math.min(most, node.size * fit.unit);
  if (node.type === 'picture' && node.height !== undefined)
    return Math.min(most, node.height * fit.unit * (node.ratio ?? 1));
  if (node.type !== 'box') return most;
  const [, horizontal] = paddingOf(node, fit);
  const inner = Math.max(0, most - horizontal * 2);
  const children = kept(node.children, fit);
  if (node.direction === 'row') {
    if (children.some(({ grow, share }) => (grow ?? 0) > 0 || share !== undefined)) return most;
    const widths = rowWidths(node, inner, fit).reduce((sum, each) => sum + each, 0);
    return Math.min(most, widths + gapOf(node, fit) * Math.max(0, children.length - 1) + horizontal * 2);
  }
  return Math.max(0, ...children.map((child) => naturalWidth(child, inner, fit))) + horizontal * 2;
}

/** Pixels that a node takes from top to bottom at a width; what grows or shares takes none of its own. */
export function naturalHeight(node: LayoutNode, width: number, fit: Fit): number {
  if (node.height !== undefined) return node.height * fit.unit;
  if (node.type === 'text') {
    const { lines } = textLines(node, fit, width);
    return lines.length * textSize(node, fit) * lineHeightOf(node);
  }
  if (node.type === 'qr') return Math.min(width, node.size * fit.unit);
  if (node.type === 'picture') return node.ratio === undefined ? 0 : width / node.ratio;
  if (node.type === 'layers')
    return Math.max(0, ...kept(node.children, fit).map((child) => naturalHeight(child, width, fit)));
  return node.type === 'box' ? boxHeight(node, width, fit) : 0;
}

function boxHeight(node: BoxNode, width: number, fit: Fit): number {
  const [vertical, horizontal] = paddingOf(node, fit);
  const inner = Math.max(0, width - horizontal * 2);
  const children = kept(node.children, fit);
  if (node.direction === 'row') {
    const widths = rowWidths(node, inner, fit);
    return (
      Math.max(0, ...children.map((child, index) => naturalHeight(child, widths[index] ?? 0, fit))) +
      vertical * 2
    );
  }
  const heights = children.map((child) => naturalHeight(child, childWidth(node, child, inner, fit), fit));
  return (
    heights.reduce((sum, each) => sum + each, 0) +
    gapOf(node, fit) * Math.max(0, children.length - 1) +
    vertical * 2
  );
}

/** The width of a column's child. */
export function childWidth(
  { align = 'stretch' }: BoxNode,
  child: LayoutNode,
  inner: number,
  fit: Fit,
): number {
  if (child.width !== undefined) return Math.min(inner, child.width * fit.unit);
  return align === 'stretch' ? inner : naturalWidth(child, inner, fit);
}
