import type { PosterContent } from '@eventzr/wallet-client';

/** Small but not zero, so that ceilings can be tried anywhere. */
const BOUNDS_MICRO_USD: Readonly<Record<PosterContent, number>> = {
  template: 100,
  'ai-layout': 100,
  'ai-layout-and-image': 200,
};

/** The most that one poster may cost us, in micro-USD. */
export const posterCostBoundMicroUsd = (content: PosterContent): number => BOUNDS_MICRO_USD[content];
