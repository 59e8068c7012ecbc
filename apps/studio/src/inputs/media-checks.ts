import { Injectable } from '@nestjs/common';
import { ImageModeration } from '../moderation/image-moderation.js';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { StudioErrors } from '../studio.errors.js';
import { checkedAudio } from './checked-audio.js';
import { checkedImage } from './checked-image.js';
import type { CheckedMedia } from './checked-media.js';

const JUDGED_WITHIN_MS = 60_000;

/** Looks into what callers hand in, before any of it is kept. */
@Injectable()
export class MediaChecks {
  constructor(
    private readonly moderation: ImageModeration,
    private readonly tools: MediaTools,
  ) {}

  /** @throws what `checkedImage` throws, MEDIA_REFUSED 422, MODERATION_UNAVAILABLE 503 */
  async image(bytes: Buffer): Promise<CheckedMedia> {
    const media = await checkedImage(bytes);
    await this.judge(media.bytes);
    return media;
  }

  /** @throws what `checkedAudio` throws */
  audio(bytes: Buffer): Promise<CheckedMedia> {
    return checkedAudio(bytes, this.tools);
  }

  private async judge(bytes: Buffer): Promise<void> {
    const category = await this.moderation.refusedFor(bytes, AbortSignal.timeout(JUDGED_WITHIN_MS));
    if (category !== undefined) throw StudioErrors.MEDIA_REFUSED({ stage: 'input', category });
  }
}
