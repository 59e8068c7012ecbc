import type { ImageQuality } from './image-provider.js';

/** When the vendors' list prices below were noted. */
export const IMAGE_COSTS_NOTED_ON = '2026-11-22';

type CostsByQuality = Readonly<Record<ImageQuality, number>>;

/**
 * The most that one picture may cost us, in micro-USD: twice the dearest size of the quality, since list prices move
 * and a ceiling must not. A piece is submitted once where the outcome could be billed. The local row is small but not
 * zero, so that ceilings can be tried anywhere.
 */
const COST_BOUNDS_MICRO_USD: Readonly<Record<string, CostsByQuality>> = {
  local: { standard: 100, high: 200, ultra: 400 },
  openai: { standard: 140_000, high: 520_000, ultra: 520_000 },
  stability: { standard: 60_000, high: 160_000, ultra: 160_000 },
  ideogram: { standard: 120_000, high: 180_000, ultra: 180_000 },
  flux: { standard: 320_000, high: 320_000, ultra: 320_000 },
};

/** Used for providers without a row: above every list price we know. */
const DEAREST_MICRO_USD = 1_000_000;

export function imageCostBoundMicroUsd({
  provider,
  quality,
}: {
  provider: string;
  quality: ImageQuality;
}): number {
  return COST_BOUNDS_MICRO_USD[provider]?.[quality] ?? DEAREST_MICRO_USD;
}
