/**
 * The most that a second of film may cost us, in micro-USD: well above the vendors' list prices, since those move and
 * a ceiling must not.
 */
const VIDEO_BOUNDS: Readonly<Record<string, number>> = {
  local: 20,
  runway: 300_000,
  luma: 1_000_000,
  heygen: 300_000,
};
const AVATAR_BOUNDS: Readonly<Record<string, number>> = { local: 20, heygen: 300_000 };
/** For providers without a row. */
const DEAREST = 1_000_000;

export const videoCostBoundMicroUsd = (provider: string, durationSeconds: number): number =>
  (VIDEO_BOUNDS[provider] ?? DEAREST) * Math.ceil(durationSeconds);

export const avatarCostBoundMicroUsd = (provider: string, durationSeconds: number): number =>
  (AVATAR_BOUNDS[provider] ?? DEAREST) * Math.ceil(durationSeconds);
