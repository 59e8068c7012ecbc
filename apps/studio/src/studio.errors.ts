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

/**
 * All errors of studio, by the ranges of a hundred that `errors/` holds one file of each. Documented codes keep their
 * number; the others continue their range.
 */
export const StudioErrors = {
  ...ImageErrors,
  ...VideoErrors,
  ...AudioErrors,
  ...MusicErrors,
  ...AvatarErrors,
  ...PosterErrors,
  ...PresentationErrors,
  ...InputErrors,
  ...WebhookErrors,
  ...RenderJobErrors,
  ...AssetErrors,
};
