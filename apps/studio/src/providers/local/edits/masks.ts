/** One byte per pixel, row by row: 0 is background, 255 subject. */
export interface Mask {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What is smaller than this share of the largest part is debris. */
const PART_SHARE = 0.12;
const HOLE_SHARE = 0.004;

/** Keeps the large parts of the subject and closes small holes in it. */
export function tidied(mask: Mask): Mask {
  const parts = regions(mask, 255);
  const largest = Math.max(0, ...parts.map((part) => part.length));
  const data = new Uint8Array(mask.data.length);
  for (const part of parts) if (part.length >= largest * PART_SHARE) for (const at of part) data[at] = 255;
  const solid = { ...mask, data };
  for (const hole of regions(solid, 0))
    if (hole.length < data.length * HOLE_SHARE) for (const at of hole) data[at] = 255;
  return solid;
}

/** 0-1. */
export function coverage({ data }: Mask): number {
  return data.reduce((sum, value) => sum + (value > 127 ? 1 : 0), 0) / data.length;
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
