/** A page. Screen sizes are exact pixels; paper is drawn at 300 dots an inch. */
export interface PageSize {
  /** Pixels of its PNG. */
  readonly width: number;
  readonly height: number;
  /** Points of its PDF page, 72 an inch. */
  readonly points: readonly [width: number, height: number];
}

const screen = (width: number, height: number): PageSize => ({
  width,
  height,
  points: [width * 0.75, height * 0.75],
});

/** Every size that posters and invitations come in. */
export const PAGE_SIZES = {
  a4: { width: 2480, height: 3508, points: [595.28, 841.89] },
  a3: { width: 3508, height: 4961, points: [841.89, 1190.55] },
  letter: { width: 2550, height: 3300, points: [612, 792] },
  'instagram-square': screen(1080, 1080),
  story: screen(1080, 1920),
  'facebook-event': screen(1920, 1005),
  x: screen(1600, 900),
  linkedin: screen(1200, 627),
} as const satisfies Readonly<Record<string, PageSize>>;

export type PageName = keyof typeof PAGE_SIZES;
export const PAGE_NAMES = Object.keys(PAGE_SIZES) as PageName[];

/** How a page is proportioned. */
export type Aspect = 'tall' | 'portrait' | 'square' | 'wide';

export function aspectOf({ width, height }: { readonly width: number; readonly height: number }): Aspect {
  const ratio = height / width;
  if (ratio > 1.6) return 'tall';
  if (ratio > 1.15) return 'portrait';
  return ratio > 0.85 ? 'square' : 'wide';
}

/** Pixels of a unit: a hundredth of the square root of the page's area. */
export function unitOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.sqrt(width * height) / 100;
}
