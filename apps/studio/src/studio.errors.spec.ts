import { describe, expect, it } from '@jest/globals';
import type { ErrorCatalogue } from '@eventzr/http';
import { AssetErrors } from './errors/asset-errors.js';
import { AudioErrors } from './errors/audio-errors.js';
import { AvatarErrors } from './errors/avatar-errors.js';
import { ImageErrors } from './errors/image-errors.js';
import { InputErrors } from './errors/input-errors.js';
import { MusicErrors } from './errors/music-errors.js';
import { PosterErrors } from './errors/poster-errors.js';
import { PresentationErrors } from './errors/presentation-errors.js';
import { RenderJobErrors } from './errors/render-job-errors.js';
import { VideoErrors } from './errors/video-errors.js';
import { WebhookErrors } from './errors/webhook-errors.js';
import { StudioErrors } from './studio.errors.js';

const RANGES: readonly (readonly [hundred: string, part: ErrorCatalogue])[] = [
  ['STUDIO_10', ImageErrors],
  ['STUDIO_11', VideoErrors],
  ['STUDIO_12', AudioErrors],
  ['STUDIO_13', MusicErrors],
  ['STUDIO_14', AvatarErrors],
  ['STUDIO_15', PosterErrors],
  ['STUDIO_16', PresentationErrors],
  ['STUDIO_17', InputErrors],
  ['STUDIO_18', WebhookErrors],
  ['STUDIO_19', RenderJobErrors],
  ['STUDIO_20', AssetErrors],
];

describe('the errors of studio', () => {
  it.each(RANGES)('of %sxx stand in one file', (hundred, part) => {
    for (const { entry } of Object.values(part)) expect(entry.code).toMatch(new RegExp(`^${hundred}\\d\\d$`));
  });

  it('have each a name and a code of their own, and none is left out', () => {
    const parts = RANGES.flatMap(([, part]) => Object.values(part).map(({ entry }) => entry));
    const all = Object.values(StudioErrors).map(({ entry }) => entry);
    expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
    expect(new Set(parts.map(({ code }) => code)).size).toBe(parts.length);
    expect(all).toEqual(parts);
  });
});
