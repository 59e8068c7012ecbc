import { describe, expect, it } from '@jest/globals';
import type { AvatarProvider, AvatarRequest } from './avatar-provider.js';
import { finished } from './media-provider.conformance.js';
import { expectFilm } from './video-provider.conformance.js';

/** A request that the provider can serve, with changes. */
export function avatarRequest(provider: AvatarProvider, changes: Partial<AvatarRequest> = {}): AvatarRequest {
  return {
    script: 'Welcome to the festival.',
    presenter: provider.presenters()[0]?.id ?? '',
    background: '#336699',
    resolution: '720p',
    seed: 42,
    idempotencyKey: 'job-1/0',
    ...changes,
  };
}

/** What everybody who makes people speak must do. `audio`: a short recording in a common format. For specs only. */
export function itIsAnAvatarProvider(
  make: () => AvatarProvider,
  audio: () => NonNullable<AvatarRequest['audio']>,
): void {
  describe('as an avatar provider', () => {
    it('has a name, a model and knows that it is configured', async () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      expect(provider.configured()).toBe(true);
      expect(await provider.health()).toMatchObject({ status: 'ready' });
    });

    it('names its presenters, each once, with the voice they speak in', () => {
      const presenters = make().presenters();
      expect(presenters.length).toBeGreaterThan(0);
      expect(new Set(presenters.map(({ id }) => id)).size).toBe(presenters.length);
      for (const { provider, name, voice } of presenters) {
        expect(provider).toBe(make().name);
        expect([name, voice]).not.toContain('');
      }
    });

    it('speaks a script', async () => {
      const provider = make();
      await expectFilm(await finished(provider, avatarRequest(provider)));
    });

    it('moves lips to a recording', async () => {
      const provider = make();
      const request = avatarRequest(provider, { script: undefined, audio: audio() });
      await expectFilm(await finished(provider, request));
    });

    it('says who made the film, from which seed and what it is not', async () => {
      const provider = make();
      const film = await finished(provider, avatarRequest(provider));
      expect(film).toMatchObject({ provider: provider.name, seed: 42 });
      expect(film.model).not.toBe('');
      expect(film.limits.length).toBeGreaterThan(0);
    });

    it('does nothing for a request that was aborted before', async () => {
      const provider = make();
      const reason = new Error('cancelled by the caller');
      await expect(
        provider.generate(avatarRequest(provider), { signal: AbortSignal.abort(reason) }),
      ).rejects.toBe(reason);
    });
  });
}
