/** When the vendors' list prices below were noted. */
export const FILM_COSTS_NOTED_ON = '2026-11-27';

/**
 * The most that a second of film may cost us, in micro-USD: twice the list price of the dearest model that may be
 * configured, since prices move and a ceiling must not. Runway sells credits at 10,000 micro-USD and takes 12 (by other
 * tables 25) a second for `gen4.5` and 40 for `veo3.1` (the API reference in `runwayml/skills`).
 */
const VIDEO_BOUNDS: Readonly<Record<string, number>> = {
  local: 20,
  runway: 800_000,
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
