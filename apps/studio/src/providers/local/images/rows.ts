import {
  aspect,
  broadness,
  GAP,
  isStrip,
  type Item,
  LARGEST,
  type Placed,
  type Room,
  STRIP,
  widthAt,
} from './layout-rules.js';
import type { Layer } from './prompt/brief.js';
import type { Random } from './random.js';

/** From one row to the next, as a share of its height; where width is short, rows stand closer. */
const STEP = 0.8;
const CLOSE_STEP = 0.6;
/** How much larger nearer things look; and what is left of a prop at least. */
const NEARER = 1.15;
const LEAST_PROP = 0.5;

function chunks<T>(items: readonly T[], count: number): T[][] {
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size)).filter(
    (chunk) => chunk.length > 0,
  );
}

const rowWidth = (items: readonly Item[], size: number): number =>
  items.reduce((sum, item) => sum + widthAt(item, size) * GAP, 0);

interface Row {
  readonly items: readonly Item[];
  readonly layer: Layer;
  readonly size: number;
}

/** How many lines a layer needs to keep its things large. @param others layers that need a line as well */
function linesOf(items: readonly Item[], layer: Layer, room: Room, others: number): Row[] {
  const few = layer === 'ground' && items.length <= 3 ? 1.2 : 1;
  const most =
    room.frame.height *
    (isStrip(room)
      ? STRIP
      : LARGEST[layer] * few * broadness(room) * (others === 0 && layer === 'front' ? 1.7 : 1));
  const tallest = Math.max(...items.map(({ subject }) => subject.weight));
  const step = room.frame.height > room.frame.width ? CLOSE_STEP : STEP;
  const fits = (count: number): number => {
    const widest = Math.max(...chunks(items, count).map((row) => rowWidth(row, 1)));
    const headroom = (room.ground.y + room.ground.height * 0.5 - room.ceiling) / tallest;
    const depth = count === 1 ? Infinity : room.ground.height / ((count - 0.6 + others) * tallest * step);
    return Math.min(most, room.ground.width / widest, headroom, depth);
  };
  // Two or three things that belong together read best side by side.
  const together = items.length <= 3 && room.frame.width > room.frame.height * 0.9;
  const best = (together ? [1] : [1, 2, 3, 4, 5]).reduce(
    (winner, count) => (fits(count) > fits(winner) * 1.12 ? count : winner),
    1,
  );
  return chunks(items, best).map((row) => ({ items: row, layer, size: fits(best) }));
}

/** The widest thing in the middle, the others around it as chance had them. */
function centred(items: readonly Item[]): Item[] {
  const widest = [...items].sort((a, b) => widthAt(b, 1) - widthAt(a, 1))[0];
  if (widest === undefined || items.length < 3) return [...items];
  const others = items.filter((item) => item !== widest);
  const half = Math.floor(others.length / 2);
  return [...others.slice(0, half), widest, ...others.slice(half)];
}

/** Spreads a line over the width, the free space shared out by chance. */
function spread({ items, layer, size }: Row, baseline: number, room: Room, random: Random): Placed[] {
  const scale = Math.min(
    size,
    room.ground.width / rowWidth(items, 1),
    (baseline - room.ceiling) / Math.max(...items.map(({ subject }) => subject.weight)),
  );
  const free = Math.max(0, room.ground.width - rowWidth(items, scale));
  const shares = [...items, undefined].map(
    (_, index) => random.between(0.5, 1) * (index === 0 || index === items.length ? 1.1 : 0.75),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  let x = room.ground.x;
  return centred(items).map((item, index) => {
    const width = widthAt(item, scale);
    x += (free * (shares[index] ?? 0)) / total + width * (GAP - 1) * 0.5;
    const height = width / aspect(item);
    const box = { x, y: baseline - height, width, height };
    x += width * (1 + (GAP - 1) * 0.5);
    return { ...item, layer, box };
  });
}

/** Props in front are of the size of those who stand behind them, or they would look like monuments. */
function inProportion(rows: readonly Row[]): Row[] {
  const people = Math.max(0, ...rows.filter(({ layer }) => layer === 'ground').map(({ size }) => size));
  if (people === 0) return [...rows];
  const most = (size: number): number => Math.min(size, Math.max(people * NEARER, size * LEAST_PROP));
  return rows.map((row) => (row.layer === 'front' ? { ...row, size: most(row.size) } : row));
}

/** Everything that stands, in rows from far to near. */
export function standing(items: readonly Item[], room: Room, random: Random, merged: boolean): Placed[] {
  const layers = merged
    ? [items]
    : (['back', 'ground', 'front'] as const).map((layer) =>
        items.filter(({ subject }) => subject.layer === layer),
      );
  const rows = layers.flatMap((group, index) =>
    group.length === 0
      ? []
      : linesOf(
          random.shuffle(group),
          merged ? 'ground' : ((['back', 'ground', 'front'] as const)[index] ?? 'ground'),
          room,
          layers.filter((other) => other.length > 0).length - 1,
        ),
  );
  const onlyRow = rows.length === 1 ? 0.55 : 0;
  return inProportion(rows).flatMap((row, index) =>
    spread(
      row,
      room.ground.y +
        room.ground.height * Math.max(onlyRow, rows.length === 1 ? 0 : index / (rows.length - 1)),
      room,
      random,
    ),
  );
}
