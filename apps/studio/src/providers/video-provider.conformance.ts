import { describe, expect, it } from '@jest/globals';
import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';
import sharp from 'sharp';
import { finished } from './media-provider.conformance.js';
import type { MadeVideo, VideoAspect, VideoProvider, VideoRequest } from './video-provider.js';

/** A request that every provider can serve, with changes. */
export function videoRequest(changes: Partial<VideoRequest> = {}): VideoRequest {
  return {
    prompt: 'three red balloons rise over a lake',
    durationSeconds: 5,
    resolution: '480p',
    aspect: '16:9',
    quality: 'standard',
    images: [],
    music: false,
    seed: 42,
    idempotencyKey: 'job-1.0',
    ...changes,
  };
}

/** What a film must be whoever made it: an MP4 of the size and length that it says of itself. For specs only. */
export async function expectFilm(film: MadeVideo): Promise<void> {
  expect(film.mimeType).toBe('video/mp4');
  expect(await fileTypeFromBuffer(film.bytes)).toMatchObject({ mime: 'video/mp4' });
  const { format } = await parseBuffer(film.bytes, { mimeType: 'video/mp4' });
  const track = format.trackInfo.find(({ video }) => video !== undefined);
  expect({ width: track?.video?.pixelWidth, height: track?.video?.pixelHeight }).toEqual({
    width: film.width,
    height: film.height,
  });
  expect(Math.abs((track?.duration ?? 0) * 1_000 - film.durationMs)).toBeLessThanOrEqual(150);
  if (film.poster !== undefined) expect((await sharp(film.poster).metadata()).width).toBeGreaterThan(0);
}

const PROPORTIONS: Readonly<Record<VideoAspect, number>> = { '16:9': 16 / 9, '9:16': 9 / 16, '1:1': 1 };

/** What every video provider must do, whoever makes the film. For specs only. */
export function itIsAVideoProvider(make: () => VideoProvider): void {
  describe('as a video provider', () => {
    it('has a name, a model and knows that it is configured', async () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      expect(provider.configured()).toBe(true);
      expect(await provider.health()).toMatchObject({ status: 'ready' });
    });

    it.each<VideoAspect>(['16:9', '9:16', '1:1'])('answers an MP4 of about %s', async (aspect) => {
      const film = await finished(make(), videoRequest({ aspect }));
      await expectFilm(film);
      const error = Math.abs(Math.log(film.width / film.height / PROPORTIONS[aspect]));
      // A vendor without the proportions may come near, but has to say so.
      if (error > 0.02) expect(film.limits.join(' ')).toContain(aspect);
    });

    it('says who made the film, from which seed and what it is not', async () => {
      const provider = make();
      const film = await finished(provider, videoRequest());
      expect(film).toMatchObject({ provider: provider.name, seed: 42 });
      expect(film.model).not.toBe('');
      expect(film.limits.length).toBeGreaterThan(0);
    });

    it('does nothing for a request that was aborted before', async () => {
      const reason = new Error('cancelled by the caller');
      await expect(make().generate(videoRequest(), { signal: AbortSignal.abort(reason) })).rejects.toBe(
        reason,
      );
    });
  });
}
