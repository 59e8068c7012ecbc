import type { PictureNode, Rect } from './layout-tree.js';

const n = (value: number): string => String(Math.round(value * 100) / 100);
/** Control points of a quarter circle. */
const KAPPA = 0.5523;

/** A rectangle with round corners as a path. */
export function roundedPath({ x, y, width, height }: Rect, radius: number): string {
  const r = Math.max(0, Math.min(radius, width / 2, height / 2));
  const k = r * (1 - KAPPA);
  const [right, bottom] = [x + width, y + height];
  return (
    `M${n(x + r)} ${n(y)}L${n(right - r)} ${n(y)}C${n(right - k)} ${n(y)} ${n(right)} ${n(y + k)} ${n(right)} ${n(y + r)}` +
    `L${n(right)} ${n(bottom - r)}C${n(right)} ${n(bottom - k)} ${n(right - k)} ${n(bottom)} ${n(right - r)} ${n(bottom)}` +
    `L${n(x + r)} ${n(bottom)}C${n(x + k)} ${n(bottom)} ${n(x)} ${n(bottom - k)} ${n(x)} ${n(bottom - r)}` +
    `L${n(x)} ${n(y + r)}C${n(x)} ${n(y + k)} ${n(x + k)} ${n(y)} ${n(x + r)} ${n(y)}Z`
  );
}

export function circlePath(cx: number, cy: number, radius: number): string {
  return roundedPath({ x: cx - radius, y: cy - radius, width: radius * 2, height: radius * 2 }, radius);
}

export function polygonPath(points: readonly (readonly [number, number])[]): string {
  return `${points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('')}Z`;
}

export function linePath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}

/** The square in the middle of a rectangle. */
export function squareIn({ x, y, width, height }: Rect): Rect {
  const side = Math.min(width, height);
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
}

function archPath({ x, y, width, height }: Rect): string {
  const r = Math.min(width / 2, height);
  const k = r * (1 - KAPPA);
  const [right, bottom] = [x + width, y + height];
  return (
    `M${n(x)} ${n(bottom)}L${n(x)} ${n(y + r)}C${n(x)} ${n(y + k)} ${n(x + r - r * KAPPA)} ${n(y)} ${n(x + width / 2)} ${n(y)}` +
    `C${n(right - r + r * KAPPA)} ${n(y)} ${n(right)} ${n(y + k)} ${n(right)} ${n(y + r)}L${n(right)} ${n(bottom)}Z`
  );
}

/** What a picture is cut to; undefined: its rectangle as it is. */
export function clipOf(
  shape: NonNullable<PictureNode['shape']>,
  rect: Rect,
  radius: number,
): string | undefined {
  if (shape === 'arch') return archPath(rect);
  if (shape === 'circle')
    return circlePath(
      rect.x + rect.width / 2,
      rect.y + rect.height / 2,
      Math.min(rect.width, rect.height) / 2,
    );
  return radius > 0 ? roundedPath(rect, radius) : undefined;
}
