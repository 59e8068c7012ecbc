import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { avatarCostBoundMicroUsd, videoCostBoundMicroUsd } from './film-costs.js';
import { heyGenFilmBody } from './heygen/heygen-film-request.js';
import { DEFAULT_HEYGEN_VIDEO_MODEL } from './heygen/heygen-video-provider.js';
import { lumaBody } from './luma/luma-request.js';
import { DEFAULT_LUMA_MODEL } from './luma/luma-video-provider.js';
import { runwayPlan } from './runway/runway-request.js';
import { VIDEO_ASPECTS, VIDEO_RESOLUTIONS, type VideoRequest } from './video-provider.js';

/** List prices in micro-USD a second of what is submitted, as `film-costs.ts` names their sources. */
const RUNWAY = { 'gen4.5': 250_000, 'veo3.1': 400_000 };
const LUMA = { '540p': 100_000, '720p': 200_000, '1080p': 400_000 };
/** Of films guided by several pictures, which cost twice what others do. */
const HEYGEN_VIDEO: Readonly<Record<string, number>> = { '480p': 40_000, '768p': 60_000, '1080p': 180_000 };
const HEYGEN = { avatar_iv: 83_300, avatar_v: 172_000 };
const SAFETY = 2;

const wish: fc.Arbitrary<VideoRequest> = fc.record({
  prompt: fc.constant('A gala by the sea'),
  durationSeconds: fc.integer({ min: 3, max: 60 }),
  resolution: fc.constantFrom(...VIDEO_RESOLUTIONS),
  aspect: fc.constantFrom(...VIDEO_ASPECTS),
  quality: fc.constantFrom('standard' as const, 'high' as const),
  images: fc.constant([]),
  music: fc.boolean(),
  seed: fc.nat(),
  idempotencyKey: fc.uuid(),
});

/** What Luma makes of the wish: its own block of seconds and its own resolution. */
async function asked(request: VideoRequest): Promise<{ seconds: number; resolution: keyof typeof LUMA }> {
  const { video } = await lumaBody(DEFAULT_LUMA_MODEL, request);
  const { duration, resolution } = video as { duration: string; resolution: keyof typeof LUMA };
  return { seconds: Number.parseInt(duration, 10), resolution };
}

describe('the bound of a film’s cost', () => {
  it.each(Object.entries(RUNWAY))('is twice what Runway lists for %s, however it rounds', (model, price) => {
    const covered = (request: VideoRequest): void => {
      const { seconds } = runwayPlan(model, request);
      const bound = videoCostBoundMicroUsd('runway', request.durationSeconds);
      expect(bound).toBeGreaterThanOrEqual(SAFETY * price * seconds);
    };
    fc.assert(fc.property(wish, covered));
  });

  it('is twice what Luma lists, for the whole block that a short film is billed as', async () => {
    const covered = async (request: VideoRequest): Promise<void> => {
      const { seconds, resolution } = await asked(request);
      const bound = videoCostBoundMicroUsd('luma', request.durationSeconds);
      expect(bound).toBeGreaterThanOrEqual(SAFETY * LUMA[resolution] * seconds);
    };
    await fc.assert(fc.asyncProperty(wish, covered));
  });

  it('is twice what HeyGen lists for films, for the seconds that it makes at least', async () => {
    const covered = async (request: VideoRequest): Promise<void> => {
      const { duration, resolution } = await heyGenFilmBody(DEFAULT_HEYGEN_VIDEO_MODEL, request);
      const list = HEYGEN_VIDEO[String(resolution)] ?? Infinity;
      const bound = videoCostBoundMicroUsd('heygen', request.durationSeconds);
      expect(bound).toBeGreaterThanOrEqual(SAFETY * list * Number(duration));
    };
    await fc.assert(fc.asyncProperty(wish, covered));
  });

  it.each(Object.entries(HEYGEN))('is twice the price of a speaking person by %s', (_engine, price) => {
    const covered = (seconds: number): void =>
      expect(avatarCostBoundMicroUsd('heygen', seconds)).toBeGreaterThanOrEqual(SAFETY * price * seconds);
    fc.assert(fc.property(fc.double({ min: 0.1, max: 600, noNaN: true }), covered));
  });

  it('of a vendor without a row is no less than that of the dearest with one', () => {
    const covered = (seconds: number): void => {
      const bounds = ['runway', 'luma', 'heygen', 'local'].map((name) =>
        videoCostBoundMicroUsd(name, seconds),
      );
      expect(videoCostBoundMicroUsd('unheard-of', seconds)).toBeGreaterThanOrEqual(Math.max(...bounds));
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), covered));
  });
});
