/** One byte per pixel, row by row: 0 is background, 255 subject. */
export interface Mask {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What is smaller than this share of the largest part is debris. */
const PART_SHARE = 0.12;
const HOLE_SHARE = 0.004;
const UNLIKE_ENOUGH = 0.6;

/**
 * Keeps the large parts of the subject and closes holes in it: small ones, and those that look like nothing beside it.
 * @param unlike how unlike the background each pixel is, 0-1; absent: only small holes are closed
 */
export function tidied(mask: Mask, unlike?: Float32Array): Mask {
  const parts = regions(mask, 255);
  const largest = Math.max(0, ...parts.map((part) => part.length));
  const data = new Uint8Array(mask.data.length);
  for (const part of parts) if (part.length >= largest * PART_SHARE) for (const at of part) data[at] = 255;
  const solid = { ...mask, data };
  for (const hole of regions(solid, 0))
    if (hole.length < data.length * HOLE_SHARE || belongs(hole, solid, unlike))
      for (const at of hole) data[at] = 255;
  return solid;
}

/** Whether an enclosed stretch is part of what encloses it. */
function belongs(
  hole: readonly number[],
  { width, height }: Mask,
  unlike: Float32Array | undefined,
): boolean {
  if (unlike === undefined) return false;
  if (reachesEdge(hole, width, height)) return false;
  return hole.reduce((sum, at) => sum + (unlike[at] ?? 0), 0) / hole.length > UNLIKE_ENOUGH;
}

const reachesEdge = (region: readonly number[], width: number, height: number): boolean =>
  region.some((at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });

/** What lies amid the subject without being it, with subject on all four sides, as a share of the subject's own area. */
export function hollowShare(mask: Mask): number {
  const { width, height } = mask;
  const amid = (from: number, step: number, count: number): Uint8Array =>
    between(mask, { from, step, count });
  const sideways = new Uint8Array(mask.data.length);
  for (let y = 0; y < height; y++) sideways.set(amid(y * width, 1, width), y * width);
  let hollow = 0;
  for (let x = 0; x < width; x++)
    amid(x, width, height).forEach((inside, y) => (hollow += inside & (sideways[y * width + x] ?? 0)));
  return (
    hollow /
    Math.max(
      1,
      tally(mask, (own) => own),
    )
  );
}

/** Along one line: 1 for background with subject before and behind it. */
function between(
  { data }: Mask,
  { from, step, count }: { readonly from: number; readonly step: number; readonly count: number },
): Uint8Array {
  const own = Uint8Array.from({ length: count }, (_, at) => ((data[from + at * step] ?? 0) > 127 ? 1 : 0));
  const [first, last] = [own.indexOf(1), own.lastIndexOf(1)];
  return own.map((subject, at) => (subject === 0 && at > first && at < last ? 1 : 0));
}

/** How many pixels `counts`. */
export function tally({ data }: Mask, counts: (subject: boolean, at: number) => boolean): number {
  return data.reduce((sum, value, at) => sum + (counts(value > 127, at) ? 1 : 0), 0);
}

/** 0-1. */
export function coverage(mask: Mask): number {
  return tally(mask, (own) => own) / mask.data.length;
}

/** The four neighbours of a pixel that lie inside. */
export function neighbours(at: number, width: number, height: number): number[] {
  const x = at % width;
  const found = [at - width, at + width];
  if (x > 0) found.push(at - 1);
  if (x < width - 1) found.push(at + 1);
  return found.filter((each) => each >= 0 && each < width * height);
}

/** Connected pixels of one value. */
function regions({ data, width, height }: Mask, value: number): number[][] {
  const seen = new Uint8Array(data.length);
  const found: number[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || data[start] !== value) continue;
    const region = [start];
    seen[start] = 1;
    for (const at of region)
      for (const next of neighbours(at, width, height))
        if (seen[next] !== 1 && data[next] === value) {
          seen[next] = 1;
          region.push(next);
        }
    found.push(region);
  }
  return found;
}
