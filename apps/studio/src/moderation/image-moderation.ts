import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import { StudioConfig } from '../config.js';
import { InputCpuPool } from '../provider-tools.module.js';
import { cpuModule } from '../providers/local/cpu-pool.js';
import type { ImageJudgement } from '../providers/local/moderation/image-judgement.js';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { StudioErrors } from '../studio.errors.js';
import { momentsOf } from './film-moments.js';
import { JUDGED_BY_PROMPT } from './judged-by.js';

const CLASSIFIER = cpuModule<{ bytes: Uint8Array }, ImageJudgement>(
  new URL('../providers/', import.meta.url).href,
  './local/moderation/image-judgement.worker',
);
const TIMEOUT_MS = 30_000;

/** What came of it; neither: nobody judged it. */
export interface ImageVerdict {
  /** Why it is refused. */
  readonly category?: 'sexual';
  /** Who found it fit to be shown. */
  readonly judgedBy?: string;
}

/** Judges pixels that others made: vendors' and callers'. Our own vector scenes are judged by their prompt. */
@Injectable()
export class ImageModeration {
  private lastFault: string | undefined;

  constructor(
    private readonly cpus: InputCpuPool,
    private readonly tools: MediaTools,
    private readonly config: StudioConfig,
    private readonly logger: AppLogger,
  ) {}

  /**
   * Judges a picture; nobody does where that is switched off, or where the classifier fails and failures let it pass.
   * @throws MODERATION_UNAVAILABLE 503 when it could not be judged and failures count as refusals
   */
  async judge(bytes: Buffer, signal: AbortSignal): Promise<ImageVerdict> {
    if (this.config.imageModeration === 'off') return {};
    const judgement = await this.judged(bytes, signal);
    if (judgement === undefined) return {};
    const { imageModerationPornPercent: porn, imageModerationSexyPercent: sexy } = this.config;
    const explicit = (judgement.porn + judgement.hentai) * 100 >= porn;
    return explicit || judgement.sexy * 100 >= sexy ? { category: 'sexual' } : { judgedBy: this.name };
  }

  /**
   * As `judge`, a few moments of a film: the first that is refused decides.
   * @throws MODERATION_UNAVAILABLE 503 when they could not be judged and failures count as refusals
   */
  async judgeFilm(film: Parameters<typeof momentsOf>[1], signal: AbortSignal): Promise<ImageVerdict> {
    if (this.config.imageModeration === 'off') return {};
    const pictures = await momentsOf(this.tools, film, signal).catch((cause: unknown) =>
      this.unjudged(cause, signal),
    );
    const verdicts: ImageVerdict[] = [];
    for (const picture of pictures ?? []) {
      const verdict = await this.judge(picture, signal);
      if (verdict.category !== undefined) return verdict;
      verdicts.push(verdict);
    }
    return verdicts.every(({ judgedBy }) => judgedBy !== undefined) ? (verdicts[0] ?? {}) : {};
  }

  /** Whether a finding of earlier still holds: not one of another classifier, or by other thresholds. */
  stands(judgedBy: string | null): boolean {
    return judgedBy === JUDGED_BY_PROMPT || judgedBy === this.name;
  }

  /** What is wrong with the classifier; undefined: nothing that is known. */
  fault(): string | undefined {
    return this.lastFault;
  }

  /** This classifier with its thresholds. */
  private get name(): string {
    const { imageModerationPornPercent: porn, imageModerationSexyPercent: sexy } = this.config;
    return `nsfwjs-mobilenet-v2 porn<${porn} sexy<${sexy}`;
  }

  private async judged(bytes: Buffer, signal: AbortSignal): Promise<ImageJudgement | undefined> {
    try {
      const judgement = await this.cpus.run(CLASSIFIER, { bytes }, { signal, timeoutMs: TIMEOUT_MS });
      this.lastFault = undefined;
      return judgement;
    } catch (cause) {
      return this.unjudged(cause, signal);
    }
  }

  /** @throws the signal's reason when it aborted, MODERATION_UNAVAILABLE */
  private unjudged(cause: unknown, signal: AbortSignal): undefined {
    signal.throwIfAborted();
    this.lastFault = 'the image classifier does not answer';
    this.logger.error({ err: cause }, this.lastFault);
    if (this.config.imageModerationFailure === 'closed')
      throw StudioErrors.MODERATION_UNAVAILABLE(null, { cause });
    return undefined;
  }
}
