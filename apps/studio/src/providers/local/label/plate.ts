import { outlines } from '../images/outlines.js';
import { poppins } from '../images/poppins.js';
import { num, rect, shape } from '../images/svg.js';

/** What people read. */
export const LABEL_TEXT = 'AI generated';

/** Of the letters, as a share of the picture's mean side: read at a glance, and never what one looks at first. */
const LETTERS_SHARE = 0.021;
/** Below, letters fall apart on screens. */
const SMALLEST_LETTERS = 11;
const MARGIN_SHARE = 0.022;
const SMALLEST_MARGIN = 6;
/** The plate takes at most so much of a picture that is too small for it. */
const WIDEST_SHARE = 0.9;
const HIGHEST_SHARE = 0.3;

/** How the plate is built; lengths are sizes of its letters. */
export const PLATE = {
  height: 2.05,
  pad: 0.82,
  star: 0.98,
  gap: 0.38,
  /** From the middle of the capitals down to the baseline. */
  capMiddle: 0.35,
  rim: 0.07,
  groundOpacity: 0.8,
  rimOpacity: 0.55,
} as const;

/** A plate and where it stands; pixels. */
export interface Plate {
  readonly svg: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Whether its letters are as large as letters must be to be read. */
  readonly legible: boolean;
}

export type Corner = 'bottom-right' | 'top-right';

/** The plate for a picture of this size: white on a dark, see-through ground with a light rim, for any background. */
export function plateFor({ width, height }: { width: number; height: number }, corner: Corner): Plate {
  const side = Math.sqrt(width * height);
  const wide = poppins(600).getAdvanceWidth(LABEL_TEXT, 1_000) / 1_000;
  const breadth = PLATE.pad * 2 + PLATE.star + PLATE.gap + wide;
  const wanted = Math.max(SMALLEST_LETTERS, side * LETTERS_SHARE);
  const letters = Math.min(wanted, (width * WIDEST_SHARE) / breadth, (height * HIGHEST_SHARE) / PLATE.height);
  const size = { width: Math.ceil(breadth * letters), height: Math.ceil(PLATE.height * letters) };
  const margin = Math.max(SMALLEST_MARGIN, Math.round(side * MARGIN_SHARE));
  const inset = (room: number, taken: number) =>
    Math.max(0, Math.min(margin, Math.floor((room - taken) / 2)));
  const [x, y] = [inset(width, size.width), inset(height, size.height)];
  return {
    ...size,
    svg: drawn(size, letters),
    left: width - size.width - x,
    top: corner === 'top-right' ? y : height - size.height - y,
    legible: letters >= SMALLEST_LETTERS,
  };
}

function drawn({ width, height }: { width: number; height: number }, letters: number): string {
  const rim = Math.max(1, letters * PLATE.rim);
  const ground = rect(rim / 2, rim / 2, width - rim, height - rim, '#0d1018', {
    rx: (height - rim) / 2,
    opacity: PLATE.groundOpacity,
  });
  const edge = `<rect x="${num(rim / 2)}" y="${num(rim / 2)}" width="${num(width - rim)}" height="${num(height - rim)}" rx="${num((height - rim) / 2)}" fill="none" stroke="#ffffff" stroke-opacity="${PLATE.rimOpacity}" stroke-width="${num(rim)}"/>`;
  const star = shape(
    starPath(letters * (PLATE.pad + PLATE.star / 2), height / 2, (letters * PLATE.star) / 2),
    '#ffffff',
  );
  const baseline = height / 2 + letters * PLATE.capMiddle;
  const words = shape(
    outlines(
      poppins(600).getPath(LABEL_TEXT, letters * (PLATE.pad + PLATE.star + PLATE.gap), baseline, letters),
    ),
    '#ffffff',
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground}${edge}${star}${words}</svg>`;
}

/** The four-pointed star by which people know what machines made. */
export function starPath(x: number, y: number, radius: number): string {
  const waist = radius * 0.16;
  const at = (dx: number, dy: number) => `${num(x + dx)} ${num(y + dy)}`;
  const curve = (dx: number, dy: number, toX: number, toY: number) => `Q${at(dx, dy)} ${at(toX, toY)}`;
  return (
    `M${at(0, -radius)}${curve(waist, -waist, radius, 0)}${curve(waist, waist, 0, radius)}` +
    `${curve(-waist, waist, -radius, 0)}${curve(-waist, -waist, 0, -radius)}Z`
  );
}
