import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import { ImageModeration } from '../moderation/image-moderation.js';
import { OriginEngine } from '../providers/local/origin/origin-engine.js';
import { type Origin, sourceTypeIn } from '../providers/local/origin/read-origin.js';
import { StudioErrors } from '../studio.errors.js';
import { checkedAudio } from './checked-audio.js';
import { checkedImage } from './checked-image.js';
import type { CheckedMedia } from './checked-media.js';
import type { MediaKind } from './media-source.js';

const JUDGED_WITHIN_MS = 60_000;

/** Looks into what callers hand in: whether it is what it says, may be worked on, and where it came from. */
@Injectable()
export class InputChecks {
  constructor(
    private readonly moderation: ImageModeration,
    private readonly origins: OriginEngine,
    private readonly logger: AppLogger,
  ) {}

  /**
   * @throws INVALID_MEDIA_INPUT 400, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415, MEDIA_REFUSED 422,
   * MODERATION_UNAVAILABLE 503
   */
  async checked(original: Buffer, kind: MediaKind): Promise<CheckedMedia> {
    if (kind === 'audio') return checkedAudio(original);
    const media = await checkedImage(original);
    const signal = AbortSignal.timeout(JUDGED_WITHIN_MS);
    const category = await this.moderation.refusedFor(media.bytes, signal);
    if (category !== undefined) throw StudioErrors.MEDIA_REFUSED({ stage: 'input', category });
    return { ...media, origin: await this.originOf(original, signal) };
  }

  /** The copy that is kept has no metadata: what the original says is read now, in any case its plain mark. */
  private async originOf(original: Buffer, signal: AbortSignal): Promise<Origin> {
    if (!tellsOrigin(original)) return {};
    return this.origins.read(original, signal).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the origin of a picture was read without its signature');
      return sourceTypeIn(original.toString('latin1'));
    });
  }
}

/** Most pictures say nothing, and need no thread to say it. */
function tellsOrigin(bytes: Buffer): boolean {
  return bytes.includes('DigitalSourceType') || bytes.includes('c2pa');
}
