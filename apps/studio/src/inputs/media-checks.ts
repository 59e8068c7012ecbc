import { Injectable } from '@nestjs/common';
import type { Asset } from '../assets/assets.repository.js';
import { JudgedAssets } from '../assets/judged-assets.js';
import { ImageModeration } from '../moderation/image-moderation.js';
import { InputCpuPool } from '../provider-tools.module.js';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { StudioErrors } from '../studio.errors.js';
import { checkedAudio } from './checked-audio.js';
import { checkedImage } from './checked-image.js';
import type { CheckedMedia } from './checked-media.js';
import type { FoundBytes } from './input-bytes.js';
import { InputOrigins } from './input-origins.js';
import { plainOwnImage } from './own-image.js';

const JUDGED_WITHIN_MS = 60_000;

/** Looks into what callers hand in, before any of it is kept. */
@Injectable()
export class MediaChecks {
  constructor(
    private readonly moderation: ImageModeration,
    private readonly judged: JudgedAssets,
    private readonly cpus: InputCpuPool,
    private readonly tools: MediaTools,
    private readonly origins: InputOrigins,
  ) {}

  /**
   * Foreign pixels are decoded, made anew and judged. A file of ours is judged unless its row says by whom it was, and made
   * anew unless its header is plain.
   * @throws what `checkedImage` throws, MEDIA_REFUSED 422, MODERATION_UNAVAILABLE 503
   */
  async image({ bytes, asset }: FoundBytes): Promise<CheckedMedia> {
    const own = asset === undefined ? undefined : await plainOwnImage(bytes, asset);
    const media = own ?? (await checkedImage(this.cpus, bytes));
    if (!this.moderation.stands(asset?.judgedBy ?? null)) await this.judge(media.bytes, asset);
    return { ...media, origin: await this.origins.of(bytes) };
  }

  /** @throws what `checkedAudio` throws */
  audio({ bytes }: FoundBytes): Promise<CheckedMedia> {
    return checkedAudio(bytes, this.tools);
  }

  private async judge(bytes: Buffer, asset: Asset | undefined): Promise<void> {
    const verdict = await this.moderation.judge(bytes, AbortSignal.timeout(JUDGED_WITHIN_MS));
    const { category, judgedBy } = verdict;
    if (category !== undefined) throw StudioErrors.MEDIA_REFUSED({ stage: 'input', category });
    if (asset !== undefined && judgedBy !== undefined) await this.judged.note(asset, judgedBy);
  }
}
