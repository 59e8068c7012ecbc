import { describe, expect, it } from '@jest/globals';
import { parseBuffer } from 'music-metadata';
import { finished } from './media-provider.conformance.js';
import type { MusicProvider, MusicRequest } from './music-provider.js';

/** A request that every provider can serve, with changes. */
export function musicRequest(changes: Partial<MusicRequest> = {}): MusicRequest {
  return {
    prompt: 'a calm piano piece for a garden party',
    durationSeconds: 10,
    genre: 'classical',
    mood: 'calm',
    instrumental: true,
    format: 'mp3',
    seed: 42,
    idempotencyKey: 'job-1/0',
    ...changes,
  };
}

/** What every music provider must do, whoever plays. For specs only. */
export function itIsAMusicProvider(make: () => MusicProvider): void {
  describe('as a music provider', () => {
    it('has a name, a model and knows that it is configured', async () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      expect(provider.configured()).toBe(true);
      expect(await provider.health()).toMatchObject({ status: 'ready' });
    });

    it('answers a track that is as long as it says', async () => {
      const track = await finished(make(), musicRequest());
      expect(track.mimeType).toMatch(/^audio\//);
      const { format } = await parseBuffer(track.bytes, { mimeType: track.mimeType }, { duration: true });
      expect(Math.abs((format.duration ?? 0) * 1_000 - track.durationMs)).toBeLessThanOrEqual(150);
      expect(track.durationMs).toBeGreaterThan(0);
    });

    it('says who made the track, from which seed and what it is not', async () => {
      const provider = make();
      const track = await finished(provider, musicRequest());
      expect(track).toMatchObject({ provider: provider.name, seed: 42 });
      expect(track.model).not.toBe('');
      expect(track.limits.length).toBeGreaterThan(0);
    });

    it('does nothing for a request that was aborted before', async () => {
      const reason = new Error('cancelled by the caller');
      await expect(make().generate(musicRequest(), { signal: AbortSignal.abort(reason) })).rejects.toBe(
        reason,
      );
    });
  });
}
