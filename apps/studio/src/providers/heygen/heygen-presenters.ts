import type { Presenter } from '../avatar-provider.js';

/** Stands for the voice that the vendor gives the avatar. */
export const AVATARS_OWN_VOICE = 'default';

/**
 * Reads `avatarId|name|voiceId` parts, comma-separated; without a voice the avatar speaks with its own. Avatars belong
 * to the operator's account there, so they are configuration.
 */
export function heyGenPresenters(text: string): Presenter[] {
  const parts = text.split(',').map((part) => part.split('|').map((field) => field.trim()));
  return parts.flatMap(([id = '', name = '', voice = '']) =>
    id === ''
      ? []
      : [
          {
            id,
            name: name === '' ? id : name,
            voice: voice === '' ? AVATARS_OWN_VOICE : voice,
            provider: 'heygen',
          },
        ],
  );
}
