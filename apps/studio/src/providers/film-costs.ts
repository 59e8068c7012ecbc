/** When the vendors' list prices below were noted. */
export const FILM_COSTS_NOTED_ON = '2026-11-27';

/** What a provider bills: whole blocks of seconds, each second at `perSecond` micro-USD. */
interface FilmBound {
  readonly perSecond: number;
  readonly blockSeconds: number;
}

/**
 * The most that a second of film may cost us: twice the list price of the dearest model that may be configured, since
 * prices move and a ceiling must not. Runway sells credits at 10,000 micro-USD and takes 12 (by other tables 25) a second
 * for `gen4.5` and 40 for `veo3.1` (the API reference in `runwayml/skills`), which is made in steps of two seconds. Luma
 * bills blocks of five seconds, at 1080p 400,000 a second (https://docs.agents.lumalabs.ai/guides/pricing/, by resellers'
 * copies of its table). HeyGen takes 60,000 a second at 768p of a film guided by pictures, three times as much at 1080p,
 * and makes no less than five seconds (https://developers.heygen.com/docs/models/heygen-video and
 * https://help.heygen.com/en/articles/17272995-introducing-heygen-video-generate-cinematic-clips-from-a-prompt, by copies
 * of their tables).
 */
const VIDEO_BOUNDS: Readonly<Record<string, FilmBound>> = {
  local: { perSecond: 20, blockSeconds: 1 },
  runway: { perSecond: 800_000, blockSeconds: 2 },
  luma: { perSecond: 1_000_000, blockSeconds: 5 },
  heygen: { perSecond: 360_000, blockSeconds: 5 },
};
/**
 * HeyGen takes 66,700 a second at 1080p and 83,300 in 4K for `avatar_iv` (https://developers.heygen.com/docs/pricing);
 * `avatar_v` is not on that page, a reseller takes 172,000.
 */
const AVATAR_BOUNDS: Readonly<Record<string, FilmBound>> = {
  local: { perSecond: 20, blockSeconds: 1 },
  heygen: { perSecond: 350_000, blockSeconds: 1 },
};
/** For providers without a row. */
const DEAREST: FilmBound = { perSecond: 1_000_000, blockSeconds: 10 };

export const videoCostBoundMicroUsd = (provider: string, durationSeconds: number): number =>
  boundMicroUsd(VIDEO_BOUNDS[provider], durationSeconds);

export const avatarCostBoundMicroUsd = (provider: string, durationSeconds: number): number =>
  boundMicroUsd(AVATAR_BOUNDS[provider], durationSeconds);

function boundMicroUsd(bound: FilmBound | undefined, durationSeconds: number): number {
  const { perSecond, blockSeconds } = bound ?? DEAREST;
  return perSecond * Math.ceil(durationSeconds / blockSeconds) * blockSeconds;
}
