/** When the vendors' list prices below were noted. */
export const MUSIC_COSTS_NOTED_ON = '2026-11-22';

interface MusicCost {
  readonly perTrack: number;
  readonly perStartedMinute: number;
}

/** The most that a track may cost us, in micro-USD: twice the list price, since those move and a ceiling must not. */
const COST_BOUNDS_MICRO_USD: Readonly<Record<string, MusicCost>> = {
  local: { perTrack: 100, perStartedMinute: 0 },
  suno: { perTrack: 400_000, perStartedMinute: 0 },
  elevenlabs: { perTrack: 0, perStartedMinute: 1_600_000 },
};

/** Used for providers without a row: above every list price we know. */
const DEAREST: MusicCost = { perTrack: 1_000_000, perStartedMinute: 2_000_000 };

export function musicCostBoundMicroUsd(provider: string, durationSeconds: number): number {
  const { perTrack, perStartedMinute } = COST_BOUNDS_MICRO_USD[provider] ?? DEAREST;
  return perTrack + perStartedMinute * Math.max(1, Math.ceil(durationSeconds / 60));
}
