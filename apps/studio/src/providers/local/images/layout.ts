import type { Layer } from './prompt/brief.js';
import {
  aspect,
  isStrip,
  type Item,
  LARGEST,
  MOST_OVERLAP,
  overlap,
  type Placed,
  type Room,
} from './layout-rules.js';
import { standing } from './rows.js';
import type { Random } from './random.js';
import type { Box } from './svg.js';

const CANDIDATES = 6;
/** Who gives way when two things hide each other: the lower rank, for a few rounds; then both, as one may lie inside the other. */
const RANK: Readonly<Record<Layer, number>> = { air: 0, front: 1, back: 2, ground: 3 };
const GENTLE_ROUNDS = 4;
const ROUNDS = 80;

function inCells(items: readonly Item[], box: Box, room: Room, random: Random): Placed[] {
  const best = [1, 2, 3, 4, 5, 6, 8, 12]
    .map((columns) => ({ columns, rows: Math.ceil(items.length / columns) }))
    .reduce((winner, grid) => {
      const size = ({ columns, rows }: typeof grid): number =>
        Math.min(box.width / columns, box.height / rows);
      return size(grid) > size(winner) ? grid : winner;
    });
  const cell = { width: box.width / best.columns, height: box.height / best.rows };
  const spots = random.shuffle(Array.from({ length: best.columns * best.rows }, (_, index) => index));
  return items.map((item, index) => {
    const spot = spots[index] ?? index;
    const height = Math.min(
      cell.height * 0.92,
      (cell.width * 0.92) / aspect(item),
      room.frame.height * LARGEST.air * item.subject.weight,
    );
    const width = height * aspect(item);
    const x = box.x + (spot % best.columns) * cell.width + random.next() * (cell.width - width);
    const y = box.y + Math.floor(spot / best.columns) * cell.height + random.next() * (cell.height - height);
    return { ...item, layer: 'air' as const, box: { x, y, width, height } };
  });
}

function floating(items: readonly Item[], room: Room, random: Random): Placed[] {
  const shuffled = random.shuffle(items);
  return room.air.flatMap((box, index) => {
    const own = shuffled.filter((_, at) => at % room.air.length === index);
    const top = Math.max(box.y, room.ceiling);
    return own.length === 0
      ? []
      : inCells(
          own,
          { ...box, y: top, height: Math.max(box.height * 0.4, box.y + box.height - top) },
          room,
          random,
        );
  });
}

/** Smaller about its lower middle (floating things about their centre), so that it stays where it stood. */
function shrink(placed: Placed): Placed {
  const { x, y, width, height } = placed.box;
  const factor = 0.93;
  return {
    ...placed,
    box: {
      x: x + (width * (1 - factor)) / 2,
      y: y + height * (1 - factor) * (placed.layer === 'air' ? 0.5 : 1),
      width: width * factor,
      height: height * factor,
    },
  };
}

/** Shrinks things that hide each other until every pair is legible; see {@link RANK}. */
function separate(all: readonly Placed[]): Placed[] {
  const placed = [...all];
  for (let round = 0; round < ROUNDS; round++) {
    let clean = true;
    for (let a = 0; a < placed.length; a++) {
      for (let b = a + 1; b < placed.length; b++) {
        const [first, second] = [placed[a], placed[b]];
        if (first === undefined || second === undefined || overlap(first.box, second.box) <= MOST_OVERLAP)
          continue;
        clean = false;
        const [mine, yours] = round < GENTLE_ROUNDS ? [RANK[first.layer], RANK[second.layer]] : [0, 0];
        if (mine <= yours) placed[a] = shrink(first);
        if (yours <= mine) placed[b] = shrink(second);
      }
    }
    if (clean) break;
  }
  return placed;
}

/** The larger the smallest thing, and the more area is drawn, the better. */
function score(placed: readonly Placed[]): number {
  const areas = placed.map(({ box, subject }) => (box.width * box.height) / subject.weight ** 2);
  return Math.min(...areas) ** 0.5 + areas.reduce((sum, area) => sum + area ** 0.5, 0) / areas.length;
}

/**
 * Puts every item inside the picture, none cut off, none more than {@link MOST_OVERLAP} hidden.
 * Several arrangements are tried, the most legible wins.
 */
export function layOut(items: readonly Item[], room: Room, random: Random): Placed[] {
  if (items.length === 0) return [];
  const up = items.filter(({ subject }) => subject.layer === 'air');
  const down = items.filter(({ subject }) => subject.layer !== 'air');
  const tries = Array.from({ length: CANDIDATES }, (_, index) =>
    separate([
      ...floating(up, room, random),
      ...standing(down, room, random, isStrip(room) || (index % 3 === 2 && down.length < 5)),
    ]),
  );
  return tries.reduce((best, next) => (score(next) > score(best) * 1.08 ? next : best));
}
