import type { SafeArea } from '../images/layout-rules.js';
import type { Random } from '../images/random.js';

/** Where the camera looks: `zoom` 1 shows the whole sheet; `x` and `y` shift the view, as shares of the spare margin, -1 to 1. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** A move from one view to another. */
export interface Move {
  readonly from: View;
  readonly to: View;
}

/** Slow at both ends. */
export const ease = (t: number): number => {
  const at = Math.min(1, Math.max(0, t));
  return at * at * (3 - 2 * at);
};

/** Fast, then settling. */
export const settle = (t: number): number => 1 - (1 - Math.min(1, Math.max(0, t))) ** 3;

const mixed = (from: number, to: number, t: number): number => from + (to - from) * t;

/** Never quite at rest at the ends, where shots cross and a standing picture would jerk. */
const glide = (t: number): number => 0.55 * t + 0.45 * ease(t);

export function viewAt({ from, to }: Move, t: number): View {
  const at = glide(t);
  return { zoom: mixed(from.zoom, to.zoom, at), x: mixed(from.x, to.x, at), y: mixed(from.y, to.y, at) };
}

/** In, out, across and upwards in turn, so that two shots in a row never move alike. */
export function moveFor(shot: number, random: Random): Move {
  const side = random.chance(0.5) ? 1 : -1;
  const drift = random.between(0.1, 0.35);
  switch (shot % 4) {
    case 0:
      return { from: { zoom: 1.06, x: 0, y: 0 }, to: { zoom: 1.24, x: side * drift, y: 0.25 } };
    case 1:
      return { from: { zoom: 1.12, x: -side * 0.85, y: 0.3 }, to: { zoom: 1.14, x: side * 0.85, y: 0.3 } };
    case 2:
      return { from: { zoom: 1.28, x: side * drift, y: 0.35 }, to: { zoom: 1.08, x: 0, y: 0 } };
    default:
      return { from: { zoom: 1.22, x: side * 0.3, y: -0.7 }, to: { zoom: 1.16, x: -side * 0.3, y: 0.4 } };
  }
}

const STEPS = [0, 0.25, 0.5, 0.75, 1];

/**
 * Where things on the subjects' sheet may be so that they stay inside `wanted` of the frame during the whole move;
 * shares of width and height.
 */
export function safeDuring(move: Move, wanted: SafeArea): SafeArea {
  const seen = STEPS.map((t) => placement(viewAt(move, t), 1, { width: 1, height: 1 }));
  return {
    left: Math.max(...seen.map(({ x, width }) => (wanted.left - x) / width)),
    right: Math.min(...seen.map(({ x, width }) => (wanted.right - x) / width)),
    top: Math.max(...seen.map(({ y, height }) => (wanted.top - y) / height)),
    bottom: Math.min(...seen.map(({ y, height }) => (wanted.bottom - y) / height)),
  };
}

/**
 * Where a sheet of the frame's size is drawn. `depth` is how much of the move a sheet takes part in: 1 the subjects'
 * own, less behind them, more before them. A sheet never leaves the frame uncovered.
 */
export function placement(
  view: View,
  depth: number,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const zoom = Math.max(1.02, 1 + (view.zoom - 1) * depth);
  const [wide, high] = [width * zoom, height * zoom];
  const [spareX, spareY] = [(wide - width) / 2, (high - height) / 2];
  return { x: -spareX - view.x * spareX, y: -spareY - view.y * spareY, width: wide, height: high };
}
